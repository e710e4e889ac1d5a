package expression

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"dryad/dsl"
	"dryad/internal/english"
	"dryad/vocab"
)

const (
	kindBool   = vocab.Bool
	kindInt    = vocab.Int
	kindNumber = vocab.Number
)

// Variable is a blackboard key or a parameter that an expression can read.
type Variable struct {
	Name   string
	Kind   vocab.Kind
	Values []string // words of an Enum
}

// Scope is what the names of an expression can mean: the readings of the game,
// then the keys, then the parameters.
type Scope struct {
	Vocabulary *vocab.Vocabulary
	Keys       []Variable
	Params     []Variable
}

// Bind reads an expression and gives its names their meaning and every part
// its type. want is the type that the place needs; Number takes any type
// except an enum, None takes any type. With a fault that is no warning the
// node is nil. Results are cached by text and safe for concurrent use.
func Bind(source string, scope Scope, want vocab.Kind) (*Node, []Fault) {
	index := indexOf(scope.Vocabulary)
	if b := index.bound.get(boundID{source, want}); b != nil {
		return b.node, b.faults
	}
	return bind(source, scope, want, index)
}

// bind is Bind of what was not bound before.
func bind(source string, scope Scope, want vocab.Kind, index *vocabularyIndex) (*Node, []Fault) {
	syntax := syntaxOf(source)
	if syntax.fault != nil {
		return nil, []Fault{*syntax.fault}
	}
	b := binder{scope: &scope, index: index, source: source, root: syntax.node, wants: want}
	node := b.node(syntax.node)
	if len(b.faults) == 0 {
		b.want(node, want)
	}
	if len(b.faults) > 0 {
		return nil, b.faults
	}
	node = fold(node)
	faults := b.decided(node)
	if !b.local {
		index.bound.put(boundID{strings.Clone(source), want}, &boundExpression{node, faults})
	}
	return node, faults
}

// binder types one expression.
type binder struct {
	scope  *Scope
	index  *vocabularyIndex
	source string
	faults []Fault
	local  bool       // a key or parameter is read
	root   *Node      // the whole expression, as it was read
	wants  vocab.Kind // the type of the whole
}

func (b *binder) fault(n *Node, code, format string, args ...any) *Fault {
	b.faults = append(b.faults, Fault{Code: code, Start: n.Start, End: n.End, Summary: fmt.Sprintf(format, args...)})
	return &b.faults[len(b.faults)-1]
}

// node returns the typed copy of a node. After a fault its type may be None,
// which fits everywhere, so that one fault is reported once.
func (b *binder) node(s *Node) *Node {
	n := new(Node)
	*n = *s
	switch s.Op {
	case Constant:
		b.constant(n)
		return n
	case name:
		b.resolve(n)
		return n
	case text:
		b.fault(n, "type", "a quoted word can only be compared with an enum")
		return n
	}
	n.Args = make([]*Node, len(s.Args))
	if s.Op == Equal || s.Op == NotEqual {
		if b.enumComparison(n, s) {
			return n
		}
	}
	for i, a := range s.Args {
		n.Args[i] = b.node(a)
	}
	b.typed(n)
	return n
}

// constant gives a literal its type and the value in the game's units.
func (b *binder) constant(n *Node) {
	rate := 0
	if b.scope.Vocabulary != nil {
		rate = b.scope.Vocabulary.TicksPerSecond
	}
	switch n.unit {
	case dsl.NoUnit:
		return
	case dsl.Degrees:
		n.Kind = vocab.Angle
		return
	}
	amount := dsl.Amount{Value: n.Value, Unit: n.unit}
	whole, ok := amount.TicksAt(rate)
	n.Kind = vocab.Duration
	if !ok {
		legal := []string{"5s", "200ms", "10ticks"}
		if rate == 0 {
			legal = []string{"3turns"}
		}
		b.fault(n, "unit", "the game %s cannot measure %s", b.game(), amount).Legal = legal
		return
	}
	n.Value = float64(whole)
}

func (b *binder) game() string {
	if b.scope.Vocabulary == nil {
		return ""
	}
	return b.scope.Vocabulary.Game
}

