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
	// Home, Away and Result are of a match between two sides: the competitors,
	// and "win", "draw" or "loss" of home.
	Home   int    `json:"home"`
	Away   int    `json:"away"`
	Result string `json:"result,omitempty"`
	// Sides and Places are of a match between more: the competitors, and the
	// place of each, 0 for the best.
	Sides  []int   `json:"sides,omitempty"`
	Places []int   `json:"places,omitempty"`
	Margin float64 `json:"margin"`
	Ticks  int     `json:"ticks"`
	Hash   string  `json:"state_hash"`
	Reason string  `json:"reason"`
	// Achieved is what home has achieved, where that is what counts: the result of
	// the match is then that of the pair.
	Achieved []float64 `json:"achieved,omitempty"`
	// Void: something around a player failed; the match is not counted.
	Void     bool      `json:"void,omitempty"`
	Forfeits []forfeit `json:"forfeits,omitempty"`
}

// forfeit is a seat that was taken out, of a side.
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

// standings returns the competitors of a match and their places.
func (r *record) standings() (sides, places []int, err error) {
	if len(r.Sides) > 0 {
		if len(r.Places) != len(r.Sides) {
			return nil, nil, fmt.Errorf("the store holds a match of %d sides with %d places", len(r.Sides), len(r.Places))
		}
		return r.Sides, r.Places, nil
	}
	o, err := r.outcome()
	if err != nil {
		return nil, nil, err
	}
	return []int{r.Home, r.Away}, placesOf(o), nil
}

// settle gives the two matches of a pair that compares what each has achieved its
// result.
func settle(group []record) {
	if len(group) != 2 || len(group[0].Achieved) == 0 || len(group[0].Achieved) != len(group[1].Achieved) {
		return
	}
	o := match.Better(group[0].Achieved, group[1].Achieved)
	group[0].Result, group[1].Result = o.String(), o.Reversed().String()
}

// outcomeOf is the result of two sides of a match by their places.
func outcomeOf(place, other int) rating.Outcome {
	switch {
	case place < other:
		return rating.Win
	case place > other:
		return rating.Loss
	}
	return rating.Draw
}

// match is what is played.
func (p *Params) match(f Fixture) match.Params {
	m := match.Params{Game: p.Game, Config: p.config(f.Scenario), Seed: f.Seed, Program: p.Program, Record: p.Keep != nil}
	for side, competitor := range f.Sides {
		entrant := p.Competitors[competitor]
		if members := p.Portfolios[competitor]; members != nil {
			entrant = members[f.Members[side]]
		}
		m.Sides = append(m.Sides, entrant)
	}
	if p.scoring(m.Config).By == match.Alone {
		m.Sides = m.Sides[:1]
	}
	return m
}

// scoring says how a pair of a configuration compares two competitors.
func (p *Params) scoring(c games.Config) match.Scoring {
	if p.Scoring == nil || p.Schedule.sides() > 2 {
		return match.Scoring{}
	}
	return p.Scoring(c)
}

// record is what is kept of a match.
func (p *Params) record(f Fixture, o *match.Outcome) record {
	r := record{Ticks: o.Ticks, Hash: fmt.Sprintf("%016x", o.Hash), Reason: o.Result.Reason, Void: o.Inconclusive()}
	if len(f.Sides) == 2 {
		result, margin := o.Duel()
		r.Home, r.Away, r.Result, r.Margin = f.Sides[0], f.Sides[1], result.String(), margin
		r.Achieved = o.Achieved(p.scoring(o.Config))
	} else {
		r.Sides, r.Places = f.Sides, o.Places(len(f.Sides))
	}
	for _, lost := range o.Forfeits {
		r.Forfeits = append(r.Forfeits, forfeit{Side: sideOf(o, int(lost.Seat), len(f.Sides)), Forfeit: lost})
	}
	return r
}

// sideOf is the side of a seat.
func sideOf(o *match.Outcome, seat, sides int) int {
	if o.Sides != nil {
		return o.Sides[seat]
	}
	return o.Teams[seat] % sides
}

// row is the match for the store.
func (p *Params) row(f Fixture, o *match.Outcome) (m store.Match, err error) {
	row := p.record(f, o)
	m = store.Match{Run: p.ID, Key: f.Key(), Seed: f.Seed, Map: f.Map, Policies: p.hashes(f)}
	if m.Outcome, err = json.Marshal(row); err != nil {
		return m, fmt.Errorf("keep the outcome of match %d: %w", f.Index, err)
	}
	if m.Metrics, err = json.Marshal(means(o, len(f.Sides))); err != nil {
		return m, fmt.Errorf("keep the metrics of match %d: %w", f.Index, err)
	}
	if p.Keep != nil {
		if m.Replay, err = p.Keep(f, o.Replay); err != nil {
			return m, err
		}
	}
	return m, nil
}

// hashes are those of the policies on the sides.
func (p *Params) hashes(f Fixture) []string {
	var hashes []string
	for _, competitor := range f.Sides {
		hashes = append(hashes, p.Competitors[competitor].Record.Hash)
	}
	return hashes
}

// means returns the mean metrics of the seats of each side.
func means(o *match.Outcome, sides int) [][]games.Metric {
	sums, seats := make([][]games.Metric, sides), make([]float64, sides)
	for s := range o.Teams {
		side := sideOf(o, s, sides)
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
