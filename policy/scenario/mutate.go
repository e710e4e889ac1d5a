package scenario

import (
	"fmt"

	"dryad/dsl"
	"dryad/policy"
)

// maxMutants is how many mutants are made of a policy.
const maxMutants = 500

// Mutant is a policy that was changed in one place.
type Mutant struct {
	Line   int       `json:"line"` // where the policy was changed
	Change string    `json:"change"`
	File   *dsl.File `json:"-"`
}

// Mutants returns the policy changed in one place each, in the order of its
// text: a condition negated; an operator of an expression exchanged or a number
// in it moved; a time doubled or halved, a count moved by one; another chooser
// of the same kind; a child left out or put before its neighbour; a selector
// made a sequence and the reverse. The checker finds no error in any of them.
func Mutants(file *dsl.File, checker *policy.Checker) []Mutant {
	m := &mutator{file: file, checker: checker}
	total := 0
	file.Walk(func(*dsl.Tree, *dsl.Node) bool { total++; return true })
	for at := range total {
		m.at(at)
	}
	return m.out
}

type mutator struct {
	file    *dsl.File
	checker *policy.Checker
	out     []Mutant
}

// at makes the mutants of the node number index.
func (m *mutator) at(index int) {
	original := nth(m.file, index)
	add := func(what string, change func(*dsl.Node)) {
		if len(m.out) >= maxMutants {
			return
		}
		mutant := m.file.Clone()
		change(nth(mutant, index))
		if m.checker.Check(mutant).OK() {
			m.out = append(m.out, Mutant{original.Range.Start.Line, what, mutant})
		}
	}
	line := original.Line()
	switch original.Kind {
	case dsl.Condition:
		add(fmt.Sprintf("%q negated", line), func(n *dsl.Node) { n.Args[0].Text = "not (" + original.Expression() + ")" })
	case dsl.Selector:
		add(fmt.Sprintf("%q as a sequence", line), func(n *dsl.Node) { n.Kind = dsl.Sequence })
	case dsl.Sequence:
		add(fmt.Sprintf("%q as a selector", line), func(n *dsl.Node) { n.Kind = dsl.Selector })
	}
	for _, other := range alterations(original.Expression()) {
		add(fmt.Sprintf("%q with %s", line, other.what), func(n *dsl.Node) { n.Args[0].Text = other.text })
	}
	for _, other := range amountsBeside(original) {
		add(fmt.Sprintf("%q with %s", line, other), func(n *dsl.Node) { n.Args[0].Amount, n.Args[0].Text = other, other.String() })
	}
	if original.Kind.Class() == dsl.Leaf {
		for i := range original.Args {
			if original.Args[i].Kind != dsl.WordArg {
				continue
			}
			if other, ok := otherChooser(original.Args[i].Text, m.checker.Vocabulary()); ok {
				add(fmt.Sprintf("%q with %s", line, other), func(n *dsl.Node) { n.Args[i].Text = other })
			}
		}
	}
	if len(original.Children) < 2 {
		return
	}
	for i, child := range original.Children {
		add(fmt.Sprintf("without %q", child.Line()), func(n *dsl.Node) {
			n.Children = append(append([]*dsl.Node(nil), n.Children[:i]...), n.Children[i+1:]...)
		})
		if i > 0 && (original.Kind == dsl.Selector || original.Kind == dsl.Sequence) {
			add(fmt.Sprintf("%q before %q", child.Line(), original.Children[i-1].Line()), func(n *dsl.Node) {
				n.Children[i-1], n.Children[i] = n.Children[i], n.Children[i-1]
			})
		}
	}
}

// nth returns the node number index of a file.
func nth(file *dsl.File, index int) (found *dsl.Node) {
	file.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
		if index == 0 {
			found = n
		}
		index--
		return true
	})
	return found
}

// Survivors returns the mutants that no scenario notices.
func (s *Suite) Survivors(mutants []Mutant, checker *policy.Checker) []Mutant {
	out := []Mutant{}
	for _, m := range mutants {
		report, faults := s.run(m.File, checker, true)
		if faults.OK() && report.OK() {
			out = append(out, m)
		}
	}
	return out
}
