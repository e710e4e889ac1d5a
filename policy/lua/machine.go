package lua

import (
	"fmt"
	"math"
	"strings"

	gopher "github.com/yuin/gopher-lua"
)

// StateNumbers is how many numbers a function keeps while its leaf runs.
const StateNumbers = 8

// MaxCommands is how many tasks a function may command in a tick.
const MaxCommands = 2

// MaxArguments is how many arguments a command may have.
const MaxArguments = 4

// Field is a named value that is given to a function.
type Field struct {
	Name  string
	Value float64
	Bool  bool // given as true or false
}

// Argument is a value that is passed to a function, or by it to a task: a
// number, or a word.
type Argument struct {
	Word   string // counts when it is not empty
	Number float64
}

// Input is what a call is given.
type Input struct {
	// State are the numbers that the function left; it finds them as
	// self[1] to self[8].
	State *[StateNumbers]float64
	// Ended are the statuses in which its commands of the last tick ended,
	// empty for none; it finds them as self.ended[1] and so on.
	Ended [MaxCommands]string
	// See are the features and conditions that it may read, Keys the keys
	// that it may also write; those that it wrote are changed in place.
	See, Keys []Field
	Args      []Argument
}

// Command is a task that the function wants to be done in this tick.
type Command struct {
	Task string
	Args []Argument
}

// Result is what a function answered.
type Result struct {
	Status   string // "running", "success" or "failure"
	Commands []Command
	Steps    int // instructions that were used
}

// Machine runs the functions of one script for one agent. It is used by one
// goroutine at a time.
type Machine struct {
	script    *Script
	state     *gopher.LState
	functions []gopher.LValue
	budget    budget
}

// NewMachine makes a machine.
func NewMachine(s *Script) *Machine {
	m := &Machine{script: s}
	m.reset()
	return m
}

// Script returns the script that the machine runs.
func (m *Machine) Script() *Script { return m.script }

// The sizes of the machine's stacks.
const (
	callDepth    = 100
	registerSize = 2048
)

func (m *Machine) reset() {
	m.state = gopher.NewState(gopher.Options{SkipOpenLibs: true, CallStackSize: callDepth, RegistrySize: registerSize})
	m.state.SetContext(&m.budget)
	m.functions = library(m.state)
}

// Call runs a function within a number of instructions. After an error the
// state and the keys are as they were.
func (m *Machine) Call(function string, in *Input, steps int) (Result, error) {
	m.budget.left = steps
	result, err := m.call(function, in)
	result.Steps = steps - max(m.budget.left, 0)
	if err != nil {
		m.reset() // whatever the script left behind
		return Result{Steps: result.Steps}, fmt.Errorf("%s: %s: %s", m.script.name, function, reason(err))
	}
	return result, nil
}

