package evaluate

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"dryad/rating"
)

// The quantiles cut 2.5 % off each end of Student's density.
func TestStudent(t *testing.T) {
	for degrees := 1; degrees <= 20; degrees++ {
		nu := float64(degrees)
		upper, _ := math.Lgamma((nu + 1) / 2)
		lower, _ := math.Lgamma(nu / 2)
		scale := math.Exp(upper-lower) / math.Sqrt(nu*math.Pi)
		const steps = 20_000
		sum, width := 0.0, rating.Student(degrees)/steps
		for i := range steps {
			x := (float64(i) + 0.5) * width
			sum += scale * math.Pow(1+x*x/nu, -(nu+1)/2) * width
		}
		if math.Abs(2*sum-0.95) > 1e-5 {
			t.Errorf("%d degrees of freedom: %.6f of the distribution lie within %.4f", degrees, 2*sum, rating.Student(degrees))
		}
	}
	if rating.Student(1000) != rating.Student(20) {
		t.Error("many degrees of freedom are narrower than the table's last")
	}
}

// Intervals over runs and deals cover the true mean at least 95 times in 100,
// where runs differ, where deals differ, and where neither does. The bound is
// what 2000 draws at 95 % exceed but once in a million.
func TestAcrossCovers(t *testing.T) {
	for name, spread := range map[string][2]float64{"runs": {0.1, 0}, "deals": {0, 0.5}, "both": {0.05, 0.3}, "neither": {0, 0}} {
		t.Run(name, func(t *testing.T) {
			draw := rand.New(rand.NewPCG(7, 7))
			const trials, runs, n = 2000, 5, 40
			covered := 0
			for range trials {
				var deal [n]float64
				for i := range deal {
					deal[i] = spread[1] * draw.NormFloat64()
				}
				values := make([][]float64, runs)
				for r := range values {
					run := spread[0] * draw.NormFloat64()
					values[r] = make([]float64, n)
					for i := range values[r] {
						values[r][i] = 0.25 + run + deal[i] + 0.3*draw.NormFloat64()
					}
				}
				if a := across(values); a.Low <= 0.25 && 0.25 <= a.High {
					covered++
				}
			}
			t.Logf("%d of %d", covered, trials)
			if low := trials*0.95 - 4.8*math.Sqrt(trials*0.95*0.05); float64(covered) < low {
				t.Errorf("%d of %d intervals cover the mean, want %.0f or more", covered, trials, low)
			}
		})
	}
}

// Both sides of a table over runs come from the right cells.
func TestOver(t *testing.T) {
	result := func(run string, seed uint64, first, last rating.Outcome) *Result {
		same := func(wolves, village rating.Outcome) deals {
			cells := [2]*cell{{}, {}}
			for range 4 {
				cells[0].Outcomes = append(cells[0].Outcomes, wolves)
				cells[1].Outcomes = append(cells[1].Outcomes, village)
			}
			return dealsOf(cells[0], cells[1])
		}
		return &Result{
			Run: run, RunSeed: seed,
			Iterations: []Row{{Iteration: 1, deals: same(first, rating.Win)}, {Iteration: 2, deals: same(last, rating.Loss)}},
			Baselines:  []Opponent{{Agent: "b", deals: same(rating.Loss, rating.Draw)}},
		}
	}
	a, b := result("a", 1, rating.Loss, rating.Win), result("b", 2, rating.Draw, rating.Win)
	r, err := Over([]*Result{a, b})
	if err != nil {
		t.Fatal(err)
	}
	gain := r.Gains[0]
	if len(r.Gains) != 1 || gain.Name != "iteration 2 over 1" || gain.AsWolves.Mean != 0.75 || gain.AsVillage.Mean != 1 || gain.Both.Mean != 0.875 {
		t.Errorf("the gains are %+v", r.Gains)
	}
	if gain.AsWolves.Runs[0] != 1 || gain.AsWolves.Runs[1] != 0.5 || gain.AsWolves.Low >= 0.75 || gain.AsVillage.Low != 1 {
		t.Errorf("as the werewolves it is %+v, as the village %+v", gain.AsWolves, gain.AsVillage)
	}
	// The baseline lost as the werewolves: the last iteration's village won.
	if against := r.Against[0]; against.AsVillage.Mean != 1 || against.AsWolves.Mean != 0.5 || against.Both.Mean != 0.75 {
		t.Errorf("against the baseline: %+v", against)
	}
	b.Iterations = b.Iterations[:1]
	if _, err := Over([]*Result{a, b}); err == nil || !strings.Contains(err.Error(), "no common table") {
		t.Errorf("runs of different length: %v", err)
	}
}
