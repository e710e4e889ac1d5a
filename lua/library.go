package lua

import (
	"math"
	"slices"
)

// The library of a script: functions that do a bounded amount of work and
// depend on their arguments alone.
var (
	globalNames = []string{"type", "tonumber", "tostring", "ipairs", "pairs", "error", "math"}
	globals     = []value{
		native("type", typeOf), native("tonumber", convert), native("tostring", write),
		native("ipairs", ipairs), native("pairs", pairs), native("error", raise),
	}
	mathematics = []entry{
		{text("abs"), native("abs", function1("abs", math.Abs))},
		{text("floor"), native("floor", function1("floor", math.Floor))},
		{text("ceil"), native("ceil", function1("ceil", math.Ceil))},
		{text("sqrt"), native("sqrt", function1("sqrt", math.Sqrt))},
		{text("min"), native("min", extreme("min", math.Min))},
		{text("max"), native("max", extreme("max", math.Max))},
		{text("huge"), number(math.Inf(1))},
		{text("pi"), number(math.Pi)},
	}
)

func native(name string, f func(m *Machine, args []value) []value) value {
	return value{kind: isFunction, o: &closure{native: f, name: name}}
}

// library gives a call its globals: those of the script are nil.
func (m *Machine) library() {
	n := len(m.script.globals)
	m.spend(n / chargeSlots)
	if len(m.globals) != n {
		m.globals = make([]value, n)
	}
	clear(m.globals)
	copy(m.globals, globals)
	m.globals[len(globals)] = value{kind: isTable, o: &table{entries: slices.Clone(mathematics)}}
}

// answer makes values the results of a library function.
func (m *Machine) answer(values ...value) []value {
	m.results = append(m.results[:0], values...)
	return m.results
}

// argument returns an argument, from 1.
func argument(args []value, i int) value {
	if i <= len(args) {
		return args[i-1]
	}
	return null
}

// numeric is an argument that must be a number.
func (m *Machine) numeric(function string, args []value, i int) float64 {
	n, ok := m.toNumber(argument(args, i))
	if !ok {
		fail(m.line, "argument %d of %s is a %s, not a number", i, function, argument(args, i).kind)
	}
	return n
}

// given is an argument that must be there.
func (m *Machine) given(function string, args []value) value {
	if len(args) == 0 {
		fail(m.line, "%s needs an argument", function)
	}
	return args[0]
}

func function1(name string, f func(float64) float64) func(m *Machine, args []value) []value {
	return func(m *Machine, args []value) []value {
		return m.answer(number(f(m.numeric(name, args, 1))))
	}
}

func extreme(name string, f func(a, b float64) float64) func(m *Machine, args []value) []value {
	return func(m *Machine, args []value) []value {
		best := m.numeric(name, args, 1)
		for i := 2; i <= len(args); i++ {
			m.spend(chargeOperation)
			best = f(best, m.numeric(name, args, i))
		}
		return m.answer(number(best))
	}
}

func typeOf(m *Machine, args []value) []value {
	return m.answer(text(m.given("type", args).kind.String()))
}

// convert is tonumber: nil for what is no number, and for a text of more than
// maxNumber bytes.
func convert(m *Machine, args []value) []value {
	n, ok := m.toNumber(m.given("tonumber", args))
	if !ok {
		return m.answer(null)
	}
	return m.answer(number(n))
}

// write is tostring: numbers, truth values and texts; of other values their
// type, since where they lie in memory is not the same in every run.
func write(m *Machine, args []value) []value {
	v := m.given("tostring", args)
	switch v.kind {
	case isText:
		return m.answer(v)
	case isNumber:
		m.spend(chargeNumber)
		return m.answer(text(writeNumber(v.n)))
	case isBool:
		if v.holds() {
			return m.answer(text("true"))
		}
		return m.answer(text("false"))
	}
	return m.answer(text(v.kind.String()))
}

// walked is the table that ipairs and pairs are given.
func (m *Machine) walked(name string, args []value) *table {
	v := argument(args, 1)
	if v.kind != isTable {
		fail(m.line, "argument 1 of %s is a %s, not a table", name, v.kind)
	}
	m.spend(chargeIterator)
	return v.o.(*table)
}

func ipairs(m *Machine, args []value) []value {
	t := m.walked("ipairs", args)
	i := 0
	return m.answer(native("an iterator", func(m *Machine, _ []value) []value {
		i++
		v := m.get(t, number(float64(i)))
		if v.kind == isNil {
			return m.answer(null)
		}
		return m.answer(number(float64(i)), v)
	}))
}

// pairs goes through a table: its array, then the other keys in the order in
// which they were first set.
func pairs(m *Machine, args []value) []value {
	t := m.walked("pairs", args)
	w := &walk{}
	return m.answer(native("an iterator", func(m *Machine, _ []value) []value {
		key, v := m.next(t, w)
		if key.kind == isNil {
			return m.answer(null)
		}
		return m.answer(key, v)
	}))
}

// raise is error: it ends the call with a text.
func raise(m *Machine, args []value) []value {
	switch v := argument(args, 1); v.kind {
	case isText:
		fail(m.line, "%s", v.str())
	case isNumber:
		m.spend(chargeNumber)
		fail(m.line, "%s", writeNumber(v.n))
	}
	fail(m.line, "error")
	return nil
}
