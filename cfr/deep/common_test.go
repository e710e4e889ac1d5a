package deep_test

import (
	"math"
	"testing"

	"dryad/cfr"
	"dryad/cfr/deep"
)

// lottery is a game of one decision: the second ticket is worth a tenth more, and
// then ten coins are thrown, each worth one.
type lottery struct{}

func (lottery) Name() string                      { return "lottery" }
func (lottery) Players() int                      { return 1 }
func (lottery) Root() cfr.State                   { return ticket{choice: -1} }
func (lottery) Moves() int                        { return 2 }
func (lottery) Features() int                     { return 1 }
func (lottery) Encode(_ cfr.State, dst []float32) { dst[0] = 1 }

type ticket struct{ choice, thrown, heads int }

func (s ticket) Player() cfr.Player {
	switch {
	case s.choice < 0:
		return 0
	case s.thrown < 10:
		return cfr.Chance
	}
	return cfr.Terminal
}
func (ticket) Actions() []cfr.Action       { return []cfr.Action{0, 1} }
func (ticket) Probabilities() []float64    { return []float64{0.5, 0.5} }
func (ticket) AppendKey(dst []byte) []byte { return dst }
func (s ticket) Returns(dst []float64)     { dst[0] = float64(s.heads) + 0.1*float64(s.choice) }
func (s ticket) Child(i int) cfr.State {
	if s.choice < 0 {
		return ticket{choice: i}
	}
	return ticket{s.choice, s.thrown + 1, s.heads + i}
}

// TestCommon: common random numbers leave the mean of a sampled regret and take
// away its variance, as far as the same luck follows all actions.
func TestCommon(t *testing.T) {
	s := solver(t, lottery{}, deep.Params{Traversals: 1, Steps: 1, Hidden: []int{4}, Seed: 1})
	const n = 4000
	var deviation [2]float64
	for i, common := range []bool{false, true} {
		mean, square := 0.0, 0.0
		for _, r := range deep.FirstRegrets(s, 0, n, common) {
			mean += r / n
			square += r * r / n
		}
		deviation[i] = math.Sqrt(max(0, square-mean*mean))
		// The first ticket is worth half a tenth less than the mean of both.
		if bound := 4.8*deviation[i]/math.Sqrt(n) + 1e-6; math.Abs(mean+0.05) > bound {
			t.Errorf("common %v: the mean regret is %.4f, want -0.05 within %.4f", common, mean, bound)
		}
	}
	t.Logf("deviations %.4f and %.4f", deviation[0], deviation[1])
	if deviation[0] < 1 || deviation[1] > 1e-6 {
		t.Errorf("the regrets deviate by %.4f, and with common random numbers by %.6f", deviation[0], deviation[1])
	}
	if _, err := deep.New(lottery{}, deep.Params{Variant: deep.DREAM, Common: true}); err == nil {
		t.Error("common random numbers in outcome sampling: no error")
	}
}
