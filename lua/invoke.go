package lua

import "fmt"

// Invoke runs a function with plain values and returns the plain values that it
// answers. The script begins anew, as in Call: it remembers nothing but what it is
// given. Changes that it makes to a table it was given count where the function
// returns it.
//
// A script that names random finds a function by that name: random(n) is a whole
// number from 1 to n, made of the next word of the source. Without a source there
// is no such function. It finds div(a, b) too, the quotient rounded down.
func (m *Machine) Invoke(function string, args []Data, random func() uint64, steps int) ([]Data, error) {
	var out []Data
	err := m.within(function, steps, func() error {
		m.begin(random)
		f := null
		if at, ok := m.script.globals[function]; ok {
			f = m.globals[at]
		}
		if f.kind != isFunction {
			return fmt.Errorf("there is no such function")
		}
		for i := range args {
			m.push(m.value(&args[i]), 0)
		}
		left := maxDataValues
		for _, v := range append([]value(nil), m.call(f, 0, 0, nil)...) {
			d, err := m.data(v, 0, &left)
			if err != nil {
				return fmt.Errorf("it returned %w, which is no plain value", err)
			}
			out = append(out, d)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Global returns a global table or value of the script as it stands after the
// script itself has run; nil for none.
func (m *Machine) Global(name string, steps int) (Data, error) {
	var out Data
	err := m.within(name, steps, func() (err error) {
		m.begin(nil)
		if at, ok := m.script.globals[name]; ok {
			left := maxDataValues
			out, err = m.data(m.globals[at], 0, &left)
		}
		return err
	})
	return out, err
}

// begin gives the script its library and runs it.
func (m *Machine) begin(random func() uint64) {
	m.library()
	extra := map[string]value{"div": native("div", divide)}
	if random != nil {
		extra["random"] = native("random", func(m *Machine, args []value) []value {
			n := m.numeric("random", args, 1)
			if !(n >= 1 && n <= 1<<31) || n != float64(int64(n)) {
				fail(m.line, "random needs a whole number from 1 to 2147483648")
			}
			// The upper half of the product is uniform but for 2^-33.
			return m.answer(number(float64(1 + (random()>>32*uint64(n))>>32)))
		})
	}
	for name, f := range extra {
		if at, ok := m.script.globals[name]; ok {
			m.globals[at] = f
		}
	}
	m.call(value{kind: isFunction, o: &closure{proto: m.script.main}}, 0, 0, nil)
}

// divide is div: a / b, rounded down.
func divide(m *Machine, args []value) []value {
	a, b := m.numeric("div", args, 1), m.numeric("div", args, 2)
	if b == 0 {
		fail(m.line, "div by 0")
	}
	q := a / b
	if q >= -1<<52 && q <= 1<<52 {
		whole := float64(int64(q))
		if whole > q {
			whole--
		}
		q = whole
	}
	return m.answer(number(q))
}

// within runs a call within a budget and turns the panics of a script into errors.
func (m *Machine) within(function string, steps int, run func() error) (err error) {
	if m.stack == nil {
		m.stack, m.frames = make([]value, maxStack), make([]frame, maxCalls)
	}
	m.left, m.top, m.high, m.calls, m.depth = steps, 0, 0, 0, 0
	defer func() {
		switch p := recover().(type) {
		case nil:
		case exceeded:
			err = ErrExceeded
		case fault:
			err = fmt.Errorf("line %d: %s", p.line, clip(oneLine(p.text)))
		default:
			panic(p)
		}
		clear(m.stack[:m.high])
		clear(m.results[:cap(m.results)])
		if err != nil {
			err = fmt.Errorf("%s: %s: %w", m.script.name, function, err)
		}
	}()
	return run()
}
