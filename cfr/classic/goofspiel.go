package classic

import (
	"fmt"
	"strconv"

	"dryad/cfr"
)

// Goofspiel returns the card game goofspiel for two players with cards 1 to n
// (Ross, "Goofspiel: the game of pure strategy", 1971), in the form with
// hidden bids: point cards come in descending order, player 0 bids first and
// hides it, the higher bid wins the points, equal bids win nobody any; a
// player knows her own bids and who won each round. The last card is forced.
// More points win 1, equal points 0.
//
// Keys are the own bids and the results so far, such as "4w 1l".
func Goofspiel(cards int) (cfr.Game, error) {
	if cards < 2 || cards > 8 {
		return nil, fmt.Errorf("goofspiel with %d cards: 2 to 8 are possible", cards)
	}
	game := &goofspiel{cards: cards, hands: make([][]cfr.Action, 1<<cards)}
	for used := range game.hands {
		for card := range cards {
			if used>>card&1 == 0 {
				game.hands[used] = append(game.hands[used], cfr.Action(card))
			}
		}
	}
	return game, nil
}

type goofspiel struct {
	cards int
	hands [][]cfr.Action // cards in hand, by the mask of cards used
}

func (g *goofspiel) Name() string    { return fmt.Sprintf("goofspiel(cards=%d)", g.cards) }
func (g *goofspiel) Players() int    { return 2 }
func (g *goofspiel) Root() cfr.State { return &goofspielState{game: g} }

type goofspielState struct {
	decisionOnly
	game *goofspiel
	bids [2][8]int8
	used [2]uint8
	made int8 // bids made by both
}

func (s *goofspielState) Player() cfr.Player {
	if int(s.made) == 2*(s.game.cards-1) {
		return cfr.Terminal
	}
	return cfr.Player(s.made & 1)
}

func (s *goofspielState) Actions() []cfr.Action { return s.game.hands[s.used[s.made&1]] }

func (s *goofspielState) Child(i int) cfr.State {
	c := *s
	p := s.made & 1
	card := s.Actions()[i]
	c.bids[p][s.made/2] = int8(card)
	c.used[p] |= 1 << card
	c.made++
	return &c
}

// result says who won a round that both have bid in: 1, -1 or 0, for player p.
func (s *goofspielState) result(round, p int) int {
	own, other := s.bids[p][round], s.bids[1-p][round]
	switch {
	case own > other:
		return 1
	case own < other:
		return -1
	}
	return 0
}

func (s *goofspielState) AppendKey(dst []byte) []byte {
	p := int(s.made & 1)
	for round := range int(s.made) / 2 {
		if round > 0 {
			dst = append(dst, ' ')
		}
		dst = strconv.AppendInt(dst, int64(s.bids[p][round])+1, 10)
		dst = append(dst, "ldw"[1+s.result(round, p)])
	}
	return dst
}

func (s *goofspielState) Returns(dst []float64) {
	last := s.game.cards - 1
	c := *s
	for p := range c.bids {
		c.bids[p][last] = int8(s.game.hands[s.used[p]][0])
	}
	lead := 0
	for round := range s.game.cards {
		lead += c.result(round, 0) * (s.game.cards - round)
	}
	dst[0] = 0
	if lead > 0 {
		dst[0] = 1
	} else if lead < 0 {
		dst[0] = -1
	}
	dst[1] = -dst[0]
}

func (s *goofspielState) ActionName(a cfr.Action) string { return strconv.Itoa(int(a) + 1) }
