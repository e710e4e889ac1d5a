package bt

import (
	"fmt"
	"math"
	"slices"
)

// layout numbers the nodes of a tree in pre-order and gives them their words.
type layout struct {
	program *Program
	next    int32 // the next free word
}

func (l *layout) place(root *Node) error {
	p := l.program
	if p.params.Inputs < 0 {
		return fmt.Errorf("%d inputs", p.params.Inputs)
	}
	var size sizes
	size.add(root)
	p.nodes, p.children, p.values = make([]nodeInfo, 0, size.nodes), make([]int32, 0, size.nodes), make([]Expr, 0, size.values)
	p.leaves, p.behaviours = make([]leafInfo, 0, size.leaves), make([]Leaf, 0, size.leaves)
	l.next = wordHeader
	for _, k := range p.params.Keys {
		if _, twice := p.keys[k.Name]; twice {
			return fmt.Errorf("key %q is declared twice", k.Name)
		}
		p.keys[k.Name] = l.take(1)
		if k.Team {
			l.take(teamWords - 1)
		}
	}
	if err := l.number(root, -1, -1); err != nil {
		return err
	}
	identify(p)
	for i := range p.leaves {
		p.leaves[i].draw = finalise(p.nodes[p.leaves[i].node].id + golden)
	}
	for i := range p.nodes {
		n := &p.nodes[i]
		from := l.next
		l.take(persistent(n.node))
		n.keeps = span{from, l.next}
		if n.node.Kind == KindRandom {
			p.randoms[n.side].keep, p.randoms[n.side].id = from, n.id
		}
	}
	p.volatile = l.next
	l.hold(0)
	p.running = l.next
	l.take(l.halted())
	if l.next > maxWords {
		return fmt.Errorf("an agent would need more than %d words", maxWords)
	}
	p.slab = make([]uint64, l.next)
	p.slab[wordClock] = firstClock
	for _, k := range p.params.Keys {
		p.slab[p.keys[k.Name]] = toBits(k.Default)
	}
	p.collect()
	p.cost.Nodes = len(p.nodes)
	return nil
}

// manyNodes bounds what is counted beforehand, for a tree may be too large, or
// a node its own descendant.
const manyNodes = 1 << 12

// sizes are what a tree has, for making room.
type sizes struct{ nodes, leaves, values int }

// add counts the nodes of a tree that is not checked yet.
func (s *sizes) add(n *Node) {
	if n == nil || s.nodes >= manyNodes {
		return
	}
	s.nodes++
	s.values += len(n.Values) + len(n.Locals)
	if n.Leaf != nil || n.Binder != nil {
		s.leaves++
	}
	for _, c := range n.Children {
		s.add(c)
	}
}

// teamWords are the words of a team key: its value, what was written in this
// tick, and whether something was.
const teamWords = 3

// take takes n words.
func (l *layout) take(n int) int32 {
	at := l.next
	l.next = int32(min(int64(l.next)+int64(n), math.MaxInt32))
	return at
}

// number appends a node and its descendants and checks them.
func (l *layout) number(n *Node, parent, scope int32) error {
	p := l.program
	if n == nil {
		return fmt.Errorf("%s: a child is missing", p.describe(parent))
	}
	index := int32(len(p.nodes))
	if !n.shared {
		if n.placed == l {
			return fmt.Errorf("%s stands twice in the tree", p.name(n))
		}
		n.placed = l
	}
	p.nodes = append(p.nodes, nodeInfo{node: n, parent: parent, scope: scope})
	if err := l.check(n, scope); err != nil {
		return fmt.Errorf("%s: %w", p.name(n), err)
	}
	l.aside(n, index)
	inner := scope
	if n.Kind == KindSubtree {
		inner = index
	}
	from, guard := len(p.children), n.Kind.guards()
	p.children = slices.Grow(p.children, len(n.Children))[:from+len(n.Children)]
	for i, child := range n.Children {
		at := int32(len(p.nodes))
		p.children[from+i] = at
		if err := l.number(child, index, inner); err != nil {
			return err
		}
		guard = guard && p.nodes[at].guard
	}
	info := &p.nodes[index]
	info.children, info.count = int32(from), int32(len(n.Children))
	info.guard, info.end = guard, int32(len(p.nodes))
	return nil
}

