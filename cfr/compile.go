package cfr

import (
	"fmt"
	"math"
	"slices"
)

// Limits bound what [Compile] accepts; zero fields mean the defaults.
type Limits struct {
	Histories int // most histories; 50 million by default
	Depth     int // most moves in a history; 10 000 by default
}

const (
	defaultHistories = 50_000_000
	defaultDepth     = 10_000
	maxPlayers       = 64
	// chanceTolerance is how far the probabilities of a chance history may be
	// from 1 in sum.
	chanceTolerance = 1e-9
)

// Compile flattens a game, visiting each history once, or, where moves are
// public once something is dealt ([Dealt]), each public history. A malformed
// game (bad probabilities, an information set whose histories differ in their
// actions or mover, a history beyond the limits, returns that are no numbers)
// gets a *[GameError] that names the history.
func Compile(game Game, limits Limits) (*Tree, error) {
	if limits.Histories <= 0 {
		limits.Histories = defaultHistories
	}
	limits.Histories = min(limits.Histories, math.MaxInt32-1)
	if limits.Depth <= 0 {
		limits.Depth = defaultDepth
	}
	n := game.Players()
	if n < 1 || n > maxPlayers {
		return nil, &GameError{Game: game.Name(), Problem: fmt.Sprintf("%d players; 1 to %d are possible", n, maxPlayers)}
	}
	c := &compiler{
		limits: limits,
		tree:   &Tree{game: game, players: n, recall: make([]bool, n)},
		scores: make([]float64, n),
		keys:   make([]map[string]int32, n),
		codes:  make([]map[uint64]int32, n),
	}
	for p := range n {
		c.tree.recall[p] = true
		c.tree.forgets = append(c.tree.forgets, -1)
		c.keys[p], c.codes[p] = map[string]int32{}, map[uint64]int32{}
	}
	if err := c.flatten(); err != nil {
		return nil, err
	}
	if !c.filed {
		c.rows.copyTo(c.tree, int(c.rows.len()))
	}
	c.number()
	c.tree.zeroSum = c.tree.constantSum()
	c.tree.print = c.tree.fingerprint()
	return c.tree, nil
}

// compiler holds two levels of histories at a time. Until number, slots are
// counted in the order in which information sets are met; slot p stands for
// player p's empty sequence.
type compiler struct {
	limits Limits
	tree   *Tree
	slots  int32
	scores []float64
	key    []byte
	rows   rows
	leaves int32
	filed  bool               // the rows stand in the tree
	keys   []map[string]int32 // per player: key to set
	codes  []map[uint64]int32 // per player: code to set, of [Coded] states
}

// level holds the histories of one level that are not terminal, with what is
// known of each.
type level struct {
	states  []State
	players []int8
	numbers []int32 // of the histories
	last    []int32 // per history and player: the slot of the player's last action
}

func (l *level) reset() {
	l.states, l.players, l.numbers, l.last = l.states[:0], l.players[:0], l.numbers[:0], l.last[:0]
}

// grow makes room for more histories of n players.
func (l *level) grow(more, n int) {
	l.states, l.players = double(l.states, more), double(l.players, more)
	l.numbers, l.last = double(l.numbers, more), double(l.last, n*more)
}

func (c *compiler) flatten() error {
	t, n := c.tree, c.tree.players
	c.slots = int32(n)
	now, next := &level{}, &level{}
	var spare []State // of the level before, to be written over
	root := make([]int32, n)
	for p := range root {
		root[p] = int32(p)
	}
	c.rows.add(-1, 1)
	t.levels = append(t.levels, 0)
	now.grow(1, n)
	if err := c.meet(now, t.game.Root(), 0, root); err != nil {
		return err
	}
	moved := make([]int32, n) // the last slots after a move
	for depth := 0; len(now.states) > 0; depth++ {
		begin := t.levels[len(t.levels)-1]
		if d, ok := c.public(now, begin); ok {
			return c.flattenPublic(d, begin, depth)
		}
		t.levels = append(t.levels, c.rows.len())
		next.reset()
		var old State // that no history needs
		for i, state := range now.states {
			h, player := now.numbers[i], Player(now.players[i])
			row := c.rows.at(h)
			last := now.last[i*n : (i+1)*n]
			if depth >= c.limits.Depth {
				return c.fault(h, fmt.Sprintf("the game goes on after %d moves; does it cycle?", depth))
			}
			row.mover = int8(player)
			actions := state.Actions()
			var probabilities []float64
			first := int32(0)
			var err error
			switch {
			case len(actions) == 0:
				return c.fault(h, "nobody can move and the game is not over")
			case player == Chance:
				row.ref = -1
				probabilities, err = c.chance(h, state, len(actions))
			default:
				first, err = c.decision(h, row, state, actions, last[player])
			}
			if err != nil {
				return err
			}
			if int(c.rows.len())+len(actions) > c.limits.Histories {
				return c.fault(h, fmt.Sprintf("the game has more than %d histories", c.limits.Histories))
			}
			reuser, reuses := state.(Reuser)
			next.grow(len(actions), n)
			row.child, row.fanout = c.rows.len(), int32(len(actions))
			copy(moved, last)
			for a := range actions {
				p := 1.0
				if player == Chance {
					p = probabilities[a]
				} else {
					moved[player] = first + int32(a)
				}
				number := c.rows.len()
				c.rows.add(h, p)
				var child State
				if reuses {
					if old == nil && len(spare) > 0 {
						old, spare = spare[len(spare)-1], spare[:len(spare)-1]
					}
					child = reuser.ChildInto(a, old)
				} else {
					child = state.Child(a)
				}
				kept := len(next.states)
				if err := c.meet(next, child, number, moved); err != nil {
					return err
				}
				old = nil
				if reuses && len(next.states) == kept {
					old = child // a terminal history is done with
				}
			}
		}
		spare = append(spare[:0], now.states...)
		if depth == 0 {
			spare = nil // the root belongs to the game
		}
		now, next = next, now
	}
	t.levels = append(t.levels, c.rows.len())
	return nil
}

