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

// Compile flattens a game, visiting each history once. A malformed game (bad
// probabilities, an information set whose histories differ in their actions or
// mover, a history beyond the limits, returns that are no numbers) gets a
// *[GameError] that names the history.
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
		tree:   &Tree{game: game, players: n, recall: make([]bool, n), index: make([]map[string]int, n)},
		scores: make([]float64, n),
	}
	for p := range n {
		c.tree.recall[p] = true
		c.tree.index[p] = make(map[string]int)
	}
	if err := c.flatten(); err != nil {
		return nil, err
	}
	c.number()
	c.tree.zeroSum = c.tree.constantSum()
	c.tree.print = c.tree.fingerprint()
	return c.tree, nil
}

// compiler holds one level of histories at a time. Until number, slots are
// counted in the order in which information sets are met; slot p stands for
// player p's empty sequence.
type compiler struct {
	limits Limits
	tree   *Tree
	slots  int32
	scores []float64
	key    []byte
}

func (c *compiler) flatten() error {
	t, n := c.tree, c.tree.players
	c.slots = int32(n)
	level := []State{t.game.Root()}
	last := make([]int32, n) // per history of the level: each player's last slot
	for p := range last {
		last[p] = int32(p)
	}
	var spare []State // the level before the last, to be written over
	var spareLast []int32
	c.add(-1, 1)
	for depth := 0; len(level) > 0; depth++ {
		base := int32(len(t.mover) - len(level))
		t.levels = append(t.levels, base)
		next, nextLast := spare[:0], spareLast[:0]
		for i, state := range level {
			h := base + int32(i)
			player := state.Player()
			if player == Terminal {
				if err := c.leaf(h, state, last[i*n:(i+1)*n]); err != nil {
					return err
				}
				continue
			}
			if depth >= c.limits.Depth {
				return c.fault(h, fmt.Sprintf("the game goes on after %d moves; does it cycle?", depth))
			}
			t.mover[h] = int8(player)
			actions := state.Actions()
			var probabilities []float64
			first := int32(0)
			var err error
			switch {
			case len(actions) == 0:
				return c.fault(h, "nobody can move and the game is not over")
			case player == Chance:
				t.ref[h] = -1
				probabilities, err = c.chance(h, state, len(actions))
			case player >= 0 && int(player) < n:
				first, err = c.decision(h, state, actions, last[i*n+int(player)])
			default:
				return c.fault(h, fmt.Sprintf("player %d moves in a game of %d players", player, n))
			}
			if err != nil {
				return err
			}
			if len(t.mover)+len(actions) > c.limits.Histories {
				return c.fault(h, fmt.Sprintf("the game has more than %d histories", c.limits.Histories))
			}
			c.grow(len(actions))
			next, nextLast = double(next, len(actions)), double(nextLast, n*len(actions))
			t.child[h], t.fanout[h] = int32(len(t.mover)), int32(len(actions))
			for a := range actions {
				p := 1.0
				if player == Chance {
					p = probabilities[a]
				}
				c.add(h, p)
				next = append(next, state.Child(a))
				at := len(nextLast)
				nextLast = append(nextLast, last[i*n:(i+1)*n]...)
				if player >= 0 {
					nextLast[at+int(player)] = first + int32(a)
				}
			}
		}
		level, last, spare, spareLast = next, nextLast, level, last
	}
	t.levels = append(t.levels, int32(len(t.mover)))
	return nil
}

// grow makes room for more histories.
func (c *compiler) grow(more int) {
	t := c.tree
	t.mover, t.ref, t.parent = double(t.mover, more), double(t.ref, more), double(t.parent, more)
	t.child, t.fanout, t.chance = double(t.child, more), double(t.fanout, more), double(t.chance, more)
}

// double makes room for more in a slice, for no fewer than there are: copying
// large slices as often as append does would take most of the time.
func double[T any](s []T, more int) []T {
	if cap(s)-len(s) >= more {
		return s
	}
	return slices.Grow(s, max(more, len(s), 1024))
}

// add files a history.
func (c *compiler) add(parent int32, chance float64) {
	t := c.tree
	t.mover = append(t.mover, int8(Terminal))
	t.ref = append(t.ref, 0)
	t.parent = append(t.parent, parent)
	t.child = append(t.child, 0)
	t.fanout = append(t.fanout, 0)
	t.chance = append(t.chance, chance)
}

func (c *compiler) leaf(h int32, state State, last []int32) error {
	t := c.tree
	state.Returns(c.scores)
	for p, r := range c.scores {
		if math.IsNaN(r) || math.IsInf(r, 0) {
			return c.fault(h, fmt.Sprintf("player %d gets %v", p, r))
		}
	}
	t.mover[h], t.ref[h] = int8(Terminal), int32(len(t.leaves))
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
func (c *compiler) decision(h int32, state State, actions []Action, last int32) (int32, error) {
	t, p := c.tree, int(c.tree.mover[h])
	c.key = state.AppendKey(c.key[:0])
	id, known := t.index[p][string(c.key)]
	if !known {
		sorted := slices.Clone(actions)
		slices.Sort(sorted)
		if len(slices.Compact(sorted)) != len(actions) {
			return 0, c.fault(h, fmt.Sprintf("actions are listed twice: %v", actions))
		}
		id = len(t.sets)
		key := string(c.key)
		t.index[p][key] = id
		t.sets = append(double(t.sets, 1), infoset{
			player: int8(p), slot: c.slots, actions: int32(len(actions)), parent: last, key: key, moves: actions,
		})
		c.slots += int32(len(actions))
	}
	s := &t.sets[id]
	t.ref[h] = int32(id)
	s.count++
	if !sameActions(s.moves, actions) {
		return 0, c.fault(h, fmt.Sprintf("legal actions are inconsistent within the information set %q of player %d: %v here, %v before", c.key, p, actions, s.moves))
	}
	if s.parent != last {
		t.recall[p] = false
	}
	return s.slot, nil
}

func sameActions(a, b []Action) bool {
	if len(a) != len(b) {
		return false
	}
	return &a[0] == &b[0] || slices.Equal(a, b)
}

func (c *compiler) fault(h int32, problem string) error {
	_, name := c.tree.walk(h)
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
