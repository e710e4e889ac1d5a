package cfr

import (
	"cmp"
	"math"
	"slices"
)

// choice is an information set with more than one action. Sets with one decide
// nothing, and are left out: their slot stands for that of their parent.
type choice struct {
	slot   int32 // first slot of the tree
	width  int32 // number of actions
	parent int32 // slot above
	end    int32 // end of its subtree among the choices
	depth  int32 // own choices above it
	column int32 // least slot of the opponent in its payoffs
}

// choices lists a player's in preorder.
func (t *Tree) choices(p int, alias []int32, rows *sparse[float64]) []choice {
	first, end := t.setOf[p][0], t.setOf[p][1]
	number := make([]int32, end-first+1) // of the first choice from each set on
	depth := make([]int32, t.Slots())
	var all []choice
	for i := first; i < end; i++ {
		number[i-first] = int32(len(all))
		set := &t.sets[i]
		if set.actions == 1 {
			continue
		}
		c := choice{slot: set.slot, width: set.actions, parent: alias[set.parent], end: set.end, column: math.MaxInt32}
		c.depth = depth[c.parent]
		for s := c.slot; s < c.slot+c.width; s++ {
			depth[s] = c.depth + 1
			for _, column := range rows.columns[rows.start[s]:rows.start[s+1]] {
				c.column = min(c.column, column)
			}
		}
		all = append(all, c)
	}
	number[end-first] = int32(len(all))
	for i := range all {
		all[i].end = number[all[i].end-first]
	}
	return all
}

// division is a cut of both players' forests into regions of whole subtrees,
// and the sets above them. It does not depend on the number of threads.
//
// In a game with public moves the sets above are those early in the game, and a
// region is what follows some public histories: no payoff of a set in one
// region depends on the opponent's plan in another. Then the division is closed.
type division struct {
	top     [2][]int32 // choices above all regions, in preorder
	regions []region
	closed  bool
}

// region has subtrees of both players.
type region struct {
	members [2][]int32 // choices, those of the same depth and width side by side
	roots   [2][]int32 // and the topmost of them
	weight  int
}

const (
	// A game is cut into as many regions as balance a few threads, or, where
	// these would outgrow a second-level cache, into more of about that weight.
	fewestRegions = 16
	mostRegions   = 1024
	regionWeight  = 30_000
	// slotWeight is how much longer a slot takes than a payoff.
	slotWeight = 4
	// mostOpenings is how often what is too heavy is opened before a game
	// counts as one that cannot be cut.
	mostOpenings = 64
)

// smallestShared is the number of payoffs of a player under which a game is not
// cut: meeting would cost threads more than they save.
var smallestShared = 20_000

// divider finds a division. Subtrees grow lighter as sets are moved to the top.
type divider struct {
	sets   [2][]choice
	weight [2][]int   // of all that stands before each choice, in preorder
	edges  [][2]int32 // choices of the players that have a payoff in common
	open   [2][]bool  // choices above the regions
	joined []int32    // subtrees' components, by union and find: player 0's choices, then player 1's
}

func divide(sets [2][]choice, rows *[2]sparse[float64]) division {
	d := divider{sets: sets, joined: make([]int32, len(sets[0])+len(sets[1]))}
	for p := range sets {
		d.open[p] = make([]bool, len(sets[p]))
		d.weight[p] = make([]int, len(sets[p])+1)
		for i, set := range sets[p] {
			payoffs := rows[p].start[set.slot+set.width] - rows[p].start[set.slot]
			d.weight[p][i+1] = d.weight[p][i] + slotWeight*int(set.width) + int(payoffs)
		}
	}
	wanted := 1
	if total := d.total(); max(len(rows[0].values), len(rows[1].values)) >= smallestShared {
		wanted = min(max(total/regionWeight, fewestRegions), mostRegions)
	}
	d.meet(&rows[0])
	closed := d.lighten(d.total() / wanted)
	if !closed {
		clear(d.open[0])
		clear(d.open[1])
		d.edges = nil
		d.lighten(d.total() / wanted)
	}
	return d.gather(wanted, closed)
}

func (d *divider) total() int {
	return d.weight[0][len(d.sets[0])] + d.weight[1][len(d.sets[1])]
}

// heft is the weight of a subtree.
func (d *divider) heft(p int, i int32) int { return d.weight[p][d.sets[p][i].end] - d.weight[p][i] }

