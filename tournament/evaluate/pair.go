package evaluate

import (
	"slices"

	"dryad/match"
	"dryad/rating"
)

// Pair is how one pair of matches ended, seen from the policy.
type Pair struct {
	// Result is the pair's, in quarters of a point.
	Result rating.Pair `json:"result"`
	// Margin is the policy's mean points less the opponent's.
	Margin float64 `json:"margin"`
	// Hashes are the digests of the last states of both matches.
	Hashes [2]uint64 `json:"hashes"`
	// Void says that something around a player failed: the pair is not counted.
	Void bool `json:"void,omitempty"`
	// Forfeits is how many seats the policy lost by its own fault.
	Forfeits int `json:"forfeits,omitempty"`
	// Metrics are the policy's means over its seats and both matches.
	Metrics []Metric `json:"metrics"`
}

// Metric is a figure of the policy's play.
type Metric struct {
	Name  string  `json:"name"`
	Unit  string  `json:"unit,omitempty"`
	Value float64 `json:"value"`
}

// pairOf reads the outcomes of a pair.
func (p *Params) pairOf(f fixture, outcomes [2]match.Outcome) Pair {
	one, other := &outcomes[0], &outcomes[1]
	pair := Pair{Hashes: [2]uint64{one.Hash, other.Hash}, Void: one.Inconclusive() || other.Inconclusive()}
	mine := [2]int{0, 1} // the policy's side in each match
	if p.cooperative(&f.game) {
		mine[1] = -1
		pair.Result, pair.Margin = alone(one, other)
	} else if slices.Contains(p.Row.Asymmetric, f.game.Mode) {
		pair.Result, pair.Margin = holding(one, other)
	} else {
		first, gain := one.Duel()
		second, loss := other.Duel()
		pair.Result, pair.Margin = rating.PairOf(first, second.Reversed()), (gain-loss)/2
	}
	seats := 0
	for k, side := range mine {
		o := &outcomes[k]
		for s := range o.Names {
			if len(o.Sides) <= s || o.Sides[s] != side {
				continue
			}
			seats++
			for i, m := range o.Metrics[s] {
				if len(pair.Metrics) <= i {
					pair.Metrics = append(pair.Metrics, Metric{Name: m.Name, Unit: m.Unit})
				}
				pair.Metrics[i].Value += m.Value
			}
			for _, forfeit := range o.Forfeits {
				if int(forfeit.Seat) == s && forfeit.Class != match.ClassInfrastructure {
					pair.Forfeits++
				}
			}
		}
	}
	for i := range pair.Metrics {
		pair.Metrics[i].Value /= float64(max(1, seats))
	}
	return pair
}

// holding compares how well the sides 0 of two matches held out: by their score,
// then by the time until they were beaten.
func holding(one, other *match.Outcome) (rating.Pair, float64) {
	held := func(o *match.Outcome) []float64 {
		score, seats := 0.0, 0
		for s, side := range o.Sides {
			if side == 0 && s < len(o.Result.Scores) {
				score += o.Result.Scores[s]
				seats++
			}
		}
		return []float64{score / float64(max(1, seats)), float64(o.Ticks)}
	}
	a, b := held(one), held(other)
	return compared(a, b), a[0] - b[0]
}

// compared is the pair of one comparison: two wins, two draws or two losses.
func compared(a, b []float64) rating.Pair {
	result := rating.Draw
	switch slices.Compare(a, b) {
	case 1:
		result = rating.Win
	case -1:
		result = rating.Loss
	}
	return rating.PairOf(result, result)
}

// alone compares what two policies achieved on one seed without each other: the
// result, then the points, then the time that they lasted.
func alone(one, other *match.Outcome) (rating.Pair, float64) {
	mean := func(values []float64) float64 {
		sum := 0.0
		for _, v := range values {
			sum += v
		}
		return sum / float64(max(1, len(values)))
	}
	a := []float64{mean(one.Result.Scores), mean(one.Result.Points), float64(one.Ticks)}
	b := []float64{mean(other.Result.Scores), mean(other.Result.Points), float64(other.Ticks)}
	return compared(a, b), a[1] - b[1]
}
