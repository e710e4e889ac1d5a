package classic

import (
	"strconv"

	"dryad/cfr"
)

// HiddenRole returns a game of hidden roles small enough to be solved exactly.
// One of three players is dealt the wolf in secret, and only she knows. Each
// player in turn accuses one of the other two aloud; then all vote, unseen,
// for one of the others. Whoever has the most votes is out; a tie lets
// everybody stay. If the wolf is out she pays 1 to each of the others, else
// each of them pays 1 to her.
//
// Keys are the role (wolf or villager), the number of the seat and what was
// said, such as "wolf 1: 0>2".
func HiddenRole() cfr.Game { return hiddenRole{} }

type hiddenRole struct{}

func (hiddenRole) Name() string    { return "hidden_role" }
func (hiddenRole) Players() int    { return 3 }
func (hiddenRole) Root() cfr.State { return hiddenState{wolf: -1} }

type hiddenState struct {
	wolf  int8
	made  int8    // accusations, then votes
	picks [6]int8 // player accused or voted for
}

var (
	hiddenDeal    = identity(3)
	hiddenChances = uniform(3)
	// hiddenPicks are the others, by player. An action is the player picked.
	hiddenPicks = [3][]cfr.Action{{1, 2}, {0, 2}, {0, 1}}
)

func (s hiddenState) Player() cfr.Player {
	switch {
	case s.wolf < 0:
		return cfr.Chance
	case s.made == 6:
		return cfr.Terminal
	}
	return cfr.Player(s.made % 3)
}

func (s hiddenState) Actions() []cfr.Action {
	if s.wolf < 0 {
		return hiddenDeal
	}
	return hiddenPicks[s.made%3]
}

func (s hiddenState) Probabilities() []float64 { return hiddenChances }

func (s hiddenState) Child(i int) cfr.State {
	if s.wolf < 0 {
		s.wolf = int8(i)
		return s
	}
	s.picks[s.made] = int8(hiddenPicks[s.made%3][i])
	s.made++
	return s
}

func (s hiddenState) AppendKey(dst []byte) []byte {
	p := s.made % 3
	if p == s.wolf {
		dst = append(dst, "wolf "...)
	} else {
		dst = append(dst, "villager "...)
	}
	dst = strconv.AppendInt(dst, int64(p), 10)
	dst = append(dst, ':')
	for i := range min(s.made, 3) {
		dst = append(dst, ' ', byte('0'+i), '>', byte('0'+s.picks[i]))
	}
	return dst
}

func (s hiddenState) Returns(dst []float64) {
	var votes [3]int
	for _, v := range s.picks[3:] {
		votes[v]++
	}
	out := -1
	for p, v := range votes {
		if v >= 2 {
			out = p
		}
	}
	wolf := 2.0
	if out == int(s.wolf) {
		wolf = -2
	}
	for p := range dst {
		dst[p] = -wolf / 2
	}
	dst[s.wolf] = wolf
}

func (s hiddenState) ActionName(a cfr.Action) string {
	if s.wolf < 0 {
		return "wolf=" + strconv.Itoa(int(a))
	}
	return strconv.Itoa(int(a))
}
