package lua

import (
	"fmt"

	"github.com/yuin/gopher-lua/ast"
)

// A script becomes closures: one for each expression and statement.
type (
	expression func(f *frame) value
	statement  func(f *frame) signal
)

// signal says how a statement ended.
type signal uint8

const (
	goesOn  signal = iota
	breaks         // out of the innermost loop
	returns        // with the machine's results
	jumps          // to the machine's target
	calls          // return f(...): the frame's tail call is to be made
)

// prototype is a function of the script.
type prototype struct {
	name     string
	line     int
	params   int
	boxed    []int // parameters that a function inside captures
	slots    int
	depth    int // how deep its body is nested
	captures []capture
	body     statement
}

// capture is where a captured variable comes from: a slot of the function
// around, or what that one has captured.
type capture struct {
	slot  bool
	index int
}

// variable is a local variable while a script is compiled.
type variable struct {
	name  string
	slot  int
	boxed bool
	order int // its number among all of the script
}

// block is a scope.
type block struct {
	vars   []*variable
	labels map[string]*label
	until  bool // the body of repeat, whose condition sees its variables
}

// label is where a goto leads to.
type label struct {
	vars    int // of its block at its place; -1 before it is met
	last    bool
	pending []pending
}

// pending is a goto that was met before its label.
type pending struct {
	line, vars int
	name       string
}

// function is the compiler's view of one function.
type function struct {
	proto    *prototype
	outer    *function
	blocks   []*block
	alive    int // slots in use
	captured map[string]int
	names    []*variable // what each captured index stands for
	loops    int
}

// compiler makes closures of a script. It runs twice: the first run finds
// which variables are captured, the second makes code that knows it.
type compiler struct {
	script  *Script
	fn      *function
	boxed   map[int]bool // by the order of variables
	order   int
	nesting int
}

// refused is the panic that ends compilation.
type refused struct{ err error }

func refuse(line int, format string, args ...any) {
	panic(refused{fmt.Errorf("%d: "+format, append([]any{line}, args...)...)})
}

// compile fills the script's prototype, globals and mentioned names.
func (s *Script) compile(chunk []ast.Stmt) (err error) {
	defer func() {
		if r := recover(); r != nil {
			fault, ok := r.(refused)
			if !ok {
				panic(r)
			}
			err = fault.err
		}
	}()
	boxed := map[int]bool{}
	for range 2 {
		s.mentioned, s.globals = map[string]bool{}, map[string]int{}
		for i, name := range globalNames {
			s.globals[name] = i
		}
		c := &compiler{script: s, boxed: boxed}
		s.main = c.function("main", 0, nil, chunk)
	}
	return nil
}

// function compiles a function with its parameters.
func (c *compiler) function(name string, line int, params []string, body []ast.Stmt) *prototype {
	outer, nesting := c.fn, c.nesting
	fn := &function{proto: &prototype{name: name, line: line, params: len(params)}, outer: outer, captured: map[string]int{}}
	c.fn, c.nesting = fn, 0
	fn.blocks = []*block{{}}
	for _, p := range params {
		if v := c.declare(p, line); v.boxed {
			fn.proto.boxed = append(fn.proto.boxed, v.slot)
		}
	}
	fn.proto.body = c.block(body, &block{})
	c.fn, c.nesting = outer, nesting
	return fn.proto
}

// enter counts how deep the compiler is, for as long as leave is not called.
func (c *compiler) enter(line int) {
	c.nesting++
	if c.nesting > maxNesting {
		refuse(line, "more than %d statements and expressions lie in each other", maxNesting)
	}
	c.fn.proto.depth = max(c.fn.proto.depth, c.nesting)
}

func (c *compiler) leave() { c.nesting-- }

// declare makes a variable of the innermost scope.
func (c *compiler) declare(name string, line int) *variable {
	fn := c.fn
	if fn.alive == maxLocals {
		refuse(line, "a function has more than %d local variables", maxLocals)
	}
	v := &variable{name: name, slot: fn.alive, boxed: c.boxed[c.order], order: c.order}
	c.order++
	fn.alive++
	fn.proto.slots = max(fn.proto.slots, fn.alive)
	b := fn.blocks[len(fn.blocks)-1]
	b.vars = append(b.vars, v)
	return v
}

// lookup finds a variable of a function by its name.
func (fn *function) lookup(name string) *variable {
	for i := len(fn.blocks) - 1; i >= 0; i-- {
		vars := fn.blocks[i].vars
		for j := len(vars) - 1; j >= 0; j-- {
			if vars[j].name == name {
				return vars[j]
			}
		}
	}
	return nil
}

// resolve finds what a name stands for: a local variable, a captured one (its
// index), or a global (neither).
func (c *compiler) resolve(name string, line int) (local *variable, captured int) {
	if v := c.fn.lookup(name); v != nil {
		return v, -1
	}
	v, index := c.capture(c.fn, name, line)
	if v == nil {
		return nil, -1
	}
	return nil, index
}

// capture finds a variable of the functions around fn and makes it known there.
func (c *compiler) capture(fn *function, name string, line int) (*variable, int) {
	if fn.outer == nil {
		return nil, -1
	}
	v := fn.outer.lookup(name)
	from := capture{slot: true}
	if v != nil {
		from.index = v.slot
		c.boxed[v.order] = true
	} else {
		if v, from.index = c.capture(fn.outer, name, line); v == nil {
			return nil, -1
		}
		from.slot = false
	}
	for i, have := range fn.names {
		if have == v {
			return v, i
		}
	}
	if len(fn.names) == maxCaptured {
		refuse(line, "a function uses more than %d variables of those around it", maxCaptured)
	}
	fn.names = append(fn.names, v)
	fn.proto.captures = append(fn.proto.captures, from)
	return v, len(fn.names) - 1
}

// global returns the place of a global name.
func (c *compiler) global(name string) int {
	at, ok := c.script.globals[name]
	if !ok {
		at = len(c.script.globals)
		c.script.globals[name] = at
	}
	return at
}
