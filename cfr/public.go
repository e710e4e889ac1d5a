package cfr

import (
	"fmt"
	"math"
)

// publicNode is a history of the public moves, whatever was dealt.
type publicNode struct {
	state  State // under the first deal
	mover  Player
	moves  []Action
	child  int32 // first child among the nodes of the next level
	parent int32 // among the nodes of the level above
	nth    int32 // which child of its parent it is
	// sets are those of the mover, by her class of deals: the set's number.
	sets []int32
	// last holds, for each player, her last decision on the way here.
	last []publicMove
}

// publicMove is a decision and the action taken there. A player's first
// decisions have no node.
type publicMove struct {
	node   *publicNode
	action int32
}

// deals are the histories of one level after which all moves are public.
type deals struct {
	states  []Dealt
	classes [][]int32 // per player: the class of each deal
	first   [][]bool  // per player: whether a deal is the first of its class
	counts  [][]int32 // per player and class: how many deals it has
}

// public returns the deals if all histories of a level, which begins with
// history first, are states after which moves are public, and nobody has
// decided anything before.
func (c *compiler) public(l *level, first int32) (*deals, bool) {
	n := c.tree.players
	if len(l.states) < 2 || len(l.states) != int(c.rows.len()-first) {
		return nil, false
	}
	d := &deals{states: make([]Dealt, len(l.states))}
	for i, s := range l.states {
		dealt, ok := s.(Dealt)
		if !ok {
			return nil, false
		}
		d.states[i] = dealt
	}
	for i, slot := range l.last {
		if int(slot) != i%n {
			return nil, false
		}
	}
	for p := range n {
		known := map[uint64]int32{}
		classes, first, counts := make([]int32, len(d.states)), make([]bool, len(d.states)), []int32(nil)
		for k, s := range d.states {
			private, ok := s.Private(Player(p))
			if !ok {
				return nil, false
			}
			class, met := known[private]
			if !met {
				class = int32(len(counts))
				known[private] = class
				counts = append(counts, 0)
				first[k] = true
			}
			classes[k] = class
			counts[class]++
		}
		d.classes, d.first, d.counts = append(d.classes, classes), append(d.first, first), append(d.counts, counts)
	}
	return d, true
}

// flattenPublic flattens the rest of the game from a level of deals on, which
// begins with history begin. It looks at each public history once, and gives
// histories, leaves, sets and slots the numbers that flatten would give them:
// level by level, deal by deal.
func (c *compiler) flattenPublic(d *deals, begin int32, depth int) error {
	t := c.tree
	levels, err := c.publicTree(d.states[0], begin, depth)
	if err != nil {
		return err
	}
	total, leaves := int(begin), int(c.leaves)
	for _, level := range levels {
		total += len(level) * len(d.states)
		for i := range level {
			if level[i].mover == Terminal {
				leaves += len(d.states)
			}
		}
	}
	if total > c.limits.Histories {
		return c.fault(begin, fmt.Sprintf("the game has more than %d histories", c.limits.Histories))
	}
	c.rows.copyTo(t, total)
	c.filed = true
	t.leaves, t.returns, t.lastly = extend(t.leaves, leaves), extend(t.returns, leaves*t.players), extend(t.lastly, leaves*t.players)
	var keys keyBuffer
	above, width := int32(-1), int32(0)
	for _, level := range levels {
		if err := c.publicLevel(d, level, begin, above, width, &keys); err != nil {
			return err
		}
		above, width = begin, int32(len(level))
		begin += width * int32(len(d.states))
		t.levels = append(t.levels, begin)
	}
	keys.share(t.sets)
	return nil
}

// publicTree walks the public moves after a deal, the first of its level.
func (c *compiler) publicTree(root State, deal int32, depth int) ([][]publicNode, error) {
	n := c.tree.players
	levels := [][]publicNode{{{state: root, last: make([]publicMove, n)}}}
	for at := 0; ; at++ {
		level := levels[at]
		fault := func(i int, problem string) error {
			return c.faultAfter(deal, publicPath(levels, at, i), problem)
		}
		width := 0
		for i := range level {
			node := &level[i]
			if node.mover = node.state.Player(); node.mover == Terminal {
				continue
			}
			if node.mover < 0 || int(node.mover) >= n {
				return nil, fault(i, fmt.Sprintf("player %d moves in a game of %d players, and all moves after the deal were to be public", node.mover, n))
			}
			node.moves = node.state.Actions()
			switch {
			case len(node.moves) == 0:
				return nil, fault(i, "nobody can move and the game is not over")
			case repeats(node.moves):
				return nil, fault(i, fmt.Sprintf("actions are listed twice: %v", node.moves))
			case depth+at >= c.limits.Depth:
				return nil, fault(i, fmt.Sprintf("the game goes on after %d moves; does it cycle?", depth+at))
			}
			if width += len(node.moves); int(deal)+width > c.limits.Histories {
				return nil, fault(i, fmt.Sprintf("the game has more than %d histories", c.limits.Histories))
			}
		}
		if width == 0 {
			return levels, nil
		}
		next := make([]publicNode, 0, width)
		for i := range level {
			node := &level[i]
			node.child = int32(len(next))
			last := make([]publicMove, n*len(node.moves))
			for a := range node.moves {
				mine := last[a*n : (a+1)*n : (a+1)*n]
				copy(mine, node.last)
				mine[node.mover] = publicMove{node, int32(a)}
				next = append(next, publicNode{state: node.state.Child(a), parent: int32(i), nth: int32(a), last: mine})
			}
		}
		levels = append(levels, next)
	}
}

