package classic

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"

	"dryad/cfr"
)

// LiarsDice returns liar's dice for two players with a number of dice each and
// a number of sides. The players roll in secret, then bid in turn, each bid
// (quantity, face) higher than the last, or call the last bid a lie. The
// highest face is wild. The bid holds if the two hands show its face at least
// quantity times; then the bidder wins 1, else the caller does. (Lanctot et
// al., "No-regret learning in extensive-form games with imperfect recall",
// 2012, is where its solvers are first compared.)
//
// Keys are the own dice and the bids so far, such as "3 1-5 2-1" for a three,
// a bid of one five and a bid of two ones.
func LiarsDice(dice, sides int) (cfr.Game, error) {
	bids := 2 * dice * sides
	if dice < 1 || sides < 2 || dice > 8 || sides > 30 || bids > 60 {
		return nil, fmt.Errorf("liar's dice with %d dice of %d sides: 1 to 8 dice of 2 to 30 sides, no more than 60 bids in all", dice, sides)
	}
	game := &liarsDice{dice: dice, sides: sides, faces: identity(sides), roll: uniform(sides)}
	all := identity(bids + 1)
	game.legal = append(game.legal, all[:bids])
	for last := range bids {
		// The higher bids, then the call.
		game.legal = append(game.legal, all[last+1:])
	}
	for bid := range bids {
		game.names = append(game.names, fmt.Sprintf("%d-%d", 1+bid/sides, 1+bid%sides))
	}
	return game, nil
}

type liarsDice struct {
	dice, sides int
	faces       []cfr.Action
	roll        []float64
	legal       [][]cfr.Action // after the last bid plus one
	names       []string
}

func (g *liarsDice) Name() string {
	return fmt.Sprintf("liars_dice(dice=%d,sides=%d)", g.dice, g.sides)
}
func (g *liarsDice) Players() int    { return 2 }
func (g *liarsDice) Root() cfr.State { return &liarsDiceState{game: g} }

// call is the action that ends the game.
func (g *liarsDice) call() cfr.Action { return cfr.Action(2 * g.dice * g.sides) }

type liarsDiceState struct {
	game   *liarsDice
	bids   uint64 // bit i: bid i was made
	hands  [2][8]int8
	rolled int8
	called bool
}

func (s *liarsDiceState) Player() cfr.Player {
	switch {
	case s.called:
		return cfr.Terminal
	case int(s.rolled) < 2*s.game.dice:
		return cfr.Chance
	}
	return cfr.Player(bits.OnesCount64(s.bids) & 1)
}

func (s *liarsDiceState) Actions() []cfr.Action {
	if int(s.rolled) < 2*s.game.dice {
		return s.game.faces
	}
	return s.game.legal[bits.Len64(s.bids)]
}

func (s *liarsDiceState) Probabilities() []float64 { return s.game.roll }

func (s *liarsDiceState) Child(i int) cfr.State {
	c := *s
	if dice := s.game.dice; int(s.rolled) < 2*dice {
		c.hands[int(s.rolled)/dice][int(s.rolled)%dice] = int8(i)
		c.rolled++
		return &c
	}
	if action := s.Actions()[i]; action == s.game.call() {
		c.called = true
	} else {
		c.bids |= 1 << action
	}
	return &c
}

func (s *liarsDiceState) AppendKey(dst []byte) []byte {
	hand := s.hands[s.Player()]
	dice := hand[:s.game.dice]
	slices.Sort(dice)
	for _, die := range dice {
		if s.game.sides > 9 && len(dst) > 0 {
			dst = append(dst, ',')
		}
		dst = strconv.AppendInt(dst, int64(die)+1, 10)
	}
	for left := s.bids; left != 0; left &= left - 1 {
		dst = append(dst, ' ')
		dst = append(dst, s.game.names[bits.TrailingZeros64(left)]...)
	}
	return dst
}

func (s *liarsDiceState) Returns(dst []float64) {
	bid := bits.Len64(s.bids) - 1
	quantity, face := 1+bid/s.game.sides, int8(bid%s.game.sides)
	wild := int8(s.game.sides - 1)
	for _, hand := range s.hands {
		for _, die := range hand[:s.game.dice] {
			if die == face || die == wild {
				quantity--
			}
		}
	}
	bidder := 1 - bits.OnesCount64(s.bids)&1
	winner := bidder
	if quantity > 0 {
		winner = 1 - bidder
	}
	dst[winner], dst[1-winner] = 1, -1
}

func (s *liarsDiceState) ActionName(a cfr.Action) string {
	switch {
	case int(s.rolled) < 2*s.game.dice:
		return strconv.Itoa(int(a) + 1)
	case a == s.game.call():
		return "liar"
	}
	return s.game.names[a]
}
