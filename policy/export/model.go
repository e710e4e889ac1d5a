package export

import (
	"fmt"

	"dryad/bt"
	"dryad/dsl"
	"dryad/nn"
	"dryad/policy"
	"dryad/policy/compile"
	"dryad/vocab"
)

// maxParameters bounds the networks of an exported policy, all together.
const maxParameters = 1 << 18

// model is what both languages write: the program, and the words of the game
// that it uses.
type model struct {
	prefix string
	policy *policy.Policy
	vocab  *vocab.Vocabulary
	bt.Listing
	reached  []bool // by step
	leaves   []leaf
	choosers []int // of the vocabulary, used, ascending
	tasks    []int
	nets     []int
	most     int // arguments of a task
}

// leaf is a leaf of the program and what it does.
type leaf struct {
	bt.ListedLeaf
	compile.Leaf
}

// draw is the leaf's part of its draws; 0 for a task that reads none.
func (l *leaf) draw() uint64 {
	if l.Leaf.Undrawn {
		return 0
	}
	return l.Draw
}

// newModel gathers what a policy needs, or says what cannot be exported.
func newModel(p *policy.Policy, prefix string) (*model, error) {
	m := &model{prefix: prefix, policy: p, vocab: p.Game.Vocabulary(), Listing: p.Program.Listing(), most: 1}
	var chooser, task, net = map[int]bool{}, map[int]bool{}, map[int]bool{}
	for _, l := range m.Listing.Leaves {
		described, ok := compile.Describe(p.Game, l.Leaf, l.Binder)
		if !ok {
			return nil, luaFault(p, l.Node)
		}
		m.leaves = append(m.leaves, leaf{l, described})
		if described.Task >= 0 {
			task[described.Task] = true
			m.most = max(m.most, len(described.Arguments))
		}
		if described.Net >= 0 {
			net[described.Net] = true
		}
		for _, a := range described.Arguments {
			if a.Target >= 0 && a.Chooser >= 0 {
				chooser[a.Chooser] = true
			}
		}
	}
	m.choosers = ascending(chooser, len(m.vocab.Choosers))
	m.tasks = ascending(task, len(m.vocab.Tasks))
	m.nets = ascending(net, len(m.vocab.Nets))
	m.reach()
	return m, m.checkNets()
}

// luaFault says which line runs a function in Lua.
func luaFault(p *policy.Policy, node int) error {
	at, text := "", ""
	if line := p.Line(node); line != nil {
		at, text = fmt.Sprintf("line %d: ", line.Range.Start.Line), line.Line()
	}
	return fmt.Errorf("%s%s: a function in Lua cannot be exported; write it as a task of the program around the tree", at, text)
}

// ascending lists the indices below n that a set has.
func ascending(set map[int]bool, n int) []int {
	var out []int
	for i := range n {
		if set[i] {
			out = append(out, i)
		}
	}
	return out
}

// checkNets reports networks that are too large, not finite or have a layer that
// the run time lacks.
func (m *model) checkNets() error {
	if deadline := m.policy.Deadline(); deadline > 0 {
		return fmt.Errorf("the policy leaves neural tasks to their rules after %d multiply-adds in a tick, which source code cannot; export it without a deadline", deadline)
	}
	total := 0
	for _, i := range m.nets {
		net := m.policy.Network(i)
		if word := &m.vocab.Nets[i]; word.Confidence > 0 {
			return fmt.Errorf("the neural task %q leaves answers of which its network is not sure to the rule %s, which source code cannot; write the rule in its place", word.Name, word.Rule)
		}
		total += len(net.Parameters())
		for _, layer := range net.Architecture().Layers {
			if !exported(layer.Kind) {
				return fmt.Errorf("the network %q has a layer %s, which cannot be exported as source code; use a network of dense, conv, layernorm, relu, tanh, sigmoid and softmax", m.vocab.Nets[i].Name, layer.Kind)
			}
		}
		if !nn.Finite(net.Parameters()) {
			return fmt.Errorf("the network %q has weights that are not finite", m.vocab.Nets[i].Name)
		}
	}
	if total > maxParameters {
		return fmt.Errorf("the networks have %d parameters, at most %d can be exported as source code", total, maxParameters)
	}
	return nil
}

// reach finds the steps that can be reached.
func (m *model) reach() {
	m.reached = make([]bool, len(m.Steps))
	open := []int{0}
	for len(open) > 0 {
		i := open[len(open)-1]
		open = open[:len(open)-1]
		if m.reached[i] {
			continue
		}
		m.reached[i] = true
		open = append(open, m.jumps(i)...)
		if op := m.Steps[i].Op; op != bt.OpEnd && op != bt.OpJump && op != bt.OpUtility {
			open = append(open, i+1)
		}
	}
}

// jumps returns where a step may jump to.
func (m *model) jumps(i int) []int {
	s := &m.Steps[i]
	switch s.Op {
	case bt.OpJump, bt.OpLess, bt.OpNotLess, bt.OpLessEqual, bt.OpNotLessEqual, bt.OpEqual, bt.OpNotEqual,
		bt.OpTrue, bt.OpFalse, bt.OpBind, bt.OpActive, bt.OpProgress, bt.OpTimeout, bt.OpCool, bt.OpFinished:
		return []int{s.OnFailure}
	case bt.OpLeaf, bt.OpOnce:
		return []int{s.OnFailure, s.OnRunning}
	case bt.OpResume, bt.OpUtility:
		return s.Targets
	case bt.OpDraw, bt.OpNext:
		return append([]int{s.OnFailure}, s.Targets...)
	case bt.OpAttempt, bt.OpWait, bt.OpJoin:
		return []int{s.OnRunning}
	}
	return nil
}

// reading describes a feature or condition.
type reading struct {
	name, about string
	kind        vocab.Kind
	values      []string
}

// reading returns what an input of the program is.
func (m *model) reading(input int) reading {
	r := int(m.policy.Readings()[input])
	if r >= len(m.vocab.Features) {
		c := m.vocab.Conditions[r-len(m.vocab.Features)]
		return reading{name: c.Name, about: c.Description, kind: vocab.Bool}
	}
	f := &m.vocab.Features[r]
	out := reading{name: f.Name, about: f.Description, kind: f.Kind, values: f.Values}
	if f.Kind != vocab.Bool && f.Kind != vocab.Enum {
		unit := f.Unit
		if unit == "" {
			unit = f.Kind.String()
		}
		if f.Min != f.Max {
			unit += fmt.Sprintf(", %s to %s", formatFloat(f.Min, 64), formatFloat(f.Max, 64))
		}
		out.about += " (" + unit + ")"
	}
	return out
}

// runningWords is the length of the list of running nodes.
func (m *model) runningWords() int { return len(m.Words) - m.Running }

// identity is the policy as a comment names it.
func (m *model) identity() string {
	name := m.policy.Name
	if !dsl.Identifier(name) {
		name = comment(name)
	}
	return fmt.Sprintf("the policy %s for %s (version %d of the game's words)", name, comment(m.vocab.Game), m.vocab.Version)
}
