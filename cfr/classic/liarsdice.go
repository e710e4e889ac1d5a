package classic

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"

	"dryad/cfr"
)

// LiarsDice returns liar's dice for two players with a number of dice each and
// a number of sides; [LiarsDiceOf] is for more players.
func LiarsDice(dice, sides int) (cfr.Game, error) { return LiarsDiceOf(2, dice, sides) }

// LiarsDiceOf returns liar's dice for some players with a number of dice each
// and a number of sides. The players roll in secret, then bid in turn, each bid
// (quantity, face) higher than the last, or call the last bid a lie. The
// highest face is wild. The bid holds if all hands together show its face at
// least quantity times; then the bidder wins 1, else the caller does, and the
// others pay it in equal shares. (Lanctot et al., "No-regret learning in
// extensive-form games with imperfect recall", 2012, is where its solvers are
// first compared.)
//
// Keys are the own dice and the bids so far, such as "3 1-5 2-1" for a three,
// a bid of one five and a bid of two ones.
func LiarsDiceOf(players, dice, sides int) (cfr.Game, error) {
	if players < 2 || dice < 1 || sides < 2 || players > maxDice || dice > maxDice || players*dice > maxDice || sides > 30 || players*dice*sides > 60 {
		return nil, fmt.Errorf("liar's dice of %d players with %d dice of %d sides: 2 to %d dice in all, of 2 to 30 sides, no more than 60 bids", players, dice, sides, maxDice)
	}
	bids := players * dice * sides
	game := &liarsDice{players: players, dice: dice, sides: sides, faces: identity(sides), roll: uniform(sides)}
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

// maxDice is the greatest number of dice on the table.
const maxDice = 16

type liarsDice struct {
	players     int
	dice, sides int
	faces       []cfr.Action
	roll        []float64
	legal       [][]cfr.Action // after the last bid plus one
	names       []string
}

func (g *liarsDice) Name() string {
	if g.players > 2 {
		return fmt.Sprintf("liars_dice(players=%d,dice=%d,sides=%d)", g.players, g.dice, g.sides)
	}
	return fmt.Sprintf("liars_dice(dice=%d,sides=%d)", g.dice, g.sides)
}
func (g *liarsDice) Players() int    { return g.players }
func (g *liarsDice) Root() cfr.State { return &liarsDiceState{game: g} }

// call is the action that ends the game.
func (g *liarsDice) call() cfr.Action { return cfr.Action(g.players * g.dice * g.sides) }

var (
	_ cfr.Coded  = (*liarsDiceState)(nil)
	_ cfr.Dealt  = (*liarsDiceState)(nil)
	_ cfr.Reuser = (*liarsDiceState)(nil)
)

type liarsDiceState struct {
	game   *liarsDice
	bids   uint64        // bit i: bid i was made
	hands  [maxDice]int8 // player by player
	rolled int8
	called bool
}

func (s *liarsDiceState) Player() cfr.Player {
	switch {
	case s.called:
		return cfr.Terminal
	case s.rolling():
		return cfr.Chance
	}
	return cfr.Player(s.turn())
}

// rolling reports whether dice are still to be rolled.
func (s *liarsDiceState) rolling() bool { return int(s.rolled) < s.game.players*s.game.dice }

// turn returns who bids or calls next.
func (s *liarsDiceState) turn() int {
	if s.game.players == 2 { // no division
		return bits.OnesCount64(s.bids) & 1
	}
	return bits.OnesCount64(s.bids) % s.game.players
}

// hand returns a player's dice.
func (s *liarsDiceState) hand(p int) []int8 { return s.hands[p*s.game.dice : (p+1)*s.game.dice] }

func (s *liarsDiceState) Actions() []cfr.Action {
	if s.rolling() {
		return s.game.faces
	}
	return s.game.legal[bits.Len64(s.bids)]
}

func (s *liarsDiceState) Probabilities() []float64 { return s.game.roll }

func (s *liarsDiceState) Child(i int) cfr.State { return s.ChildInto(i, nil) }

// ChildInto implements [cfr.Reuser].
func (s *liarsDiceState) ChildInto(i int, old cfr.State) cfr.State {
	c, ok := old.(*liarsDiceState)
	if !ok {
		c = new(liarsDiceState)
	}
	*c = *s
	if s.rolling() {
		c.hands[s.rolled] = int8(i)
		c.rolled++
		return c
	}
	if action := s.Actions()[i]; action == s.game.call() {
		c.called = true
	} else {
		c.bids |= 1 << action
	}
	return c
}

// Code implements [cfr.Coded]: the bids, and above them the own dice in order.
func (s *liarsDiceState) Code() (uint64, bool) {
	bids := s.game.players * s.game.dice * s.game.sides
	each := bits.Len(uint(s.game.sides - 1))
	if bids+s.game.dice*each > 64 {
		return 0, false
	}
	hand := s.hand(s.turn())
	if len(hand) > 1 {
		var own [maxDice]int8
		hand = own[:copy(own[:], hand)]
		slices.Sort(hand)
	}
	code := s.bids
	for i, die := range hand {
		code |= uint64(die) << (bids + i*each)
	}
	return code, true
}

// Private implements [cfr.Dealt]: a player's dice in order, five bits each.
func (s *liarsDiceState) Private(p cfr.Player) (uint64, bool) {
	if s.rolling() || s.game.dice*5 > 64 {
		return 0, false
	}
	var own [maxDice]int8
	dice := own[:copy(own[:], s.hand(int(p)))]
	slices.Sort(dice)
	private := uint64(0)
	for _, die := range dice {
		private = private<<5 | uint64(die)
	}
	return private, true
}

// After implements [cfr.Dealt].
func (s *liarsDiceState) After(public, old cfr.State) cfr.State {
	c, ok := old.(*liarsDiceState)
	if !ok {
		c = new(liarsDiceState)
	}
	*c = *s
	moves := public.(*liarsDiceState)
	c.bids, c.called = moves.bids, moves.called
	return c
}

func (s *liarsDiceState) AppendKey(dst []byte) []byte {
	var own [maxDice]int8
	dice := own[:copy(own[:], s.hand(s.turn()))]
	if len(dice) > 1 {
		slices.Sort(dice)
	}
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
	for _, die := range s.hands[:s.rolled] {
		if die == face || die == wild {
			quantity--
		}
	}
	winner := s.turn() // the caller
	if quantity <= 0 {
		winner = (winner + s.game.players - 1) % s.game.players
	}
	for p := range dst {
		dst[p] = -1 / float64(s.game.players-1)
	}
	dst[winner] = 1
}

func (s *liarsDiceState) ActionName(a cfr.Action) string {
	switch {
	case s.rolling():
		return strconv.Itoa(int(a) + 1)
	case a == s.game.call():
		return "liar"
	}
	return s.game.names[a]
}
