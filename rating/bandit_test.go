package rating_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"dryad/rating"
)

// The mean regret of 50 runs stays below the paper's bound, 2.63 sqrt(g K ln K)
// with g choices, against payers that do not change, that turn round half way, and
// that pay the arm most that was paid least before.
func TestBanditKeepsItsBound(t *testing.T) {
	const arms, choices, runs = 4, 1000, 50
	for name, paid := range map[string]func(step, arm int, r *rand.Rand) float64{
		"steady": func(_, arm int, r *rand.Rand) float64 {
			if r.Float64() < []float64{0.3, 0.7, 0.5, 0.4}[arm] {
				return 1
			}
			return 0
		},
		"turning": func(step, arm int, _ *rand.Rand) float64 {
			if step < choices/2 == (arm == 0) {
				return 1
			}
			return 0
		},
		"alternating": func(step, arm int, _ *rand.Rand) float64 { return float64((step + arm) % 2) },
	} {
		regret := 0.0
		for run := range runs {
			r := rand.New(rand.NewPCG(uint64(run), 1))
			b := rating.NewBandit(arms, rating.Exploration(arms, choices))
			var totals [arms]float64
			won := 0.0
			for step := range choices {
				p := b.Probabilities()
				arm := b.Choose(r.Float64())
				for i := range totals {
					gain := paid(step, i, r)
					totals[i] += gain
					if i == arm {
						won += gain
						b.Reward(arm, gain, p[arm])
					}
				}
			}
			best := 0.0
			for _, total := range totals {
				best = max(best, total)
			}
			regret += best - won
		}
		regret /= runs
		if bound := 2.63 * math.Sqrt(choices*arms*math.Log(arms)); regret > bound {
			t.Errorf("%s: mean regret %.1f of %d choices, the bound is %.1f", name, regret, choices, bound)
		} else {
			t.Logf("%s: mean regret %.1f of %d choices, the bound is %.1f", name, regret, choices, bound)
		}
	}
}

func TestBanditProbabilities(t *testing.T) {
	b := rating.NewBandit(3, 0.3)
	for range 10_000 {
		b.Reward(1, 1, b.Probabilities()[1])
	}
	p := b.Probabilities()
	if math.Abs(p[0]-0.1) > 1e-9 || math.Abs(p[1]-0.8) > 1e-9 || math.Abs(p[0]+p[1]+p[2]-1) > 1e-9 {
		t.Errorf("%v", p)
	}
	if b.Choose(0) != 0 || b.Choose(0.5) != 1 || b.Choose(math.Nextafter(1, 0)) != 2 {
		t.Error("arms are not where their probabilities say")
	}
}
