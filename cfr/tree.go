package cfr

import (
	"math"
	"math/bits"
	"strconv"
	"sync"
)

// Tree is a game flattened by [Compile]. It is immutable, and safe for
// concurrent use.
//
// Histories are numbered level by level, the children of one history in a row.
// Information sets are numbered player by player; a player's sets stand parents
// first, and with perfect recall each set's followers (those reached by her own
// further moves) stand in one row behind it. Every pair of information set and
// action has a slot, in order of the sets; in front of them slot p stands for
// player p's empty sequence. All tables of the solvers are indexed by slot.
type Tree struct {
	game    Game
	players int

	// One entry a history.
	mover  []int8    // player, chance or terminal
	ref    []int32   // information set at a decision, number of the leaf at an end
	parent []int32   // -1 at the root
	child  []int32   // first child
	fanout []int32   // number of children
	chance []float64 // probability that chance gave this history, 1 after a decision
	levels []int32   // first history of each level, and the number of histories

	// One entry a leaf, times players.
	returns []float64
	leaves  []int32 // history of each leaf
	lastly  []int32 // slot of each player's last action before the leaf

	// One entry an information set.
	sets      []infoset
	setOf     [][2]int32 // first and end of each player's sets
	slotOf    [][2]int32 // first (the empty sequence) and end of each player's slots
	histories []int32    // histories, grouped by set
	recall    []bool     // per player: perfect recall
	forgets   []int32    // per player: the first set at which there is none, or -1
	zeroSum   bool       // constant-sum, in fact
	print     uint64

	indexed sync.Once
	index   []map[string]int // per player: key to set; made when it is first asked for
}

type infoset struct {
	player  int8
	slot    int32 // first slot
	actions int32 // number of actions
	parent  int32 // slot of the player's last action, or of her empty sequence
	end     int32 // end of the sets that follow by the player's own moves (perfect recall)
	first   int32 // its histories: tree.histories[first : first+count]
	count   int32
	key     string
	moves   []Action
}

// Game returns the game that was compiled.
func (t *Tree) Game() Game { return t.game }

// Players returns the number of players.
func (t *Tree) Players() int { return t.players }

// Histories returns the number of histories, chance and terminal ones included.
func (t *Tree) Histories() int { return len(t.mover) }

// Depth returns the number of moves in the longest history.
func (t *Tree) Depth() int { return len(t.levels) - 2 }

// Leaves returns the number of terminal histories.
func (t *Tree) Leaves() int { return len(t.leaves) }

// Infosets returns the number of information sets of one player.
func (t *Tree) Infosets(p Player) int { return int(t.setOf[p][1] - t.setOf[p][0]) }

// TotalInfosets returns the number of information sets of all players.
func (t *Tree) TotalInfosets() int { return len(t.sets) }

// Slots returns the length of a table with one entry for each pair of
// information set and action, and one for each player's empty sequence.
func (t *Tree) Slots() int { return int(t.slotOf[t.players-1][1]) }

// PerfectRecall reports whether a player never forgets what she knew or did.
func (t *Tree) PerfectRecall(p Player) bool { return t.recall[p] }

// ZeroSum reports whether the returns of all players add up to the same number at
// every leaf.
func (t *Tree) ZeroSum() bool { return t.zeroSum }

// Bounds returns the lowest and the highest return of each player.
func (t *Tree) Bounds() (low, high []float64) {
	low = append(low, t.returns[:t.players]...)
	high = append(high, t.returns[:t.players]...)
	for i, r := range t.returns {
		p := i % t.players
		low[p], high[p] = min(low[p], r), max(high[p], r)
	}
	return low, high
}

// largestReturn returns the greatest absolute return of any player.
func (t *Tree) largestReturn() float64 {
	most := 0.0
	for _, r := range t.returns {
		most = max(most, math.Abs(r))
	}
	return most
}

// Infoset describes an information set.
type Infoset struct {
	Player  Player
	Key     string
	Actions []Action // shared: not to be changed
}

// Infoset returns the information set with a number from 0 to TotalInfosets-1.
func (t *Tree) Infoset(i int) Infoset {
	s := &t.sets[i]
	return Infoset{Player: Player(s.player), Key: s.key, Actions: s.moves}
}

// Lookup returns the number of a player's information set by its key.
func (t *Tree) Lookup(p Player, key string) (int, bool) {
	t.indexed.Do(func() {
		t.index = make([]map[string]int, t.players)
		for q := range t.index {
			t.index[q] = make(map[string]int, t.Infosets(Player(q)))
		}
		for i := range t.sets {
			t.index[t.sets[i].player][t.sets[i].key] = i
		}
	})
	i, ok := t.index[p][key]
	return i, ok
}

// ActionNames returns the names of the actions of an information set.
func (t *Tree) ActionNames(i int) []string {
	s := &t.sets[i]
	state, _ := t.walk(t.histories[s.first])
	names := make([]string, s.actions)
	for a, move := range s.moves {
		names[a] = actionName(state, move)
	}
	return names
}

// Fingerprint identifies the game's structure and returns: a checkpoint of
// another game has another one.
func (t *Tree) Fingerprint() uint64 { return t.print }

// sequenceForm reports whether the two-player sequence form applies.
func (t *Tree) sequenceForm() bool { return t.players == 2 && t.recall[0] && t.recall[1] }

// walk replays the moves to a history and returns its state and name.
func (t *Tree) walk(h int32) (State, string) {
	var path []int
	for h != 0 {
		up := t.parent[h]
		path = append(path, int(h-t.child[up]))
		h = up
	}
	state := t.game.Root()
	name := ""
	for i := len(path) - 1; i >= 0; i-- {
		if name != "" {
			name += " "
		}
		name += actionName(state, state.Actions()[path[i]])
		state = state.Child(path[i])
	}
	return state, name
}

func actionName(state State, a Action) string {
	if namer, ok := state.(ActionNamer); ok {
		return namer.ActionName(a)
	}
	return strconv.Itoa(int(a))
}

func (t *Tree) fingerprint() uint64 {
	hash := uint64(14695981039346656037)
	word := func(x uint64) { hash = bits.RotateLeft64((hash^x)*0x9e3779b97f4a7c15, 29) }
	for _, c := range []byte(t.game.Name()) {
		word(uint64(c))
	}
	for i := range t.sets {
		s := &t.sets[i]
		word(uint64(s.actions)<<32 | uint64(uint32(s.parent)))
	}
	for i, r := range t.returns {
		word(math.Float64bits(r) + uint64(i))
	}
	return hash
}
