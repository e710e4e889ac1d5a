package tournament

import (
	"encoding/json"
	"fmt"

	"dryad/games"
	"dryad/match"
	"dryad/rating"
	"dryad/replay"
	"dryad/store"
)

// record is what the store keeps of a match.
type record struct {
	Home   int     `json:"home"`
	Away   int     `json:"away"`
	Result string  `json:"result"` // "win", "draw" or "loss" of home
	Margin float64 `json:"margin"`
	Ticks  int     `json:"ticks"`
	Hash   string  `json:"state_hash"`
	Reason string  `json:"reason"`
	// Void: something around a player failed; the match is not counted.
	Void     bool      `json:"void,omitempty"`
	Forfeits []forfeit `json:"forfeits,omitempty"`
}

// forfeit is a seat that was taken out: 0 is home's side, 1 away's.
type forfeit struct {
	Side int `json:"side"`
	replay.Forfeit
}

// outcome reads the result back.
func (r *record) outcome() (rating.Outcome, error) {
	for _, o := range []rating.Outcome{rating.Win, rating.Draw, rating.Loss} {
		if o.String() == r.Result {
			return o, nil
		}
	}
	return 0, fmt.Errorf("the store holds a match with the result %q", r.Result)
}

// match is what is played.
func (p *Params) match(f Fixture) match.Params {
	config := p.Config
	config.Map = f.Map
	if len(p.Scenarios) > 0 {
		config = p.Scenarios[f.Scenario]
	}
	return match.Params{Game: p.Game, Config: config, Seed: f.Seed,
		Sides: []match.Entrant{p.Competitors[f.Home], p.Competitors[f.Away]}, Program: p.Program, Record: p.Keep != nil}
}

// row is the match for the store.
func (p *Params) row(f Fixture, o *match.Outcome) (m store.Match, err error) {
	result, margin := o.Duel()
	row := record{Home: f.Home, Away: f.Away, Result: result.String(), Margin: margin, Ticks: o.Ticks,
		Hash: fmt.Sprintf("%016x", o.Hash), Reason: o.Result.Reason, Void: o.Inconclusive()}
	for _, lost := range o.Forfeits {
		row.Forfeits = append(row.Forfeits, forfeit{Side: o.Sides[lost.Seat] % 2, Forfeit: lost})
	}
	m = store.Match{Run: p.ID, Key: f.Key(), Seed: f.Seed, Map: f.Map,
		Policies: []string{p.Competitors[f.Home].Record.Hash, p.Competitors[f.Away].Record.Hash}}
	if m.Outcome, err = json.Marshal(row); err != nil {
		return m, fmt.Errorf("keep the outcome of match %d: %w", f.Index, err)
	}
	if m.Metrics, err = json.Marshal(means(o)); err != nil {
		return m, fmt.Errorf("keep the metrics of match %d: %w", f.Index, err)
	}
	if p.Keep != nil {
		if m.Replay, err = p.Keep(f, o.Replay); err != nil {
			return m, err
		}
	}
	return m, nil
}

// means returns the mean metrics of the seats of each side.
func means(o *match.Outcome) [2][]games.Metric {
	var sums [2][]games.Metric
	var seats [2]float64
	for s, team := range o.Teams {
		side := team % 2
		seats[side]++
		if sums[side] == nil {
			sums[side] = append(sums[side], o.Metrics[s]...)
			continue
		}
		for i := range sums[side] {
			sums[side][i].Value += o.Metrics[s][i].Value
		}
	}
	for side := range sums {
		for i := range sums[side] {
			sums[side][i].Value /= seats[side]
		}
	}
	return sums
}
