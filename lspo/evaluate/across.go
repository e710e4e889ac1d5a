package evaluate

import (
	"errors"
	"fmt"
	"math"

	"dryad/rating"
)

// Across is a mean over several runs and over the deals that all of them
// played, with its interval of 95 %.
type Across struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"ci_low"`
	High float64 `json:"ci_high"`
	// Runs has the mean of each run.
	Runs []float64 `json:"runs"`
}

// Comparison is one line of the table over runs, for both sides of a deal and
// for the mean of the two.
type Comparison struct {
	Name      string `json:"name"`
	AsWolves  Across `json:"as_wolves"`
	AsVillage Across `json:"as_village"`
	Both      Across `json:"both"`
}

// Runs compares several runs that differ in their seeds alone.
type Runs struct {
	Seeds []uint64 `json:"run_seeds"`
	// Gains are the win rates of a later iteration less those of an earlier one,
	// both against the last.
	Gains []Comparison `json:"gains"`
	// Against are the win rates of the last iteration against each baseline and
	// ablation.
	Against []Comparison `json:"against"`
}

// Over puts the evaluations of several runs together. All must have played the
// same deals and have the same iterations and opponents.
func Over(results []*Result) (*Runs, error) {
	if len(results) < 2 {
		return nil, errors.New("lspo/evaluate: a table over runs needs two runs or more")
	}
	first := results[0]
	r := &Runs{}
	for _, other := range results {
		if !sameShape(first, other) {
			return nil, fmt.Errorf("lspo/evaluate: %s and %s have other iterations, deals or opponents: they have no common table", first.Run, other.Run)
		}
		r.Seeds = append(r.Seeds, other.RunSeed)
	}
	last := len(first.Iterations) - 1
	gain := func(late, early int) {
		r.Gains = append(r.Gains, compare(fmt.Sprintf("iteration %d over %d", late+1, early+1), results, func(e *Result) deals {
			return e.Iterations[late].deals.less(e.Iterations[early].deals)
		}))
	}
	for i := 1; i <= last; i++ {
		gain(i, i-1)
	}
	if last > 1 {
		gain(last, 0)
	}
	for _, list := range []func(*Result) []Opponent{
		func(e *Result) []Opponent { return e.Baselines }, func(e *Result) []Opponent { return e.Ablations },
	} {
		for i, o := range list(first) {
			r.Against = append(r.Against, compare(o.Agent, results, func(e *Result) deals { return list(e)[i].deals.reversed() }))
		}
	}
	return r, nil
}

func sameShape(a, b *Result) bool {
	if len(a.Iterations) != len(b.Iterations) || len(a.Baselines) != len(b.Baselines) || len(a.Ablations) != len(b.Ablations) {
		return false
	}
	for i := range a.Baselines {
		if a.Baselines[i].Agent != b.Baselines[i].Agent {
			return false
		}
	}
	return len(a.Iterations[0].deals.wolves) == len(b.Iterations[0].deals.wolves)
}

// deals has what an agent scored on each deal, as the werewolves and as the
// village.
type deals struct{ wolves, village []float64 }

func dealsOf(asWolves, asVillage *cell) deals {
	var d deals
	for _, o := range asWolves.Outcomes {
		d.wolves = append(d.wolves, o.Score())
	}
	for _, o := range asVillage.Outcomes {
		d.village = append(d.village, 1-float64(o.Score()))
	}
	return d
}

// less returns the differences, deal by deal.
func (d deals) less(e deals) deals {
	return deals{combine(d.wolves, e.wolves, difference), combine(d.village, e.village, difference)}
}

// reversed returns what the opponent scored: each cell from its other side.
func (d deals) reversed() deals {
	rest := func(x, _ float64) float64 { return 1 - x }
	return deals{wolves: combine(d.village, d.village, rest), village: combine(d.wolves, d.wolves, rest)}
}

func difference(x, y float64) float64 { return x - y }

func combine(a, b []float64, f func(x, y float64) float64) []float64 {
	c := make([]float64, len(a))
	for i := range a {
		c[i] = f(a[i], b[i])
	}
	return c
}

func compare(name string, results []*Result, of func(*Result) deals) Comparison {
	var wolves, village, both [][]float64
	for _, r := range results {
		d := of(r)
		wolves, village = append(wolves, d.wolves), append(village, d.village)
		both = append(both, combine(d.wolves, d.village, func(x, y float64) float64 { return (x + y) / 2 }))
	}
	return Comparison{name, across(wolves), across(village), across(both)}
}

// across returns the mean of values by run and deal. Runs and deals are crossed
// random effects: the variance of the mean is estimated by that of the means of
// the runs over their number plus that of the means of the deals over theirs
// (Owen, "The pigeonhole bootstrap", 2007: the sum counts the variance of single
// matches twice, so that the interval is a little too wide). The quantile is
// Student's for the number of runs less one.
func across(values [][]float64) Across {
	runs, n := len(values), len(values[0])
	a := Across{Runs: make([]float64, runs)}
	byDeal := make([]float64, n)
	for r, row := range values {
		for i, x := range row {
			a.Runs[r] += x
			byDeal[i] += x
		}
		a.Runs[r] /= float64(n)
	}
	for i := range byDeal {
		byDeal[i] /= float64(runs)
	}
	var ofRuns, ofDeals float64
	a.Mean, ofRuns = meanVariance(a.Runs)
	_, ofDeals = meanVariance(byDeal)
	half := float64(rating.Student(runs-1) * math.Sqrt(ofRuns+ofDeals))
	a.Low, a.High = a.Mean-half, a.Mean+half
	return a
}

// meanVariance returns the mean of values and the variance of that mean.
func meanVariance(values []float64) (mean, variance float64) {
	n := float64(len(values))
	for _, x := range values {
		mean += x
	}
	mean /= n
	if n < 2 {
		return mean, 0
	}
	for _, x := range values {
		variance += float64((x - mean) * (x - mean))
	}
	return mean, variance / float64(n*(n-1))
}
