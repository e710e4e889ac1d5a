package classic

import (
	"fmt"

	"dryad/cfr"
)

// Actions of Kuhn poker.
const (
	KuhnPass cfr.Action = 0 // check, or fold to a bet
	KuhnBet  cfr.Action = 1 // bet, or call a bet
)

// kuhnRanks name cards from the lowest; with two players they are J, Q, K.
const kuhnRanks = "9TJQK"

// Kuhn returns Kuhn poker (H. W. Kuhn, "A simplified two-person poker", 1950)
// for 2 to 4 players (as in Abou Risk and Szafron, "Using counterfactual
// regret minimization to create competitive multiplayer poker agents", 2010):
// a deck of one card more than players, one card and an ante of 1 each, one
// bet of 1. The highest card among those who did not fold wins the pot.
//
// Keys are the own card and the actions so far, such as "Kpb".
func Kuhn(players int) (cfr.Game, error) {
	if players < 2 || players > 4 {
		return nil, fmt.Errorf("kuhn poker is for 2 to 4 players, not %d", players)
	}
	game := &kuhn{players: players}
	for left := range players + 2 {
		game.deals = append(game.deals, uniform(max(left, 1)))
	}
	cards := identity(players + 1)
	game.decks = make([][]cfr.Action, 1<<(players+1))
	for mask := range game.decks {
		for _, card := range cards {
			if mask>>card&1 == 0 {
				game.decks[mask] = append(game.decks[mask], card)
			}
		}
	}
	return game, nil
}

type kuhn struct {
	players int
	decks   [][]cfr.Action // cards left, by the mask of cards dealt
	deals   [][]float64    // equal probabilities, by number
}

func (g *kuhn) Name() string {
	if g.players == 2 {
		return "kuhn"
	}
	return fmt.Sprintf("kuhn(players=%d)", g.players)
}

func (g *kuhn) Players() int { return g.players }

func (g *kuhn) Root() cfr.State { return &kuhnState{game: g} }

type kuhnState struct {
	game  *kuhn
	cards [4]int8
	dealt int8
	mask  uint8 // cards dealt
	moves int8
	bets  uint8 // bit i: move i was a bet
	first int8  // number of the first bet among the moves, plus one; 0 for none
}

var kuhnActions = []cfr.Action{KuhnPass, KuhnBet}

func (s *kuhnState) Player() cfr.Player {
	n := int8(s.game.players)
	switch {
	case s.dealt < n:
		return cfr.Chance
	case s.first == 0 && s.moves == n, s.first > 0 && s.moves == s.first-1+n:
		return cfr.Terminal
	}
	return cfr.Player(s.moves % n)
}

func (s *kuhnState) Actions() []cfr.Action {
	if s.dealt < int8(s.game.players) {
		return s.game.decks[s.mask]
	}
	return kuhnActions
}

func (s *kuhnState) Probabilities() []float64 {
	return s.game.deals[s.game.players+1-int(s.dealt)]
}

func (s *kuhnState) Child(i int) cfr.State {
	c := *s
	if s.dealt < int8(s.game.players) {
		card := s.game.decks[s.mask][i]
		c.cards[s.dealt] = int8(card)
		c.mask |= 1 << card
		c.dealt++
		return &c
	}
	if i == int(KuhnBet) {
		c.bets |= 1 << s.moves
		if s.first == 0 {
			c.first = s.moves + 1
		}
	}
	c.moves++
	return &c
}

func (s *kuhnState) AppendKey(dst []byte) []byte {
	n := s.game.players
	dst = append(dst, kuhnRanks[4-n+int(s.cards[int(s.moves)%n])])
	for i := range s.moves {
		dst = append(dst, "pb"[s.bets>>i&1])
	}
	return dst
}

// in returns the players who put the second chip in, bit by bit.
func (s *kuhnState) in() uint8 {
	var in uint8
	for i := range int(s.moves) {
		if s.bets>>i&1 == 1 {
			in |= 1 << (i % s.game.players)
		}
	}
	return in
}

// AppendStakes implements cfr.Staked.
func (s *kuhnState) AppendStakes(dst []int) []int {
	for p := range s.game.players {
		dst = append(dst, 1+int(s.in()>>p&1))
	}
	return dst
}

func (s *kuhnState) Returns(dst []float64) {
	n, in := s.game.players, s.in()
	contenders := in
	if contenders == 0 {
		contenders = 1<<n - 1
	}
	winner, pot := -1, 0.0
	for p := range n {
		paid := 1.0
		if in>>p&1 == 1 {
			paid = 2
		}
		pot += paid
		dst[p] = -paid
		if contenders>>p&1 == 1 && (winner < 0 || s.cards[p] > s.cards[winner]) {
			winner = p
		}
	}
	dst[winner] += pot
}

func (s *kuhnState) ActionName(a cfr.Action) string {
	if s.dealt < int8(s.game.players) {
		return kuhnRanks[4-s.game.players+int(a):][:1]
	}
	return [...]string{"pass", "bet"}[a]
}