// check reports what is wrong with a node by itself.
func (l *layout) check(n *Node, scope int32) error {
	switch {
	case n.Kind.composite() && len(n.Children) == 0:
		return fmt.Errorf("no children")
	case n.Kind.decorator() && len(n.Children) != 1:
		return fmt.Errorf("%d children, want 1", len(n.Children))
	case !n.Kind.composite() && !n.Kind.decorator() && len(n.Children) > 0:
		return fmt.Errorf("%d children of a leaf", len(n.Children))
	case (n.Kind == KindRandom || n.Kind == KindUtility) && len(n.Values) != len(n.Children):
		return fmt.Errorf("%d weights or scores for %d children", len(n.Values), len(n.Children))
	case (n.Kind == KindCondition || n.Kind == KindSet) && len(n.Values) != 1:
		return fmt.Errorf("%d expressions, want 1", len(n.Values))
	case n.Kind == KindTask && n.Leaf == nil:
		return fmt.Errorf("no behaviour")
	case n.Kind > KindSubtree:
		return fmt.Errorf("no such kind of node")
	case n.Count < 0 || n.Ticks < 0:
		return fmt.Errorf("a negative count or duration")
	}
	if n.Kind == KindSet {
		if _, _, ok := l.program.key(scope, n.Key); !ok {
			return fmt.Errorf("no key %q", n.Key)
		}
	}
	for i, k := range n.Locals {
		for _, other := range n.Locals[:i] {
			if other.Name == k.Name {
				return fmt.Errorf("key %q is declared twice", k.Name)
			}
		}
	}
	for _, e := range l.program.expressions(n) {
		if err := l.refers(e, scope); err != nil {
			return err
		}
	}
	return nil
}

// expressions returns what a node computes, outside its own scope.
func (p *Program) expressions(n *Node) []Expr {
	if n.Kind != KindSubtree {
		return n.Values
	}
	var all []Expr
	for _, k := range n.Locals {
		all = append(all, k.Value)
	}
	return all
}

// refers reports inputs and keys that do not exist.
func (l *layout) refers(e Expr, scope int32) error {
	switch e.op {
	case exprInput:
		if e.index < 0 || e.index >= l.program.params.Inputs {
			return fmt.Errorf("input %d of %d", e.index, l.program.params.Inputs)
		}
	case exprKey:
		if _, _, ok := l.program.key(scope, e.key); !ok {
			return fmt.Errorf("no key %q", e.key)
		}
	}
	for _, a := range e.args {
		if err := l.refers(a, scope); err != nil {
			return err
		}
	}
	return nil
}

// aside makes the entry of a node in the table of its kind.
func (l *layout) aside(n *Node, index int32) {
	p := l.program
	info := &p.nodes[index]
	switch n.Kind {
	case KindTask:
		info.side = int32(len(p.leaves))
		p.leaves = append(p.leaves, leafInfo{node: index, words: words(n.Leaf)})
		p.behaviours = append(p.behaviours, n.Leaf)
	case KindSubtree:
		if n.Binder != nil {
			info.side = int32(len(p.leaves))
			p.leaves = append(p.leaves, leafInfo{node: index, words: words(n.Binder)})
			p.behaviours = append(p.behaviours, nil)
		}
	case KindRandom:
		info.side = int32(len(p.randoms))
		p.randoms = append(p.randoms, randomInfo{count: int32(len(n.Children))})
	case KindUtility:
		info.side = int32(len(p.utils))
		p.utils = append(p.utils, utilityInfo{count: int32(len(n.Children)), margin: n.Margin, node: index})
	}
}

func words(w interface{ Words() int }) int32 {
	return int32(min(max(w.Words(), 0), maxWords))
}