// meet looks at a history: a terminal one is filed with its returns, and
// another one joins its level, where there is room for it.
func (c *compiler) meet(l *level, state State, h int32, last []int32) error {
	player := state.Player()
	switch {
	case player == Terminal:
		c.rows.at(h).ref = c.leaves
		return c.leaf(h, state, last)
	case player < Chance || int(player) >= c.tree.players:
		return c.fault(h, fmt.Sprintf("player %d moves in a game of %d players", player, c.tree.players))
	}
	l.states = append(l.states, state)
	l.players = append(l.players, int8(player))
	l.numbers = append(l.numbers, h)
	l.last = append(l.last, last...)
	return nil
}

// double makes room for more in a slice, for no fewer than there are: copying
// large slices as often as append does would take most of the time.
func double[T any](s []T, more int) []T {
	if cap(s)-len(s) >= more {
		return s
	}
	return slices.Grow(s, max(more, len(s), 1024))
}

func (c *compiler) leaf(h int32, state State, last []int32) error {
	t := c.tree
	state.Returns(c.scores)
	for p, r := range c.scores {
		if math.IsNaN(r) || math.IsInf(r, 0) {
			return c.fault(h, fmt.Sprintf("player %d gets %v", p, r))
		}
	}
	c.leaves++
	t.leaves = append(double(t.leaves, 1), h)
	t.returns = append(double(t.returns, len(c.scores)), c.scores...)
	t.lastly = append(double(t.lastly, len(last)), last...)
	return nil
}

func (c *compiler) chance(h int32, state State, outcomes int) ([]float64, error) {
	probabilities := state.Probabilities()
	if len(probabilities) != outcomes {
		return nil, c.fault(h, fmt.Sprintf("%d outcomes of chance have %d probabilities", outcomes, len(probabilities)))
	}
	sum := 0.0
	for _, p := range probabilities {
		if !(p >= 0 && p <= 1+chanceTolerance) {
			return nil, c.fault(h, fmt.Sprintf("%v is no probability", p))
		}
		sum += p
	}
	if math.Abs(sum-1) > chanceTolerance {
		return nil, c.fault(h, fmt.Sprintf("the probabilities of chance sum to %v", sum))
	}
	return probabilities, nil
}

// decision files a history under its information set and returns the set's
// first slot.
func (c *compiler) decision(h int32, row *row, state State, actions []Action, last int32) (int32, error) {
	t, p := c.tree, int(row.mover)
	var code uint64
	coded, isCoded := state.(Coded)
	if isCoded {
		code, isCoded = coded.Code()
	}
	var id int32
	var known bool
	if isCoded {
		id, known = c.codes[p][code]
	} else {
		c.key = state.AppendKey(c.key[:0])
		id, known = c.keys[p][string(c.key)]
	}
	if !known {
		if repeats(actions) {
			return 0, c.fault(h, fmt.Sprintf("actions are listed twice: %v", actions))
		}
		id = int32(len(t.sets))
		if isCoded {
			c.key = state.AppendKey(c.key[:0])
		}
		key := string(c.key)
		if isCoded {
			c.codes[p][code] = id
		} else {
			c.keys[p][key] = id
		}
		t.sets = append(double(t.sets, 1), infoset{
			player: int8(p), slot: c.slots, actions: int32(len(actions)), parent: last, key: key, moves: actions,
		})
		c.slots += int32(len(actions))
	}
	s := &t.sets[id]
	row.ref = id
	s.count++
	if !sameActions(s.moves, actions) {
		return 0, c.fault(h, fmt.Sprintf("legal actions are inconsistent within the information set %q of player %d: %v here, %v before", s.key, p, actions, s.moves))
	}
	if s.parent != last {
		if t.recall[p] {
			t.forgets[p] = id
		}
		t.recall[p] = false
	}
	return s.slot, nil
}

// repeats reports whether an action is listed twice.
func repeats(actions []Action) bool {
	if slices.IsSorted(actions) {
		for i := range len(actions) - 1 {
			if actions[i] == actions[i+1] {
				return true
			}
		}
		return false
	}
	sorted := slices.Clone(actions)
	slices.Sort(sorted)
	return len(slices.Compact(sorted)) != len(actions)
}

func sameActions(a, b []Action) bool {
	if len(a) != len(b) {
		return false
	}
	return &a[0] == &b[0] || slices.Equal(a, b)
}

func (c *compiler) fault(h int32, problem string) error {
	return c.faultAfter(h, nil, problem)
}

// faultAfter is a fault at the history that more moves, given by their places
// among the actions, lead to from history h.
func (c *compiler) faultAfter(h int32, moves []int, problem string) error {
	if !c.filed {
		c.rows.copyTo(c.tree, int(c.rows.len()))
	}
	state, name := c.tree.walk(h)
	for _, i := range moves {
		if name != "" {
			name += " "
		}
		name += actionName(state, state.Actions()[i])
		state = state.Child(i)
	}
	return &GameError{Game: c.tree.game.Name(), History: name, Problem: problem}
}

func (t *Tree) constantSum() bool {
	n := t.players
	low, high := math.Inf(1), math.Inf(-1)
	for z := range t.leaves {
		sum := 0.0
		for _, r := range t.returns[z*n : (z+1)*n] {
			sum += r
		}
		low, high = min(low, sum), max(high, sum)
	}
	return high-low <= 1e-9
}
