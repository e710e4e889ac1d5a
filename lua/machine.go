package lua

import (
	"fmt"
	"math"
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
	Steps    int // units of the budget that were used
}

// Machine runs the functions of one script for one agent. It is used by one
// goroutine at a time.
type Machine struct {
	script  *Script
	globals []value
	left    int     // of the call's budget
	stack   []value // of size maxStack
	top     int
	high    int // the highest top of the call
	frames  []frame
	calls   int
	depth   int
	results []value // of the last function that returned
	target  *label  // of the last goto
	line    int     // of the library function that is called
}

// NewMachine makes a machine.
func NewMachine(s *Script) *Machine { return &Machine{script: s} }

// Script returns the script that the machine runs.
func (m *Machine) Script() *Script { return m.script }

// Call runs a function within a budget of units of work, see charge.go. After an error the state
// and the keys are as they were; a call that used up its budget gives an error
// that wraps [ErrExceeded].
func (m *Machine) Call(function string, in *Input, steps int) (Result, error) {
	if m.stack == nil {
		m.stack, m.frames = make([]value, maxStack), make([]frame, maxCalls)
	}
	m.left, m.top, m.high, m.calls, m.depth = steps, 0, 0, 0, 0
	result, err := m.guarded(function, in)
	result.Steps = steps - max(m.left, 0)
	clear(m.stack[:m.high])
	clear(m.results[:cap(m.results)])
	if err != nil {
		return Result{Steps: result.Steps}, fmt.Errorf("%s: %s: %w", m.script.name, function, err)
	}
	return result, nil
}

// guarded turns the panics of a script into errors.
func (m *Machine) guarded(function string, in *Input) (r Result, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case exceeded:
			r, err = Result{}, ErrExceeded
		case fault:
			r, err = Result{}, fmt.Errorf("line %d: %s", p.line, clip(oneLine(p.text)))
		default:
			panic(p)
		}
	}()
	return m.run(function, in)
}

// clip shortens a text that a script made.
func clip(text string) string {
	if len(text) > 200 {
		return text[:200] + "..."
	}
	return text
}

func (m *Machine) run(function string, in *Input) (Result, error) {
	m.library()
	m.call(value{kind: isFunction, o: &closure{proto: m.script.main}}, 0, 0, nil)
	f := null
	if at, ok := m.script.globals[function]; ok {
		f = m.globals[at]
	}
	if f.kind != isFunction {
		return Result{}, fmt.Errorf("there is no such function")
	}
	self := &table{}
	for _, v := range in.State {
		self.array = append(self.array, number(v))
	}
	ended := &table{}
	for i, s := range in.Ended {
		if s != "" {
			ended.entries = append(ended.entries, entry{number(float64(i + 1)), text(s)})
		}
	}
	m.set(self, text("ended"), value{kind: isTable, o: ended})
	keys := m.fill(in.Keys)
	m.push(value{kind: isTable, o: self}, 0)
	m.push(value{kind: isTable, o: m.fill(in.See)}, 0)
	m.push(value{kind: isTable, o: keys}, 0)
	for _, a := range in.Args {
		if a.Word != "" {
			m.push(text(a.Word), 0)
		} else {
			m.push(number(a.Number), 0)
		}
	}
	result, err := m.read(m.call(f, 0, 0, nil))
	if err != nil {
		return Result{}, err
	}
	var state [StateNumbers]float64
	for i := range state {
		if state[i], err = toTree(m.get(self, number(float64(i+1))), "self"); err != nil {
			return Result{}, err
		}
	}
	values := make([]float64, len(in.Keys))
	for i := range in.Keys {
		if values[i], err = toTree(m.get(keys, text(in.Keys[i].Name)), in.Keys[i].Name); err != nil {
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
func (m *Machine) fill(fields []Field) *table {
	t := &table{entries: make([]entry, 0, len(fields))}
	for _, f := range fields {
		v := number(f.Value)
		if f.Bool {
			v = boolean(f.Value != 0)
		}
		m.set(t, text(f.Name), v)
	}
	return t
}

// toTree reads a value that a tree can hold.
func toTree(v value, name string) (float64, error) {
	switch v.kind {
	case isNumber:
		if math.IsNaN(v.n) || math.IsInf(v.n, 0) {
			return 0, fmt.Errorf("%s became %v", name, v.n)
		}
		return v.n, nil
	case isBool, isNil:
		return v.n, nil
	}
	return 0, fmt.Errorf("%s became a %s, which is no number", name, v.kind)
}

// read reads what the function returned: a status and commands.
func (m *Machine) read(results []value) (Result, error) {
	var r Result
	switch v := argument(results, 1); v.kind {
	case isBool:
		r.Status = "failure"
		if v.holds() {
			r.Status = "success"
		}
	case isText:
		if s := v.str(); s != "running" && s != "success" && s != "failure" {
			return r, fmt.Errorf("it returned %q, which is no status", clip(s))
		}
		r.Status = v.str()
	default:
		return r, fmt.Errorf("it returned a %s, not a status", v.kind)
	}
	for i := range MaxCommands {
		switch v := argument(results, 2+i); v.kind {
		case isNil:
		case isTable:
			c, err := m.command(v.o.(*table))
			if err != nil {
				return r, err
			}
			r.Commands = append(r.Commands, c)
		default:
			return r, fmt.Errorf("it returned a %s, not a command", v.kind)
		}
	}
	return r, nil
}

// command reads {"task", argument, ...}.
func (m *Machine) command(t *table) (Command, error) {
	task := m.get(t, number(1))
	if task.kind != isText || task.str() == "" {
		return Command{}, fmt.Errorf("a command begins with the name of a task")
	}
	c := Command{Task: task.str()}
	for i := 2; ; i++ {
		v := m.get(t, number(float64(i)))
		if v.kind == isNil {
			return c, nil
		}
		if len(c.Args) == MaxArguments {
			return Command{}, fmt.Errorf("the command %s has more than %d arguments", clip(c.Task), MaxArguments)
		}
		if v.kind == isText && v.str() != "" {
			c.Args = append(c.Args, Argument{Word: v.str()})
			continue
		}
		n, err := toTree(v, "an argument of "+clip(c.Task))
		if err != nil {
			return Command{}, err
		}
		c.Args = append(c.Args, Argument{Number: n})
	}
}
