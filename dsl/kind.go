package dsl

// Kind says what a node is.
type Kind uint8

// The kinds of node.
const (
	// Invalid is a line that could not be read; a file that holds one has an
	// error among its diagnostics.
	Invalid Kind = iota

	// Composites.
	Selector
	Sequence
	Parallel
	ParallelFirst
	Random
	Utility

	// Decorators: one child each.
	Not
	Retry
	Repeat
	Timeout
	Cooldown
	Succeed
	Fail
	Once

	// Options: how a random or utility node weighs the one child below.
	Weight
	Score

	// Leaves.
	Condition
	Task
	Net
	Set
	Call // "tree: name arguments"
	Wait
	Lua

	kinds // their number
)

// Class groups kinds by the children that they take.
type Class uint8

// The classes of kinds.
const (
	Composite Class = iota // one child or more
	Decorator              // exactly one child
	Option                 // exactly one child; stands only below Random or Utility
	Leaf                   // no child
)

type kindFacts struct {
	word  string // as the language writes it
	class Class
	usage string
}

var facts = [kinds]kindFacts{
	Invalid:       {"invalid", Leaf, ""},
	Selector:      {"selector", Composite, "[memory] selector [NAME]:"},
	Sequence:      {"sequence", Composite, "[memory] sequence [NAME]:"},
	Parallel:      {"parallel", Composite, "parallel [NAME]:"},
	ParallelFirst: {"parallel first", Composite, "parallel first [NAME]:"},
	Random:        {"random", Composite, "random [NAME]:"},
	Utility:       {"utility", Composite, "utility [margin NUMBER] [NAME]:"},
	Not:           {"not", Decorator, "not [NAME]:"},
	Retry:         {"retry", Decorator, "retry [COUNT] [NAME]:"},
	Repeat:        {"repeat", Decorator, "repeat [COUNT] [NAME]:"},
	Timeout:       {"timeout", Decorator, "timeout DURATION [NAME]:"},
	Cooldown:      {"cooldown", Decorator, "cooldown DURATION [NAME]:"},
	Succeed:       {"succeed", Decorator, "succeed [NAME]:"},
	Fail:          {"fail", Decorator, "fail [NAME]:"},
	Once:          {"once", Decorator, "once [NAME]:"},
	Weight:        {"weight", Option, "weight NUMBER:"},
	Score:         {"score", Option, "score EXPRESSION:"},
	Condition:     {"condition", Leaf, "condition: NAME | no | EXPRESSION"},
	Task:          {"task", Leaf, "task: NAME [ARGUMENTS] [by net]"},
	Net:           {"net", Leaf, "net: NAME [ARGUMENTS]"},
	Set:           {"set", Leaf, "set: KEY = EXPRESSION"},
	Call:          {"tree", Leaf, "tree: NAME [ARGUMENTS]"},
	Wait:          {"wait", Leaf, "wait: DURATION"},
	Lua:           {"lua", Leaf, "lua: NAME [ARGUMENTS]"},
}

// String returns the kind's keyword; "parallel first" is two words.
func (k Kind) String() string {
	if k < kinds {
		return facts[k].word
	}
	return "invalid"
}

// Class returns the class of the kind.
func (k Kind) Class() Class {
	if k < kinds {
		return facts[k].class
	}
	return Leaf
}

// Usage returns the shape of a line of this kind, for messages and help.
func (k Kind) Usage() string {
	if k < kinds {
		return facts[k].usage
	}
	return ""
}

// Kinds returns every kind of node that can be written, in a fixed order.
func Kinds() []Kind {
	all := make([]Kind, 0, kinds-1)
	for k := Invalid + 1; k < kinds; k++ {
		all = append(all, k)
	}
	return all
}

// KindOf returns the kind of a keyword as [Kind.String] writes it; "tree" is
// Call.
func KindOf(word string) (Kind, bool) {
	for k := Invalid + 1; k < kinds; k++ {
		if facts[k].word == word {
			return k, true
		}
	}
	return Invalid, false
}