// meet finds the pairs of choices with payoffs in common.
func (d *divider) meet(rows *sparse[float64]) {
	owner := make([]int32, len(rows.start))
	for i := range owner {
		owner[i] = -1
	}
	for i, set := range d.sets[1] {
		for s := set.slot; s < set.slot+set.width; s++ {
			owner[s] = int32(i)
		}
	}
	for i, set := range d.sets[0] {
		last := int32(-1)
		for _, column := range rows.columns[rows.start[set.slot]:rows.start[set.slot+set.width]] {
			if j := owner[column]; j >= 0 && j != last {
				d.edges = append(d.edges, [2]int32{int32(i), j})
				last = j
			}
		}
	}
}

// subtrees visits the roots of the subtrees below the top.
func (d *divider) subtrees(visit func(p int, i int32)) {
	for p := range d.sets {
		for i := int32(0); i < int32(len(d.sets[p])); {
			if d.open[p][i] {
				i++
				continue
			}
			visit(p, i)
			i = d.sets[p][i].end
		}
	}
}

// join makes components of the subtrees that have payoffs in common.
func (d *divider) join() {
	first := [2]int32{0, int32(len(d.sets[0]))}
	root := slices.Repeat([]int32{-1}, len(d.joined))
	for i := range d.joined {
		d.joined[i] = int32(i)
	}
	d.subtrees(func(p int, i int32) {
		for k := i; k < d.sets[p][i].end; k++ {
			root[first[p]+k] = first[p] + i
		}
	})
	for _, e := range d.edges {
		a, b := root[e[0]], root[first[1]+e[1]]
		if a < 0 || b < 0 {
			continue
		}
		if a, b = d.component(a), d.component(b); a != b {
			d.joined[max(a, b)] = min(a, b)
		}
	}
}

// component returns the least subtree of a component.
func (d *divider) component(a int32) int32 {
	for d.joined[a] != a {
		d.joined[a] = d.joined[d.joined[a]]
		a = d.joined[a]
	}
	return a
}

// lighten opens subtrees until no component is heavier than the limit, and says
// whether that is so in the end and the top is light.
func (d *divider) lighten(limit int) bool {
	second := int32(len(d.sets[0]))
	weight, heaviest := make([]int, len(d.joined)), make([]int, len(d.joined))
	for range mostOpenings {
		d.join()
		clear(weight)
		clear(heaviest)
		var rest int
		d.subtrees(func(p int, i int32) {
			c, w := d.component(int32(p)*second+i), d.heft(p, i)
			weight[c] += w
			rest += w
			if d.sets[p][i].end > i+1 {
				heaviest[c] = max(heaviest[c], w)
			}
		})
		if d.total()-rest > d.total()/8 {
			return false
		}
		heavy, opened := false, false
		d.subtrees(func(p int, i int32) {
			c := d.component(int32(p)*second + i)
			if weight[c] <= limit {
				return
			}
			heavy = true
			// Sets that differ in what one player knows are opened together.
			if d.sets[p][i].end > i+1 && 2*d.heft(p, i) > heaviest[c] {
				d.open[p][i] = true
				opened = true
			}
		})
		if !heavy || !opened {
			return !heavy
		}
	}
	return false
}

// gather shares the components out to regions of about the same weight.
func (d *divider) gather(wanted int, closed bool) division {
	out := division{regions: make([]region, wanted), closed: closed}
	for p := range d.sets {
		for i, open := range d.open[p] {
			if open {
				out.top[p] = append(out.top[p], int32(i))
			}
		}
	}
	d.join()
	second := int32(len(d.sets[0]))
	weight := make(map[int32]int)
	var components []int32
	d.subtrees(func(p int, i int32) {
		c := d.component(int32(p)*second + i)
		if weight[c] == 0 {
			components = append(components, c)
		}
		weight[c] += d.heft(p, i)
	})
	slices.SortStableFunc(components, func(a, b int32) int { return cmp.Compare(weight[b], weight[a]) })
	home := make(map[int32]*region, len(components))
	for _, c := range components {
		least := &out.regions[0]
		for k := range out.regions {
			if out.regions[k].weight < least.weight {
				least = &out.regions[k]
			}
		}
		least.weight += weight[c]
		home[c] = least
	}
	d.subtrees(func(p int, i int32) {
		r := home[d.component(int32(p)*second+i)]
		r.roots[p] = append(r.roots[p], i)
		for k := i; k < d.sets[p][i].end; k++ {
			r.members[p] = append(r.members[p], k)
		}
	})
	for k := range out.regions {
		for p, members := range out.regions[k].members {
			slices.SortFunc(members, func(a, b int32) int {
				x, y := &d.sets[p][a], &d.sets[p][b]
				return cmp.Or(cmp.Compare(x.depth, y.depth), cmp.Compare(x.width, y.width), cmp.Compare(x.column, y.column), cmp.Compare(a, b))
			})
		}
	}
	return out
}
