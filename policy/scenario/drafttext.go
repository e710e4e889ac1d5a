package scenario

import (
	"fmt"
	"strings"

	"dryad/bt"
	"dryad/dsl/check"
	"dryad/vocab"
)

// about names a scenario after what it was kept for: a leaf that does
// something before a condition's result, and both before a composite.
func (d *drafter) about(gains []branch) string {
	best, rank := "", -1
	for _, b := range gains {
		n := d.unit.Program.Node(b.node)
		line := lastOf(n.Path)
		switch {
		case leaf(n) && rank < 2:
			_, line, _ = strings.Cut(line, ": ")
			best, rank = line, 2
		case b.what != bt.Idle && rank < 1:
			_, line, _ = strings.Cut(line, ": ")
			best, rank = fmt.Sprintf("%s is %t", line, b.what == bt.Success), 1
		case rank < 0:
			best, rank = line, 0
		}
	}
	return best
}

// leaf reports whether a node does something.
func leaf(n bt.NodeInfo) bool { return n.Kind == bt.KindTask }

// lastOf returns the last part of a path.
func lastOf(path string) string {
	path = strings.TrimSuffix(path, ":")
	return strings.TrimPrefix(path[strings.LastIndexByte(path, '/')+1:], ":")
}

// text writes the scenarios.
func (d *drafter) text() string {
	var out strings.Builder
	out.WriteString("# Drafted from what the policy does: every line is to be read, and changed where\n# the policy should do something else.\n")
	names := map[string]int{}
	for _, k := range d.kept {
		name := strings.ReplaceAll(k.about, "#", "")
		if names[name]++; names[name] > 1 {
			name = fmt.Sprintf("%s, %d", name, names[name])
		}
		out.WriteString("\n" + d.written(name, k.steps))
	}
	return out.String()
}

// written returns a scenario with what is to be expected after every tick.
func (d *drafter) written(name string, steps []step) string {
	var out strings.Builder
	fmt.Fprintf(&out, "scenario %s\n", name)
	at := 0
	d.after = func(trace []bt.Status, status bt.Status, agent *bt.Agent) {
		for at < len(steps) {
			out.WriteString("  " + steps[at].text() + "\n")
			if at++; steps[at-1].verb == tick {
				break
			}
		}
		d.expectations(&out, trace, status)
		if at == len(steps) {
			d.keys(&out, agent)
		}
	}
	d.watch(steps)
	d.after = nil
	return out.String()
}

// expectations writes what the leaves did in the last tick, and what the policy
// answered.
func (d *drafter) expectations(out *strings.Builder, trace []bt.Status, status bt.Status) {
	for i, s := range trace {
		if target := d.targets[i]; s != bt.Idle && target != "" {
			fmt.Fprintf(out, "  expect %s %s\n", target, verbs[s])
		}
	}
	fmt.Fprintf(out, "  expect policy %s\n", verbs[status])
}

// keys writes the keys whose values are not what they were at first.
func (d *drafter) keys(out *strings.Builder, agent *bt.Agent) {
	fresh := d.unit.Program.NewAgent(1)
	for _, k := range d.file.Keys {
		value, ok := agent.Key(k.Name)
		before, _ := fresh.Key(k.Name)
		kind, _ := check.KeyKind(k.Type)
		if !ok || value == before {
			continue
		}
		text := fmt.Sprintf("%g", value)
		switch {
		case kind == vocab.Bool:
			text = fmt.Sprint(value != 0)
		case kind == vocab.Enum && int(value) < len(k.Values):
			text = k.Values[int(value)]
		}
		if have, problem := d.value(text, kind, k.Values); problem == "" && have == value {
			fmt.Fprintf(out, "  expect key %s = %s\n", k.Name, text)
		}
	}
}

// target returns the shortest name that means the node with a path and no
// other, or nothing.
func (d *drafter) target(path string) string {
	path = strings.TrimSuffix(path, ":")
	candidates := []string{}
	last := path[strings.LastIndexByte(path, '/')+1:]
	if _, word, ok := strings.Cut(last, ": "); ok {
		candidates = append(candidates, word)
	}
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			candidates = append(candidates, path[i+1:])
		}
	}
	for _, c := range append(candidates, path) {
		again, ok := readExpectation(c + " runs")
		if len(d.named(c)) == 1 && ok && again.name == c && !strings.Contains(c, "#") {
			return c
		}
	}
	return ""
}

var verbs = map[bt.Status]string{bt.Running: "runs", bt.Success: "succeeds", bt.Failure: "fails"}

// text returns a step as it is written.
func (s *step) text() string {
	switch s.verb {
	case setReading:
		return s.name + " = " + s.value
	case answerTask:
		return strings.Join(strings.Fields("task "+s.name+" "+s.choose+" "+verbs[s.status]), " ")
	case blockChooser:
		if s.not {
			return "choose " + s.name + " nothing"
		}
		return "choose " + s.name + " something"
	}
	if s.count == 1 {
		return "tick"
	}
	return fmt.Sprintf("tick %d", s.count)
}
