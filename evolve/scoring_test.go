package evolve_test

import (
	"context"
	"testing"

	"dryad/evolve"
	"dryad/games"
	"dryad/job"
	"dryad/match"
	"dryad/rating"
)

// achievements is a judge of matches without a duel: home achieves what its tree is
// worth, and who is away does nothing.
type achievements struct{ t *testing.T }

func (a achievements) Play(ctx context.Context, fixtures []evolve.Fixture) ([]evolve.Outcome, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	outcomes := make([]evolve.Outcome, len(fixtures))
	for i, f := range fixtures {
		if f.Scoring.By == match.Duelling {
			a.t.Error("a match without its scoring")
		}
		luck := float64(games.Mix(f.Seed)>>11) / (1 << 53)
		outcomes[i] = evolve.Outcome{Home: rating.Draw, Achieved: []float64{0, quality(f.Home) + luck, 1}}
	}
	return outcomes, nil
}

// TestAchievements: where a pair compares what each policy achieves, the search
// climbs by that, and its table counts it.
func TestAchievements(t *testing.T) {
	for _, rule := range []match.Rule{match.Alone, match.HoldingOut} {
		p := params(1, &memory{kept: map[string][]byte{}}, recorder{})
		p.Judge, p.Budget = achievements{t}, job.NewBudget(2500, 0)
		p.Scoring = func(games.Config) match.Scoring { return match.Scoring{By: rule} }
		result, err := evolve.Run(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		if q := quality(result.Champion); q < 3 {
			t.Errorf("rule %d: champion of quality %v:\n%s", rule, q, result.Champion.Source)
		}
		if row := result.HeldOut[0]; row.Wins != row.Matches {
			t.Errorf("rule %d: %+v", rule, row)
		}
	}
}
