package dsl

import "slices"

// File is a policy as it is written: a header, blackboard keys and trees. The
// tree named "main" is the one that runs.
type File struct {
	// Path is the name of the source, for messages.
	Path string
	// Policy is the header; its Name is empty when the text has none.
	Policy Policy
	// Network are the lines of a scheduler's network, in the order of the text.
	Network []*Neuron
	Keys    []*Key
	Trees   []*Tree
	// Comments are those after the last construct.
	Comments []string
}

// Policy is the header line "policy NAME for GAME [by scheduler]".
type Policy struct {
	// Scheduler says that the network of the file chooses which child of the main
	// tree's root runs.
	Scheduler            bool
	Name, Game           string
	NameRange, GameRange Range
	Comments             []string
	Comment              string
}

// Scope says who shares a blackboard key, and for how long it lasts.
type Scope uint8

// The scopes.
const (
	AgentScope Scope = iota // one value an agent, for the length of a match
	TreeScope               // one value an activation of the tree or subtree
	TeamScope               // one value a team; writes are seen from the next tick on
)

var scopeWords = [...]string{"agent", "tree", "team"}

// String returns the scope's word.
func (s Scope) String() string {
	if int(s) < len(scopeWords) {
		return scopeWords[s]
	}
	return "?"
}

// Key declares a blackboard key: "key NAME: TYPE = DEFAULT in SCOPE".
type Key struct {
	Name string
	// Type is the word of the type: bool, int, number, duration, angle, enum.
	Type string
	// Values are the words of an enum.
	Values []string
	// Default is the value at the start; left out, it is false, 0 or the
	// first word.
	Default    Arg
	HasDefault bool
	Scope      Scope

	Comments  []string
	Comment   string
	Blank     bool
	Range     Range
	NameRange Range
	TypeRange Range
}

// Tree is a named tree: "tree NAME(PARAMETERS):".
type Tree struct {
	Name   string
	Params []Param
	// Root is nil only in a file with errors.
	Root *Node
	// Bare marks a main tree that stands alone, without its header line.
	Bare bool

	Comments  []string
	Comment   string
	Blank     bool
	Range     Range
	NameRange Range
}

// Param is a parameter of a tree: "NAME: TYPE = DEFAULT".
type Param struct {
	Name string
	// Type is bool, int, number, duration, angle, agent, item or position.
	Type       string
	Default    Arg
	HasDefault bool
	Range      Range
}

// Tree returns the tree of that name, or nil.
func (f *File) Tree(name string) *Tree {
	for _, t := range f.Trees {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// Main returns the tree that runs, or nil.
func (f *File) Main() *Tree { return f.Tree("main") }

// Key returns the key of that name, or nil.
func (f *File) Key(name string) *Key {
	for _, k := range f.Keys {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// Walk visits every node of every tree in the order of the text; see
// [Node.Walk].
func (f *File) Walk(visit func(*Tree, *Node) bool) {
	for _, t := range f.Trees {
		t.Root.Walk(func(n *Node) bool { return visit(t, n) })
	}
}

// Clone returns a deep copy.
func (f *File) Clone() *File {
	c := *f
	c.Policy.Comments = append([]string(nil), f.Policy.Comments...)
	c.Comments = append([]string(nil), f.Comments...)
	c.Keys, c.Trees, c.Network = nil, nil, nil
	for _, u := range f.Network {
		c.Network = append(c.Network, u.Clone())
	}
	for _, k := range f.Keys {
		d := *k
		d.Values = append([]string(nil), k.Values...)
		d.Comments = append([]string(nil), k.Comments...)
		c.Keys = append(c.Keys, &d)
	}
	for _, t := range f.Trees {
		c.Trees = append(c.Trees, t.Clone())
	}
	return &c
}

// Clone returns a deep copy.
func (t *Tree) Clone() *Tree {
	c := *t
	c.Params = append([]Param(nil), t.Params...)
	c.Comments = append([]string(nil), t.Comments...)
	c.Root = t.Root.Clone()
	return &c
}

// Equal reports whether two files mean the same; see [Node.Equal]. Whether the
// main tree is bare does not matter.
func (f *File) Equal(g *File) bool {
	if f.Policy.Name != g.Policy.Name || f.Policy.Game != g.Policy.Game || f.Policy.Scheduler != g.Policy.Scheduler ||
		!slices.EqualFunc(f.Network, g.Network, (*Neuron).Equal) || len(f.Keys) != len(g.Keys) || len(f.Trees) != len(g.Trees) {
		return false
	}
	for i := range f.Keys {
		if !f.Keys[i].Equal(g.Keys[i]) {
			return false
		}
	}
	for i := range f.Trees {
		if !f.Trees[i].Equal(g.Trees[i]) {
			return false
		}
	}
	return true
}

// Equal reports whether two declarations mean the same.
func (k *Key) Equal(l *Key) bool {
	if k.Name != l.Name || k.Type != l.Type || k.Scope != l.Scope || len(k.Values) != len(l.Values) ||
		k.HasDefault != l.HasDefault || !sameValue(k.Default, l.Default) {
		return false
	}
	for i := range k.Values {
		if k.Values[i] != l.Values[i] {
			return false
		}
	}
	return true
}

// Equal reports whether two trees mean the same.
func (t *Tree) Equal(u *Tree) bool {
	if t.Name != u.Name || len(t.Params) != len(u.Params) {
		return false
	}
	for i := range t.Params {
		p, q := &t.Params[i], &u.Params[i]
		if p.Name != q.Name || p.Type != q.Type || p.HasDefault != q.HasDefault || !sameValue(p.Default, q.Default) {
			return false
		}
	}
	return t.Root.Equal(u.Root)
}

func sameValue(a, b Arg) bool {
	return a.Kind == b.Kind && a.Text == b.Text && a.Amount == b.Amount
}
