package lua

import (
	"math"
	"strconv"

	gopher "github.com/yuin/gopher-lua"
)

// The library of a script: functions that do a bounded amount of work and
// depend on their arguments alone.
var globals = map[string]gopher.LGFunction{
	"type":     typeOf,
	"tonumber": toNumber,
	"tostring": toString,
	"ipairs":   ipairs,
	"pairs":    pairs,
	"error":    fail,
}

var mathematics = map[string]gopher.LGFunction{
	"abs":   function(math.Abs),
	"floor": function(math.Floor),
	"ceil":  function(math.Ceil),
	"sqrt":  function(math.Sqrt),
	"min":   extreme(math.Min),
	"max":   extreme(math.Max),
}

// names gives the order in which an environment is filled.
var (
	globalNames      = []string{"type", "tonumber", "tostring", "ipairs", "pairs", "error"}
	mathematicsNames = []string{"abs", "floor", "ceil", "sqrt", "min", "max"}
)

// environment makes the globals of one call.
func (m *Machine) environment() *gopher.LTable {
	env := m.state.NewTable()
	for i, name := range globalNames {
		env.RawSetString(name, m.functions[i])
	}
	library := m.state.NewTable()
	for i, name := range mathematicsNames {
		library.RawSetString(name, m.functions[len(globalNames)+i])
	}
	library.RawSetString("huge", gopher.LNumber(math.Inf(1)))
	library.RawSetString("pi", gopher.LNumber(math.Pi))
	env.RawSetString("math", library)
	return env
}

// library makes the functions once for a machine.
func library(state *gopher.LState) []gopher.LValue {
	var all []gopher.LValue
	for _, name := range globalNames {
		all = append(all, state.NewFunction(globals[name]))
	}
	for _, name := range mathematicsNames {
		all = append(all, state.NewFunction(mathematics[name]))
	}
	return all
}

func function(f func(float64) float64) gopher.LGFunction {
	return func(l *gopher.LState) int {
		l.Push(gopher.LNumber(f(float64(l.CheckNumber(1)))))
		return 1
	}
}

func extreme(f func(a, b float64) float64) gopher.LGFunction {
	return func(l *gopher.LState) int {
		best := float64(l.CheckNumber(1))
		for i := 2; i <= l.GetTop(); i++ {
			best = f(best, float64(l.CheckNumber(i)))
		}
		l.Push(gopher.LNumber(best))
		return 1
	}
}

func typeOf(l *gopher.LState) int {
	l.Push(gopher.LString(l.CheckAny(1).Type().String()))
	return 1
}

func toNumber(l *gopher.LState) int {
	switch v := l.CheckAny(1).(type) {
	case gopher.LNumber:
		l.Push(v)
	case gopher.LString:
		n, err := strconv.ParseFloat(string(v), 64)
		if err != nil {
			l.Push(gopher.LNil)
			break
		}
		l.Push(gopher.LNumber(n))
	default:
		l.Push(gopher.LNil)
	}
	return 1
}

// toString writes numbers, truth values and texts; of other values their type,
// since where they lie in memory is not the same in every run.
func toString(l *gopher.LState) int {
	switch v := l.CheckAny(1).(type) {
	case gopher.LNumber, gopher.LString, gopher.LBool, *gopher.LNilType:
		l.Push(gopher.LString(v.String()))
	default:
		l.Push(gopher.LString(v.Type().String()))
	}
	return 1
}

func ipairs(l *gopher.LState) int {
	table := l.CheckTable(1)
	i := 0
	l.Push(l.NewFunction(func(l *gopher.LState) int {
		i++
		v := table.RawGetInt(i)
		if v == gopher.LNil {
			l.Push(gopher.LNil)
			return 1
		}
		l.Push(gopher.LNumber(i))
		l.Push(v)
		return 2
	}))
	return 1
}

// pairs goes through a table in the order in which its keys were first set.
func pairs(l *gopher.LState) int {
	table := l.CheckTable(1)
	var key gopher.LValue = gopher.LNil
	l.Push(l.NewFunction(func(l *gopher.LState) int {
		var v gopher.LValue
		key, v = table.Next(key)
		if key == gopher.LNil {
			l.Push(gopher.LNil)
			return 1
		}
		l.Push(key)
		l.Push(v)
		return 2
	}))
	return 1
}

func fail(l *gopher.LState) int {
	l.RaiseError("%s", l.OptString(1, "error"))
	return 0
}
