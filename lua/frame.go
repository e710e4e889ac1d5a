package lua

import "fmt"

// The sizes of a machine's stacks.
const (
	maxCalls = 100  // functions that are open at once
	maxDepth = 4000 // the sum of their nesting
	maxStack = 2048 // values
)

// frame is one call of a function of the script.
type frame struct {
	m        *Machine
	slots    []value
	captured []*value
	tail     value // what a tail call calls; its arguments are the machine's results
	line     int   // of the tail call
}

// closure is a function of the script with the variables it has captured, or a
// function of the library.
type closure struct {
	proto    *prototype
	captured []*value
	native   func(m *Machine, args []value) []value
	name     string // of the library's
}

// fault is the panic of a script that does what Lua forbids.
type fault struct {
	line int
	text string
}

func fail(line int, format string, args ...any) {
	panic(fault{line, fmt.Sprintf(format, args...)})
}

// push puts a value onto the stack.
func (m *Machine) push(v value, line int) {
	if m.top == maxStack {
		fail(line, "stack overflow")
	}
	m.stack[m.top] = v
	m.top++
	m.high = max(m.high, m.top)
}

// call calls a function with the values of the stack from base on as its
// arguments, and takes them off. The results are valid until the next call.
func (m *Machine) call(callee value, base, line int, what func() string) []value {
	m.spend(chargeCall)
	for {
		if callee.kind != isFunction {
			fail(line, "attempt to call %s", describe(callee, what))
		}
		c := callee.o.(*closure)
		if c.native != nil {
			m.line = line
			results := c.native(m, m.stack[base:m.top])
			m.top = base
			return results
		}
		next, again := m.enter(c, base, line)
		if !again {
			return m.results
		}
		// A tail call: its arguments are the results.
		m.spend(chargeCall)
		callee, line, what = next.tail, next.line, nil
		for _, v := range m.results {
			m.push(v, line)
		}
	}
}

// enter runs a function of the script. It returns the frame when that ended
// with a tail call.
func (m *Machine) enter(c *closure, base, line int) (f *frame, tail bool) {
	p := c.proto
	if m.calls == maxCalls || m.depth+p.depth > maxDepth || base+p.slots > maxStack {
		fail(line, "stack overflow")
	}
	m.spend(p.slots / chargeSlots)
	given := min(m.top-base, p.params)
	end := base + p.slots
	for i := base + given; i < end; i++ {
		m.stack[i] = null
	}
	f = &m.frames[m.calls]
	f.m, f.slots, f.captured = m, m.stack[base:end], c.captured
	m.calls++
	m.depth += p.depth
	m.top = end
	m.high = max(m.high, m.top)
	for _, slot := range p.boxed {
		f.slots[slot] = m.box(f.slots[slot])
	}
	m.results = m.results[:0]
	ended := p.body(f)
	m.calls--
	m.depth -= p.depth
	m.top = base
	switch ended {
	case returns:
		return nil, false
	case calls:
		return f, true
	}
	m.results = m.results[:0]
	return nil, false
}

// box makes a variable that functions capture.
func (m *Machine) box(v value) value {
	m.spend(chargeVariable)
	return value{kind: isBox, o: &v}
}

// describe names a value that is not what it should be.
func describe(v value, what func() string) string {
	if what != nil {
		if name := what(); name != "" {
			return fmt.Sprintf("%s (a %s value)", name, v.kind)
		}
	}
	return fmt.Sprintf("a %s value", v.kind)
}