// publicPath returns which child was taken at each public history on the way to
// one.
func publicPath(levels [][]publicNode, at, i int) []int {
	path := make([]int, at)
	for ; at > 0; at-- {
		path[at-1] = int(levels[at][i].nth)
		i = int(levels[at][i].parent)
	}
	return path
}

// publicLevel files the histories of a level, which begins with history begin,
// and their sets and leaves. The level above begins with history above and has
// width histories a deal; above is -1 where the level is that of the deals,
// whose parents are filed already.
func (c *compiler) publicLevel(d *deals, level []publicNode, begin, above, width int32, keys *keyBuffer) error {
	t := c.tree
	below := begin + int32(len(level)*len(d.states))
	children := int32(0) // of all histories of a deal
	for i := range level {
		if node := &level[i]; node.mover != Terminal {
			node.sets = make([]int32, len(d.counts[node.mover]))
			children += int32(len(node.moves))
		}
	}
	var under State
	h := begin
	for k, deal := range d.states {
		for i := range level {
			node := &level[i]
			if above >= 0 {
				t.parent[h], t.chance[h] = above+width*int32(k)+node.parent, 1
			}
			if node.mover == Terminal {
				under = deal.After(node.state, under)
				if err := c.publicLeaf(d, k, node, under, h); err != nil {
					return err
				}
			} else {
				p := node.mover
				class := d.classes[p][k]
				if d.first[p][k] {
					under = deal.After(node.state, under)
					c.key = under.AppendKey(c.key[:0])
					keys.add(c.key)
					node.sets[class] = c.publicSet(node, class, d.counts[p][class])
				}
				t.mover[h], t.ref[h] = int8(p), node.sets[class]
				t.child[h], t.fanout[h] = below+children*int32(k)+node.child, int32(len(node.moves))
			}
			h++
		}
	}
	return nil
}

// publicSet adds the information set of a public history under a class of the
// mover's deals.
func (c *compiler) publicSet(node *publicNode, class, count int32) int32 {
	t, p := c.tree, node.mover
	t.sets = append(double(t.sets, 1), infoset{
		player: int8(p), slot: c.slots, actions: int32(len(node.moves)), parent: c.publicSlot(node.last[p], p, class),
		count: count, moves: node.moves,
	})
	c.slots += int32(len(node.moves))
	return int32(len(t.sets) - 1)
}

// publicSlot returns the slot of a player's last action under her class of
// deals.
func (c *compiler) publicSlot(last publicMove, p Player, class int32) int32 {
	if last.node == nil {
		return int32(p)
	}
	return c.tree.sets[last.node.sets[class]].slot + last.action
}

func (c *compiler) publicLeaf(d *deals, k int, node *publicNode, state State, h int32) error {
	t, n := c.tree, c.tree.players
	state.Returns(c.scores)
	for p, r := range c.scores {
		if math.IsNaN(r) || math.IsInf(r, 0) {
			return c.fault(h, fmt.Sprintf("player %d gets %v", p, r))
		}
	}
	z := int(c.leaves)
	t.mover[h], t.ref[h], t.leaves[z] = int8(Terminal), c.leaves, h
	copy(t.returns[z*n:(z+1)*n], c.scores)
	for p := range n {
		t.lastly[z*n+p] = c.publicSlot(node.last[p], Player(p), d.classes[p][k])
	}
	c.leaves++
	return nil
}

// keyBuffer holds the keys of sets one after the other, so that they make one
// string.
type keyBuffer struct {
	bytes []byte
	ends  []int
}

func (b *keyBuffer) add(key []byte) {
	b.bytes = append(double(b.bytes, len(key)), key...)
	b.ends = append(double(b.ends, 1), len(b.bytes))
}

// share gives the last sets their keys.
func (b *keyBuffer) share(sets []infoset) {
	all, begin := string(b.bytes), 0
	sets = sets[len(sets)-len(b.ends):]
	for i, end := range b.ends {
		sets[i].key = all[begin:end]
		begin = end
	}
}

// extend makes a slice longer, with zeros.
func extend[T any](s []T, length int) []T { return append(make([]T, 0, length), s...)[:length] }
