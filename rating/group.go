package rating

import (
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
)

// Group is the games that share a seed: they are one observation, and different
// groups are independent.
type Group struct {
	// Game is the index of what was played, such as a map: see [EqualElo].
	Game int
	// Meetings are the records of every two players who met, each once.
	Meetings []Meeting
}

// Meeting is the games of two players, as the first one sees them.
type Meeting struct {
	Player, Opponent int
	Record
}

// Groups counts groups of which many are alike.
type Groups struct {
	players int
	known   map[string]int // the index of a kind
	key     []byte
	kinds   []Group
	number  []int // of each kind
}

// NewGroups counts nothing yet.
func NewGroups(players int) *Groups { return &Groups{players: players, known: map[string]int{}} }

// Add counts a group. It keeps the slice, whose order does not matter.
func (g *Groups) Add(group Group) {
	for i, m := range group.Meetings {
		if m.Player > m.Opponent {
			group.Meetings[i] = Meeting{Player: m.Opponent, Opponent: m.Player, Record: m.Reversed()}
		}
	}
	slices.SortFunc(group.Meetings, func(a, b Meeting) int {
		return cmp.Or(cmp.Compare(a.Player, b.Player), cmp.Compare(a.Opponent, b.Opponent))
	})
	key := binary.AppendUvarint(g.key[:0], uint64(group.Game))
	for _, m := range group.Meetings {
		for _, n := range [...]int{m.Player, m.Opponent, m.Wins, m.Draws, m.Losses} {
			key = binary.AppendUvarint(key, uint64(n))
		}
	}
	g.key = key
	kind, known := g.known[string(key)]
	if !known {
		kind = len(g.kinds)
		g.known[string(key)] = kind
		g.kinds, g.number = append(g.kinds, group), append(g.number, 0)
	}
	g.number[kind]++
}

// Size is the number of groups.
func (g *Groups) Size() int {
	size := 0
	for _, n := range g.number {
		size += n
	}
	return size
}

// sorted returns the groups in an order that does not depend on that in which they
// were counted.
func (g *Groups) sorted() *Groups {
	order := make([]int, len(g.kinds))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return compareGroups(&g.kinds[a], &g.kinds[b]) })
	s := &Groups{players: g.players}
	for _, i := range order {
		s.kinds, s.number = append(s.kinds, g.kinds[i]), append(s.number, g.number[i])
	}
	return s
}

func compareGroups(a, b *Group) int {
	return cmp.Or(compareMeetings(a, b), cmp.Compare(a.Game, b.Game), slices.CompareFunc(a.Meetings, b.Meetings, func(x, y Meeting) int {
		return cmp.Or(cmp.Compare(x.Wins, y.Wins), cmp.Compare(x.Draws, y.Draws), cmp.Compare(x.Losses, y.Losses))
	}))
}

// compareMeetings compares who met.
func compareMeetings(a, b *Group) int {
	return slices.CompareFunc(a.Meetings, b.Meetings, func(x, y Meeting) int {
		return cmp.Or(cmp.Compare(x.Player, y.Player), cmp.Compare(x.Opponent, y.Opponent))
	})
}

// Payoff is the table of all games.
func (g *Groups) Payoff() *Payoff {
	p := NewPayoff(g.players)
	for kind := range g.kinds {
		for _, m := range g.kinds[kind].Meetings {
			n := g.number[kind]
			p.AddRecord(m.Player, m.Opponent, Record{Wins: n * m.Wins, Draws: n * m.Draws, Losses: n * m.Losses})
		}
	}
	return p
}

// ErrNoGames says that nothing was played.
var ErrNoGames = errors.New("there are no games")
