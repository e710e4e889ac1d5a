package cfr_test

import "dryad/cfr"

// blindGame has two players who move in turn, three times each, and see nothing
// of one another: every payoff meets every move.
type blindGame struct{}

func (blindGame) Name() string    { return "blind" }
func (blindGame) Players() int    { return 2 }
func (blindGame) Root() cfr.State { return blindState("") }

// blindState is the moves so far.
type blindState string

func (s blindState) Player() cfr.Player {
	if len(s) == 6 {
		return cfr.Terminal
	}
	return cfr.Player(len(s) % 2)
}

func (s blindState) Actions() []cfr.Action    { return []cfr.Action{0, 1, 2} }
func (s blindState) Probabilities() []float64 { return nil }
func (s blindState) Child(i int) cfr.State    { return s + blindState(rune('a'+i)) }

func (s blindState) AppendKey(dst []byte) []byte {
	for i := len(s) % 2; i < len(s); i += 2 {
		dst = append(dst, s[i])
	}
	return dst
}

func (s blindState) Returns(dst []float64) {
	sum := 0
	for i, move := range []byte(s) {
		sum = (5*sum + int(move)*(i+3)) % 17
	}
	dst[0] = float64(sum - 8)
	dst[1] = -dst[0]
}
