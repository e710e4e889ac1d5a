package negotiation

import (
	"cmp"
	"fmt"
	"slices"

	"dryad/cfr"
	"dryad/games/negotiation"
)

// occasion is what the moves of a cluster are counted by: how many turns there
// were, and the speaker's values.
type occasion struct {
	turn    int
	values  negotiation.Items
	cluster int
}

// meaning is the moves that a cluster stands for in a context, with their
// probabilities.
type meaning struct {
	moves []negotiation.Move
	parts []float64
}

// mostMoves bounds the moves of a cluster in one context: the most frequent are
// kept.
const mostMoves = 3

// abstraction is the game over the clusters.
type abstraction struct {
	set      *negotiation.Set
	deals    [][2]negotiation.Items
	meanings map[occasion]*meaning
	clusters [2]int
}

// abstraction counts what the clusters of a space stand for.
func (g *Game) abstraction(s *Space) *abstraction {
	a := &abstraction{set: g.set(), meanings: map[occasion]*meaning{}}
	a.deals = a.set.Deals()
	counts := map[occasion]map[negotiation.Move]int{}
	for i := range s.Turns {
		t := &s.Turns[i]
		for _, text := range t.Candidates {
			m, ok := negotiation.Hear(a.set.Pool, text)
			if !ok {
				continue
			}
			at := occasion{len(t.Moves), t.Values, s.Clusters[t.Seat][text]}
			if counts[at] == nil {
				counts[at] = map[negotiation.Move]int{}
			}
			counts[at][m]++
		}
	}
	for at, of := range counts {
		m := &meaning{}
		for move := range of {
			m.moves = append(m.moves, move)
		}
		slices.SortFunc(m.moves, func(x, y negotiation.Move) int {
			if c := cmp.Compare(of[y], of[x]); c != 0 {
				return c
			}
			return cmp.Compare(x.String(), y.String())
		})
		m.moves = m.moves[:min(len(m.moves), mostMoves)]
		for _, move := range m.moves {
			m.parts = append(m.parts, float64(of[move]))
		}
		a.meanings[at] = m
	}
	for seat, group := range s.Groups {
		a.clusters[seat] = len(group.Clusters)
	}
	return a
}

// options returns the clusters that a speaker can choose: those that stand for a
// legal move in its context. Without any it can only walk away.
func (a *abstraction) options(values negotiation.Items, talk *negotiation.Talk) []cfr.Action {
	var all []cfr.Action
	for c := range a.clusters[talk.Speaker()] {
		if moves, _ := a.legal(c, values, talk); len(moves) > 0 {
			all = append(all, cfr.Action(c))
		}
	}
	if len(all) == 0 {
		all = append(all, leave)
	}
	return all
}

// leave is the action of walking away where no cluster stands for a legal move.
const leave cfr.Action = 1000

// legal returns the legal moves that a cluster stands for, with probabilities
// that sum to 1.
func (a *abstraction) legal(c int, values negotiation.Items, talk *negotiation.Talk) (moves []negotiation.Move, parts []float64) {
	m := a.meanings[occasion{len(talk.Moves), values, c}]
	if m == nil {
		return nil, nil
	}
	sum := 0.0
	for i, move := range m.moves {
		if talk.Check(move) == nil {
			moves, parts = append(moves, move), append(parts, m.parts[i])
			sum += m.parts[i]
		}
	}
	for i := range parts {
		parts[i] /= sum
	}
	return moves, parts
}

// Name implements cfr.Game.
func (a *abstraction) Name() string { return "negotiation over clusters" }
func (a *abstraction) Players() int { return 2 }
func (a *abstraction) Root() cfr.State {
	return &state{game: a, deal: -1, talk: negotiation.Talk{Set: a.set}, chosen: -1}
}

// state is a history of the abstract game: the moves, and which cluster each was
// said in.
type state struct {
	game   *abstraction
	deal   int
	talk   negotiation.Talk
	said   []int      // cluster of each move
	chosen cfr.Action // cluster whose move chance draws now, -1 for none
}

func (s *state) values() negotiation.Items { return s.game.deals[s.deal][s.talk.Speaker()] }

func (s *state) Player() cfr.Player {
	switch {
	case s.deal < 0 || s.chosen >= 0:
		return cfr.Chance
	case s.talk.Over():
		return cfr.Terminal
	}
	return cfr.Player(s.talk.Speaker())
}

// drawn returns what chance draws from.
func (s *state) drawn() ([]negotiation.Move, []float64) {
	if s.chosen == leave {
		return []negotiation.Move{{Kind: negotiation.Leave}}, []float64{1}
	}
	return s.game.legal(int(s.chosen), s.values(), &s.talk)
}

func (s *state) Actions() []cfr.Action {
	n := len(s.game.deals)
	switch {
	case s.deal >= 0 && s.chosen < 0:
		return s.game.options(s.values(), &s.talk)
	case s.deal >= 0:
		moves, _ := s.drawn()
		n = len(moves)
	}
	all := make([]cfr.Action, n)
	for i := range all {
		all[i] = cfr.Action(i)
	}
	return all
}

func (s *state) Probabilities() []float64 {
	if s.deal >= 0 {
		_, parts := s.drawn()
		return parts
	}
	all := make([]float64, len(s.game.deals))
	for i := range all {
		all[i] = 1 / float64(len(all))
	}
	return all
}

func (s *state) Child(i int) cfr.State {
	next := *s
	switch {
	case s.deal < 0:
		next.deal = i
	case s.chosen < 0:
		next.chosen = s.game.options(s.values(), &s.talk)[i]
	default:
		moves, _ := s.drawn()
		next.talk = s.talk.After(moves[i])
		next.said = append(slices.Clip(s.said), int(s.chosen))
		next.chosen = -1
	}
	return &next
}

func (s *state) AppendKey(dst []byte) []byte {
	return appendKey(dst, s.values(), &s.talk, s.said)
}

// appendKey names what a speaker knows: its values, all moves, and the clusters
// of its own.
func appendKey(dst []byte, values negotiation.Items, talk *negotiation.Talk, said []int) []byte {
	dst = fmt.Appendf(dst, "values %v", values)
	for i, m := range talk.Moves {
		dst = fmt.Appendf(dst, ", %v", m)
		if i%2 == talk.Speaker() {
			dst = fmt.Appendf(dst, " as %d", said[i])
		}
	}
	return dst
}

func (s *state) Returns(dst []float64) {
	points := s.talk.Points(s.game.deals[s.deal])
	dst[0], dst[1] = float64(points[0]), float64(points[1])
}