// resolve gives a name its meaning.
func (b *binder) resolve(n *Node) {
	if i, ok := b.index.readings[n.Name]; ok {
		n.Op, n.Index, n.Kind = Reading, i, kindBool
		if v := b.scope.Vocabulary; i < len(v.Features) {
			f := &v.Features[i]
			n.Kind, n.values, n.min, n.max, n.feature = f.Kind, f.Values, f.Min, f.Max, f
		}
		return
	}
	for i, k := range b.scope.Keys {
		if k.Name == n.Name {
			n.Op, n.Index, n.Kind, n.values = Key, i, k.Kind, k.Values
			b.local = true
			return
		}
	}
	for i, p := range b.scope.Params {
		if p.Name == n.Name {
			b.local = true
			n.Op, n.Index, n.Kind, n.values = Param, i, p.Kind, p.Values
			if !p.Kind.Numeric() {
				b.fault(n, "type", "the parameter %q is %s, which an expression cannot compute with", n.Name, english.Article(p.Kind.String()))
				n.Kind = vocab.None
			}
			return
		}
	}
	near, alike := dsl.Nearest(n.Name, b.names(b.tests(n)))
	f := b.fault(n, "unknown-name", "there is no feature, condition or key %q", n.Name)
	f.Legal = near
	if alike {
		f.Summary += ", did you mean " + strconv.Quote(near[0]) + "?"
		f.Fixes = []Fix{{"write " + strconv.Quote(near[0]), n.Start, n.End, near[0], false}}
	}
}

// names lists what an expression can read; tests alone, if there are any, where
// a test is wanted.
func (b *binder) names(tests bool) []string {
	var all, bools []string
	add := func(name string, kind vocab.Kind) {
		all = append(all, name)
		if kind == kindBool {
			bools = append(bools, name)
		}
	}
	for _, k := range b.scope.Keys {
		add(k.Name, k.Kind)
	}
	for _, p := range b.scope.Params {
		if p.Kind.Numeric() {
			add(p.Name, p.Kind)
		}
	}
	for i, name := range b.index.names {
		kind := kindBool
		if v := b.scope.Vocabulary; i < len(v.Features) {
			kind = v.Features[i].Kind
		}
		add(name, kind)
	}
	if tests && len(bools) > 0 {
		return bools
	}
	return all
}

// tests reports whether a name stands where a test is wanted.
func (b *binder) tests(n *Node) bool {
	var wanted func(at *Node, test bool) bool
	wanted = func(at *Node, test bool) bool {
		if at.Start == n.Start && at.End == n.End && at.Op == name {
			return test
		}
		for i, a := range at.Args {
			inside := at.Op == And || at.Op == Or || at.Op == Not || at.Op == Choose && i == 0
			if wanted(a, inside) {
				return true
			}
		}
		return false
	}
	return b.root != nil && wanted(b.root, b.wants == kindBool)
}

// enumComparison types "mode == calm"; the result reports whether it was one.
func (b *binder) enumComparison(n, s *Node) bool {
	word := func(a *Node) bool { return a.Op == name || a.Op == text }
	if !word(s.Args[0]) && !word(s.Args[1]) {
		return false
	}
	for i := range 2 {
		left, right := s.Args[i], s.Args[1-i]
		if left.Op != name || !word(right) {
			continue
		}
		probe := *left
		tries := binder{scope: b.scope, index: b.index}
		tries.resolve(&probe)
		if len(tries.faults) > 0 || probe.Kind != vocab.Enum {
			continue
		}
		other := *right
		if right.Op == name && !slices.Contains(probe.values, right.Name) {
			again := other
			if tries.resolve(&again); len(tries.faults) == 0 && again.Kind == vocab.Enum && slices.Equal(again.values, probe.values) {
				other = again
			}
		}
		b.local = b.local || tries.local
		n.Args[i], n.Args[1-i], n.Kind = &probe, &other, kindBool
		if other.Op == name || other.Op == text {
			b.word(&other, probe.values, probe.Name)
		}
		return true
	}
	return false
}

// word makes a constant of an enum word.
func (b *binder) word(n *Node, values []string, of string) {
	if i := slices.Index(values, n.Name); i >= 0 {
		n.Op, n.Kind, n.Value, n.values = Constant, vocab.Enum, float64(i), values
		return
	}
	near, alike := dsl.Nearest(n.Name, values)
	f := b.fault(n, "unknown-word", "%q is no word of %q", n.Name, of)
	f.Legal = near
	if alike {
		f.Fixes = []Fix{{"write " + strconv.Quote(near[0]), n.Start, n.End, near[0], false}}
	}
}

// fold computes what does not depend on anything.
func fold(n *Node) *Node {
	constant := len(n.Args) > 0
	for i, a := range n.Args {
		n.Args[i] = fold(a)
		constant = constant && n.Args[i].Op == Constant
	}
	if !constant {
		return n
	}
	v := Evaluate(n, Env{})
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return n
	}
	return &Node{Op: Constant, Kind: n.Kind, Value: v, Start: n.Start, End: n.End, values: n.values}
}
