package negotiation

import (
	"math"

	"dryad/bt"
	"dryad/games"
	"dryad/vocab"
)

// move is a task of one move: it succeeds where the move is legal and the channel
// free.
type move struct {
	of func(b *body, args []games.Value) (Move, bool)
}

var tasks = [...]games.Task{
	taskPropose: move{func(b *body, args []games.Value) (Move, bool) {
		m := Move{Kind: Propose}
		for k := range Kinds {
			n := math.Round(args[k].Number)
			if !(n >= 0) { // NaN is nothing, too
				n = 0
			}
			m.Keep[k] = uint8(min(n, float64(b.world.set.Pool[k])))
		}
		return m, true
	}},
	taskDemand: move{func(b *body, args []games.Value) (Move, bool) { return b.demand(args[0].Number) }},
	taskAccept: move{func(*body, []games.Value) (Move, bool) { return Move{Kind: Accept}, true }},
	taskLeave:  move{func(*body, []games.Value) (Move, bool) { return Move{Kind: Leave}, true }},
}

// Words implements games.Task.
func (move) Words() int { return 0 }

// Tick implements games.Task.
func (t move) Tick(seat games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	b := seat.(*body)
	m, ok := t.of(b, call.Args)
	if !ok || call.May&channelSay == 0 || b.world.talk.Speaker() != int(b.seat) || b.world.talk.Check(m) != nil {
		return bt.Failure, 0
	}
	b.wish = &utterance{move: m}
	return bt.Success, channelSay
}

// Undrawn implements [games.Undrawn].
func (move) Undrawn() {}

// Halt implements games.Task.
func (move) Halt(games.Body, games.Call, []uint64) {}

// demand returns the proposal that is worth at least the points to the seat and
// leaves the other most items; of equal ones that which is worth least to the
// seat, then the first. There is none if the whole pool is worth less.
func (b *body) demand(points float64) (Move, bool) {
	pool := b.world.set.Pool
	best, items, worth := Move{}, math.MaxInt, 0
	for x := range pool[0] + 1 {
		for y := range pool[1] + 1 {
			for z := range pool[2] + 1 {
				m := Proposal(x, y, z)
				n, v := m.Keep.Count(), m.Keep.Worth(b.own())
				if float64(v) >= points && (n < items || n == items && v < worth) {
					best, items, worth = m, n, v
				}
			}
		}
	}
	return best, items < math.MaxInt
}