// persistent returns how many words of a node outlive its activations.
func persistent(n *Node) int {
	switch n.Kind {
	case KindOnce, KindCooldown, KindRandom:
		return 1
	}
	return 0
}

// hold gives a node and its descendants the words that their activations hold,
// in one stretch for each subtree.
func (l *layout) hold(index int32) {
	p := l.program
	n := &p.nodes[index]
	if size := l.held(n); size > 0 {
		n.head = l.take(size)
		n.memory = span{n.head, l.next}
	}
	switch n.node.Kind {
	case KindTask:
		leaf := &p.leaves[n.side]
		leaf.head, leaf.args = n.head, n.head+1
		leaf.state = leaf.args + int32(len(n.node.Values))
		l.bindOuter(leaf, n.scope)
	case KindSubtree:
		n.locals = n.head + 1
		if n.node.Binder != nil {
			leaf := &p.leaves[n.side]
			leaf.head, leaf.state = n.head, n.locals+int32(len(n.node.Locals))
			l.bindOuter(leaf, n.scope)
		}
	case KindRandom:
		p.randoms[n.side].head = n.head
	case KindUtility:
		p.utils[n.side].head = n.head
	}
	n.below.from = l.next
	for _, child := range p.below(n) {
		l.hold(child)
	}
	n.below.to = l.next
}

// bindOuter tells a leaf where the words of the binder around it are.
func (l *layout) bindOuter(leaf *leafInfo, scope int32) {
	if scope < 0 || l.program.nodes[scope].node.Binder == nil {
		return
	}
	outer := &l.program.leaves[l.program.nodes[scope].side]
	leaf.outer, leaf.outerWords = outer.state, outer.words
}

// held returns how many words an activation of a node holds.
func (l *layout) held(n *nodeInfo) int {
	bits := (int(n.count) + 63) / 64
	switch n.node.Kind {
	case KindSequence:
		stateful := 0
		for _, c := range l.program.below(n) {
			if !l.program.nodes[c].guard {
				stateful++
			}
		}
		if stateful < 2 {
			return 0
		}
		return 1
	case KindMemorySelector, KindMemorySequence, KindRandom, KindRetry, KindRepeat, KindTimeout, KindCooldown, KindWait:
		return 1
	case KindParallel, KindUtility:
		return 2 + bits
	case KindTask:
		return 1 + len(n.node.Values) + int(l.program.leaves[n.side].words)
	case KindSubtree:
		if len(n.node.Locals) == 0 && n.node.Binder == nil {
			return 0
		}
		size := 1 + len(n.node.Locals)
		if n.node.Binder != nil {
			size += int(l.program.leaves[n.side].words)
		}
		return size
	}
	return 0
}

// halted returns how many nodes take notice of a halt.
func (l *layout) halted() int {
	count := 0
	for i := range l.program.nodes {
		if k := l.program.nodes[i].node.Kind; k == KindTask || k == KindCooldown {
			count++
		}
	}
	return count
}

// key returns the word of a key as seen from a scope, and whether it belongs
// to the team.
func (p *Program) key(scope int32, name string) (word int32, team, ok bool) {
	if scope >= 0 {
		n := &p.nodes[scope]
		for i, k := range n.node.Locals {
			if k.Name == name {
				return n.locals + int32(i), false, true
			}
		}
	}
	word, ok = p.keys[name]
	if !ok {
		return 0, false, false
	}
	for i := range p.params.Keys {
		if p.params.Keys[i].Name == name {
			return word, p.params.Keys[i].Team, true
		}
	}
	return word, false, true
}

func (p *Program) name(n *Node) string {
	if n.Name != "" {
		return n.Kind.String() + " " + n.Name
	}
	if n.Text != "" {
		return n.Kind.String() + " " + n.Text
	}
	return n.Kind.String()
}

func (p *Program) describe(index int32) string {
	if index < 0 {
		return "the tree"
	}
	return p.name(p.nodes[index].node)
}
