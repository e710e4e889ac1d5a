package evaluate

import (
	"dryad/match"
	"dryad/rating"
)

// Pair is how one pair of matches ended, seen from the policy.
type Pair struct {
	// Result is the pair's, in quarters of a point.
	Result rating.Pair `json:"result"`
	// Margin is the policy's mean points less the opponent's.
	Margin float64 `json:"margin"`
	// Draws is how many of the two matches nobody won, and FirstSide the mean
	// score of side 0, whoever played it.
	Draws     int     `json:"draws"`
	FirstSide float64 `json:"first_side"`
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
	if len(p.Against) == 0 {
		mine[1] = 0
	}
	scoring := p.Row.Scoring(f.game.Config)
	if scoring.By == match.Alone && len(p.Against) > 0 {
		mine[1] = -1
	}
	first, second, margin := match.Compare(scoring, one, other)
	pair.Result, pair.Margin = rating.PairOf(first, second), margin
	for _, o := range []rating.Outcome{first, second} {
		if o == rating.Draw {
			pair.Draws++
		}
	}
	pair.FirstSide = rating.PairOf(first, second.Reversed()).Score()
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
