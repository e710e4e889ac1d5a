package classic

import "dryad/cfr"

// Actions of Leduc poker.
const (
	LeducFold  cfr.Action = 0
	LeducCall  cfr.Action = 1 // or check
	LeducRaise cfr.Action = 2 // or bet
)

// Leduc returns Leduc hold'em for two players (Southey et al., "Bayes' bluff:
// opponent modelling in poker", 2005): two suits of J, Q, K, an ante of 1, one
// private card each, then one public card; in each round player 0 begins, at
// most two raises, of 2 in the first round and of 4 in the second. A pair with
// the public card wins, else the higher card, else the pot is split. The suits
// are kept apart: 468 information sets a player.
//
// Keys are the own card, the first round's actions and, after a slash, the
// public card and the second round's, such as "K1 crc/Q2 r".
func Leduc() cfr.Game { return leduc{} }

type leduc struct{}

func (leduc) Name() string    { return "leduc" }
func (leduc) Players() int    { return 2 }
func (leduc) Root() cfr.State { return &leducState{cards: [3]int8{-1, -1, -1}, paid: [2]int8{1, 1}} }

type leducState struct {
	cards  [3]int8 // of player 0, of player 1, public; -1 while not dealt
	paid   [2]int8
	dealt  int8
	round  int8    // 0 or 1
	raises int8    // in this round
	moves  [2]int8 // in each round
	acts   [2][4]int8
	turn   int8
	folded int8 // player who folded, plus one
	over   bool
}

var (
	leducDecks   = makeLeducDecks()
	leducChances = [][]float64{6: uniform(6), 5: uniform(5), 4: uniform(4)}
	leducMoves   = [4][]cfr.Action{
		{LeducCall},
		{LeducFold, LeducCall},
		{LeducCall, LeducRaise},
		{LeducFold, LeducCall, LeducRaise},
	}
)

func makeLeducDecks() [64][]cfr.Action {
	var decks [64][]cfr.Action
	for mask := range decks {
		for card := range 6 {
			if mask>>card&1 == 0 {
				decks[mask] = append(decks[mask], cfr.Action(card))
			}
		}
	}
	return decks
}

// dealing reports whether the next move is a card.
func (s *leducState) dealing() bool { return s.dealt < 2 || s.round == 1 && s.dealt < 3 }

func (s *leducState) mask() int {
	mask := 0
	for _, card := range s.cards[:s.dealt] {
		mask |= 1 << card
	}
	return mask
}

func (s *leducState) Player() cfr.Player {
	switch {
	case s.over:
		return cfr.Terminal
	case s.dealing():
		return cfr.Chance
	}
	return cfr.Player(s.turn)
}

func (s *leducState) Actions() []cfr.Action {
	if s.dealing() {
		return leducDecks[s.mask()]
	}
	which := 0
	if s.paid[s.turn] < s.paid[1-s.turn] {
		which |= 1
	}
	if s.raises < 2 {
		which |= 2
	}
	return leducMoves[which]
}

func (s *leducState) Probabilities() []float64 { return leducChances[6-s.dealt] }

func (s *leducState) Child(i int) cfr.State {
	c := *s
	if s.dealing() {
		c.cards[s.dealt] = int8(leducDecks[s.mask()][i])
		c.dealt++
		return &c
	}
	action := s.Actions()[i]
	c.acts[s.round][s.moves[s.round]] = int8(action)
	c.moves[s.round]++
	c.turn = 1 - s.turn
	switch action {
	case LeducFold:
		c.folded, c.over = s.turn+1, true
	case LeducCall:
		c.paid[s.turn] = s.paid[1-s.turn]
		if s.moves[s.round] > 0 { // both have moved, and nothing is open
			c.over = s.round == 1
			c.round, c.raises, c.turn = 1, 0, 0
		}
	case LeducRaise:
		c.paid[s.turn] = s.paid[1-s.turn] + 2 + 2*s.round
		c.raises++
	}
	return &c
}

const leducCards = "J1J2Q1Q2K1K2"

func (s *leducState) AppendKey(dst []byte) []byte {
	card := s.cards[s.turn]
	dst = append(dst, leducCards[2*card:2*card+2]...)
	dst = appendLeducMoves(dst, s.acts[0][:s.moves[0]])
	if s.dealt == 3 {
		dst = append(dst, '/')
		dst = append(dst, leducCards[2*s.cards[2]:2*s.cards[2]+2]...)
		dst = appendLeducMoves(dst, s.acts[1][:s.moves[1]])
	}
	return dst
}

func appendLeducMoves(dst []byte, moves []int8) []byte {
	if len(moves) > 0 {
		dst = append(dst, ' ')
	}
	for _, a := range moves {
		dst = append(dst, "fcr"[a])
	}
	return dst
}

// strength ranks a player's hand.
func (s *leducState) strength(p int) int8 {
	rank := s.cards[p] / 2
	if rank == s.cards[2]/2 {
		return 10
	}
	return rank
}

// AppendStakes implements cfr.Staked.
func (s *leducState) AppendStakes(dst []int) []int {
	return append(dst, int(s.paid[0]), int(s.paid[1]))
}

func (s *leducState) Returns(dst []float64) {
	winner := -1
	if s.folded > 0 {
		winner = 2 - int(s.folded)
	} else if a, b := s.strength(0), s.strength(1); a > b {
		winner = 0
	} else if b > a {
		winner = 1
	}
	switch winner {
	case 0:
		dst[0] = float64(s.paid[1])
	case 1:
		dst[0] = -float64(s.paid[0])
	default:
		dst[0] = 0
	}
	dst[1] = -dst[0]
}

func (s *leducState) ActionName(a cfr.Action) string {
	if s.dealing() {
		return leducCards[2*a : 2*a+2]
	}
	return [...]string{"fold", "call", "raise"}[a]
}