// reason returns what a script did wrong, in one line and without a trace.
func reason(err error) string {
	if api, ok := err.(*gopher.ApiError); ok && api.Object != nil && api.Object != gopher.LNil {
		return clip(oneLine(api.Object.String()))
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	return clip(oneLine(text))
}

// clip shortens a text that a script made.
func clip(text string) string {
	if len(text) > 200 {
		return text[:200] + "..."
	}
	return text
}

func (m *Machine) call(function string, in *Input) (Result, error) {
	l := m.state
	l.SetTop(0)
	env := m.environment()
	chunk := l.NewFunctionFromProto(m.script.proto)
	chunk.Env = env
	l.Push(chunk)
	if err := l.PCall(0, 0, nil); err != nil {
		return Result{}, err
	}
	f, ok := env.RawGetString(function).(*gopher.LFunction)
	if !ok {
		return Result{}, fmt.Errorf("there is no such function")
	}
	self := l.NewTable()
	for i, v := range in.State {
		self.RawSetInt(i+1, gopher.LNumber(v))
	}
	ended := l.NewTable()
	for i, s := range in.Ended {
		if s != "" {
			ended.RawSetInt(i+1, gopher.LString(s))
		}
	}
	self.RawSetString("ended", ended)
	keys := fill(l, in.Keys)
	l.Push(f)
	l.Push(self)
	l.Push(fill(l, in.See))
	l.Push(keys)
	for _, a := range in.Args {
		if a.Word != "" {
			l.Push(gopher.LString(a.Word))
		} else {
			l.Push(gopher.LNumber(a.Number))
		}
	}
	if err := l.PCall(3+len(in.Args), 1+MaxCommands, nil); err != nil {
		return Result{}, err
	}
	result, err := answer(l)
	if err != nil {
		return Result{}, err
	}
	var state [StateNumbers]float64
	for i := range state {
		if state[i], err = number(self.RawGetInt(i+1), "self"); err != nil {
			return Result{}, err
		}
	}
	values := make([]float64, len(in.Keys))
	for i := range in.Keys {
		if values[i], err = number(keys.RawGetString(in.Keys[i].Name), in.Keys[i].Name); err != nil {
			return Result{}, err
		}
	}
	*in.State = state
	for i := range in.Keys {
		in.Keys[i].Value = values[i]
	}
	return result, nil
}

// fill makes a table of fields.
func fill(l *gopher.LState, fields []Field) *gopher.LTable {
	t := l.NewTable()
	for _, f := range fields {
		if f.Bool {
			t.RawSetString(f.Name, gopher.LBool(f.Value != 0))
		} else {
			t.RawSetString(f.Name, gopher.LNumber(f.Value))
		}
	}
	return t
}

// number reads a value that a tree can hold.
func number(v gopher.LValue, name string) (float64, error) {
	switch v := v.(type) {
	case gopher.LNumber:
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return 0, fmt.Errorf("%s became %v", name, float64(v))
		}
		return float64(v), nil
	case gopher.LBool:
		if v {
			return 1, nil
		}
		return 0, nil
	case *gopher.LNilType:
		return 0, nil
	}
	return 0, fmt.Errorf("%s became a %s, which is no number", name, v.Type())
}

// answer reads what the function returned: a status and commands.
func answer(l *gopher.LState) (Result, error) {
	var r Result
	switch v := l.Get(1).(type) {
	case gopher.LBool:
		r.Status = "failure"
		if v {
			r.Status = "success"
		}
	case gopher.LString:
		if v != "running" && v != "success" && v != "failure" {
			return r, fmt.Errorf("it returned %q, which is no status", clip(string(v)))
		}
		r.Status = string(v)
	default:
		return r, fmt.Errorf("it returned a %s, not a status", v.Type())
	}
	for i := range MaxCommands {
		switch v := l.Get(2 + i).(type) {
		case *gopher.LNilType:
		case *gopher.LTable:
			c, err := command(v)
			if err != nil {
				return r, err
			}
			r.Commands = append(r.Commands, c)
		default:
			return r, fmt.Errorf("it returned a %s, not a command", v.Type())
		}
	}
	return r, nil
}

// command reads {"task", argument, ...}.
func command(t *gopher.LTable) (Command, error) {
	task, ok := t.RawGetInt(1).(gopher.LString)
	if !ok || task == "" {
		return Command{}, fmt.Errorf("a command begins with the name of a task")
	}
	c := Command{Task: string(task)}
	for i := 2; ; i++ {
		v := t.RawGetInt(i)
		if v == gopher.LNil {
			return c, nil
		}
		if len(c.Args) == MaxArguments {
			return Command{}, fmt.Errorf("the command %s has more than %d arguments", clip(c.Task), MaxArguments)
		}
		if word, ok := v.(gopher.LString); ok && word != "" {
			c.Args = append(c.Args, Argument{Word: string(word)})
			continue
		}
		n, err := number(v, "an argument of "+clip(c.Task))
		if err != nil {
			return Command{}, err
		}
		c.Args = append(c.Args, Argument{Number: n})
	}
}
