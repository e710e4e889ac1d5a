package compile

import (
	"dryad/bt"
	"dryad/games"
)

// Leaf says what a leaf of a compiled tree does, for one who writes the tree in
// another language.
type Leaf struct {
	// Task is the index of the task in the vocabulary, for a neural task that
	// of its rule; -1 for a subtree that is only passed targets.
	Task int
	// Net is the index of the neural task, or -1.
	Net int
	// Channels are those that the leaf may claim, Allowed those of a neural
	// task's rule.
	Channels, Allowed uint32
	// Arguments are those of the task, or the targets of the subtree.
	Arguments []Argument
	// Words are the state words before the task's own: the draw and the
	// targets.
	Words int
	// Undrawn leaves compute no draw: it is 0.
	Undrawn bool
}

// Argument says where the value of an argument comes from.
type Argument struct {
	// Value is what it always is when both Number and Target are -1.
	Value games.Value
	// Number is the index among the computed arguments of the program's leaf,
	// or -1.
	Number int
	// Target is the first of the three state words that hold a target, or -1.
	Target int
	// Chooser chooses the target, or is -1 when the target is taken from the
	// words of the subtree around it, from Outer on.
	Chooser, Outer int
}

// Describe says what a leaf or binder of a compiled tree does; false for the
// leaf of a Lua function.
func Describe(game games.Game, leaf bt.Leaf, bind bt.SubtreeBinder) (Leaf, bool) {
	if b, ok := bind.(*binder); ok {
		out := Leaf{Task: -1, Net: -1}
		for i, s := range b.targets {
			out.Arguments = append(out.Arguments, Argument{Number: -1, Target: i * targetWords, Chooser: s.chooser, Outer: s.outer})
		}
		return out, true
	}
	switch l := leaf.(type) {
	case *taskLeaf:
		out := Leaf{Task: l.index, Net: -1, Channels: l.channels}
		out.add(&l.arguments)
		return out, true
	case *netLeaf:
		rule, _ := game.Vocabulary().Task(game.Vocabulary().Nets[l.net].Rule)
		out := Leaf{Task: rule, Net: l.net, Channels: l.channels, Allowed: uint32(l.allowed)}
		out.add(&l.arguments)
		return out, true
	}
	return Leaf{}, false
}

// add describes the arguments of a leaf.
func (l *Leaf) add(s *arguments) {
	l.Words, l.Undrawn = s.words, s.undrawn
	for _, a := range s.list {
		l.Arguments = append(l.Arguments, Argument{Value: a.value, Number: a.number, Target: a.target, Chooser: a.source.chooser, Outer: a.source.outer})
	}
}
