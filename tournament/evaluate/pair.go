package evaluate

import (
	"context"
	"fmt"

	"dryad/feedback"
	"dryad/games"
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
	// Behaviour is how it plays, if that was asked for.
	Behaviour []Metric `json:"behaviour,omitempty"`
}

// Metric is a figure of the policy's play.
type Metric struct {
	Name  string  `json:"name"`
	Unit  string  `json:"unit,omitempty"`
	Value float64 `json:"value"`
	// Low and High are its 95 % interval over pairs, nil where there are fewer than two.
	Low  *float64 `json:"ci_low,omitempty"`
	High *float64 `json:"ci_high,omitempty"`
}

// pairOf reads the outcomes of a pair.
func (p *Params) pairOf(ctx context.Context, f fixture, outcomes [2]match.Outcome) (Pair, error) {
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
	var observed [][]Metric
	for k, side := range mine {
		o := &outcomes[k]
		var own []games.Seat
		for s := range o.Names {
			if len(o.Sides) <= s || o.Sides[s] != side {
				continue
			}
			seats++
			own = append(own, games.Seat(s))
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
		if p.Behaviour && len(own) > 0 && o.Replay != nil {
			traits, err := p.behaviour(ctx, o, own)
			if err != nil {
				return pair, err
			}
			observed = append(observed, traits)
		}
	}
	for i := range pair.Metrics {
		pair.Metrics[i].Value /= float64(max(1, seats))
	}
	pair.Behaviour = averaged(observed)
	for i := range pair.Behaviour { // two matches are no interval
		pair.Behaviour[i].Low, pair.Behaviour[i].High = nil, nil
	}
	return pair, nil
}

// behaviour is how the policy plays a recorded match on some seats; nothing for a
// game that does not tell.
func (p *Params) behaviour(ctx context.Context, o *match.Outcome, own []games.Seat) ([]Metric, error) {
	course, err := feedback.Follow(ctx, p.Row.Game(), o.Replay)
	if err != nil {
		return nil, fmt.Errorf("follow a match: %w", err)
	}
	if course == nil {
		return nil, nil
	}
	var list []Metric
	for _, t := range feedback.Behaviour(o.Replay, course, own) {
		list = append(list, Metric{Name: t.Name, Unit: t.Unit, Value: t.Value})
	}
	return list, nil
}
