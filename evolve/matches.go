package evolve

import (
	"context"
	"fmt"
	"slices"

	"dryad/games"
	"dryad/match"
	"dryad/match/dispatch"
	"dryad/replay"
)

// Matches is the judge that plays the real game.
type Matches struct {
	Game     games.Game
	Dispatch *dispatch.Dispatcher
}

var _ Judge = Matches{}

// Play implements [Judge].
func (m Matches) Play(ctx context.Context, fixtures []Fixture) ([]Outcome, error) {
	matches := make([]match.Params, len(fixtures))
	for i, f := range fixtures {
		matches[i] = match.Params{Game: m.Game, Config: f.Config, Seed: f.Seed, Sides: []match.Entrant{f.Home.entrant()}}
		if f.Scoring.By != match.Alone {
			matches[i].Sides = append(matches[i].Sides, f.Away.entrant())
		}
	}
	played, err := m.Dispatch.Play(ctx, matches)
	if err != nil {
		return nil, err
	}
	outcomes := make([]Outcome, len(fixtures))
	for i := range played {
		o := &played[i]
		if o.Inconclusive() {
			return nil, fmt.Errorf("match of seed %d: %s", o.Seed, o.Forfeits[0].Text)
		}
		outcomes[i].Hash = o.Hash
		outcomes[i].Home, outcomes[i].Margin = o.Duel()
		outcomes[i].Achieved = o.Achieved(fixtures[i].Scoring)
		if names := fixtures[i].Measure; len(names) > 0 {
			outcomes[i].HomeDid, outcomes[i].AwayDid = measured(o, names, 0), measured(o, names, 1)
		}
	}
	return outcomes, nil
}

// measured returns the means of metrics over the seats of a side: 0 for the even
// teams.
func measured(o *match.Outcome, names []string, side int) []float64 {
	means := make([]float64, len(names))
	seats := 0.0
	for s, team := range o.Teams {
		if team%2 != side {
			continue
		}
		seats++
		for _, m := range o.Metrics[s] {
			if i := slices.Index(names, m.Name); i >= 0 {
				means[i] += m.Value
			}
		}
	}
	for i := range means {
		if seats > 0 {
			means[i] /= seats
		}
	}
	return means
}

// entrant is the entry on a seat. Its record has no name of its own, so that a
// worker elsewhere keeps one copy of it.
func (e *Entry) entrant() match.Entrant {
	entrant := match.Tree(e.policy)
	entrant.Record = replay.Policy{Name: "candidate", Source: e.Source, Hash: e.Hash, Script: e.policy.Script}
	return entrant
}
