package tournament

import (
	"context"
	"fmt"

	"dryad/rating"
)

// Moment is the table after a part of the matches.
type Moment struct {
	Matches int
	// Elo are the ratings, in the order of the competitors.
	Elo []float64
}

// Sample is a match that a report shows of two policies.
type Sample struct {
	Key    string
	Replay string
	Map    string
	Result string // as the policy of the row sees it: "win", "draw" or "loss"
}

// story is what a report shows beside the table.
type story struct {
	moments []Moment
	// samples are matches with a replay by row and column of the table.
	samples map[[2]int][]Sample
}

const (
	// mostMoments is how many ratings over time are shown.
	mostMoments = 16
	// mostSamples is how many matches a cell is linked to.
	mostSamples = 8
	// longestStory bounds the matches that a report reads.
	longestStory = 200_000
)

// tell reads the matches once more for a report. It tells nothing of very long
// tournaments.
func (p *Params) tell(ctx context.Context, result *Result) (*story, error) {
	s := &story{samples: map[[2]int][]Sample{}}
	if result.Matches > longestStory || p.Store == nil {
		return s, nil
	}
	row := map[string]int{}
	for i, r := range result.Table {
		row[r.Policy] = i
	}
	t, err := p.newTally()
	if err != nil {
		return nil, err
	}
	every := max(1, (result.Matches+result.Void)/mostMoments)
	var group []record
	next, rated := 0, 0
	rate := func() error {
		elo, err := rating.Elo(t.payoff, rating.EloParams{Prior: 1, Confidence: confidence})
		if err != nil {
			return fmt.Errorf("rate the policies over time: %w", err)
		}
		s.moments = append(s.moments, Moment{Matches: t.matches, Elo: elo.Elo})
		rated = t.matches
		return nil
	}
	read := func(g Game, f Fixture, r record) error {
		s.sample(row, &g)
		if f.Index != next || next >= result.Matches+result.Void {
			next = -1
			return nil
		}
		next++
		if group = append(group, r); len(group) < len(f.Sides) {
			return nil
		}
		err := t.add(f, group)
		group = group[:0]
		if err != nil || t.matches < rated+every {
			return err
		}
		return rate()
	}
	if err := p.games(ctx, read); err != nil {
		return nil, err
	}
	if t.matches > rated {
		if err := rate(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// sample keeps a match for the cells of the policies in it.
func (s *story) sample(row map[string]int, g *Game) {
	if g.Replay == "" || g.Void {
		return
	}
	for a, first := range g.Policies {
		for b, second := range g.Policies {
			if a == b {
				continue
			}
			cell := [2]int{row[first], row[second]}
			if len(s.samples[cell]) < mostSamples {
				s.samples[cell] = append(s.samples[cell], Sample{Key: g.Key, Replay: g.Replay, Map: g.Map, Result: outcomeOf(g.Places[a], g.Places[b]).String()})
			}
		}
	}
}
