package classic

import (
	"math/bits"

	"dryad/cfr"
)

// Features, Encode and Moves write information states as numbers, for the
// solvers of package cfr/deep.

// Features implements deep.Encoder: the own card and the moves.
func (g *kuhn) Features() int { return g.players + 1 + 2*2*g.players }

// Moves implements deep.Encoder.
func (g *kuhn) Moves() int { return 2 }

// Encode implements deep.Encoder.
func (g *kuhn) Encode(state cfr.State, dst []float32) {
	s := state.(*kuhnState)
	dst[s.cards[int(s.moves)%g.players]] = 1
	for i := range int(s.moves) {
		dst[g.players+1+2*i+int(s.bets>>i&1)] = 1
	}
}

// Features implements deep.Encoder: rank and suit of the own card and of the
// public one, whether they pair, and the moves of both rounds.
func (leduc) Features() int { return 6 + 6 + 1 + 2*4*3 }

// Moves implements deep.Encoder.
func (leduc) Moves() int { return 3 }

// Encode implements deep.Encoder.
func (leduc) Encode(state cfr.State, dst []float32) {
	s := state.(*leducState)
	own := s.cards[s.turn]
	dst[own] = 1
	if s.dealt == 3 {
		dst[6+s.cards[2]] = 1
		if own/2 == s.cards[2]/2 {
			dst[12] = 1
		}
	}
	for round := range 2 {
		for i, a := range s.acts[round][:s.moves[round]] {
			dst[13+(round*4+i)*3+int(a)] = 1
		}
	}
}

// Features implements deep.Encoder: how many own dice show each side, the bids,
// and which of them is the last.
func (g *liarsDice) Features() int { return g.sides + 2*int(g.call()) }

// Moves implements deep.Encoder.
func (g *liarsDice) Moves() int { return int(g.call()) + 1 }

// Encode implements deep.Encoder.
func (g *liarsDice) Encode(state cfr.State, dst []float32) {
	s := state.(*liarsDiceState)
	for _, die := range s.hand(s.turn()) {
		dst[die]++
	}
	for left := s.bids; left != 0; left &= left - 1 {
		dst[g.sides+bits.TrailingZeros64(left)] = 1
	}
	if s.bids != 0 {
		dst[g.sides+int(g.call())+bits.Len64(s.bids)-1] = 1
	}
}

// Features implements deep.Encoder: the own bids and the results, by round.
func (g *goofspiel) Features() int { return (g.cards - 1) * (g.cards + 3) }

// Moves implements deep.Encoder.
func (g *goofspiel) Moves() int { return g.cards }

// Encode implements deep.Encoder.
func (g *goofspiel) Encode(state cfr.State, dst []float32) {
	s := state.(*goofspielState)
	p := int(s.made & 1)
	for round := range int(s.made) / 2 {
		row := dst[round*(g.cards+3):]
		row[s.bids[p][round]] = 1
		row[g.cards+1+s.result(round, p)] = 1
	}
}
