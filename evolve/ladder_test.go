package evolve_test

import (
	"context"
	"flag"
	"testing"

	"dryad/evolve"
	"dryad/games"
	"dryad/job"
	"dryad/rating"
)

var ladders = flag.Int("ladders", 12, "searches among equal trees that TestLadder runs")

// equals is a judge to whom all trees are equal: who wins is a matter of the seed
// and of nothing else. A fifth of the matches are draws. No two trees act alike.
type equals struct{ run uint64 }

func (q equals) Play(ctx context.Context, fixtures []evolve.Fixture) ([]evolve.Outcome, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	outcomes := make([]evolve.Outcome, len(fixtures))
	for i, f := range fixtures {
		hash := games.Mix(q.run, f.Seed, digest(f.Home.Hash), digest(f.Away.Hash))
		outcomes[i] = evolve.Outcome{Home: []rating.Outcome{rating.Win, rating.Win, rating.Draw, rating.Loss, rating.Loss}[hash%5], Hash: hash | 1}
		outcomes[i].Margin = float64(outcomes[i].Home) - 1
		outcomes[i].HomeDid, outcomes[i].AwayDid = make([]float64, len(f.Measure)), make([]float64, len(f.Measure))
	}
	return outcomes, nil
}

func digest(text string) (sum uint64) {
	for _, c := range text {
		sum = games.Mix(sum, uint64(c))
	}
	return sum
}

// TestLadder runs searches of 20 000 matches in which no tree is better than any
// other and counts the champions that are accepted nevertheless: what all tests of
// a run together let through. More searches with -ladders N.
func TestLadder(t *testing.T) {
	tests, accepted, wrong, last := 0, 0, 0, 0.0
	for run := range *ladders {
		p := localParams(uint64(run+1), &memory{kept: map[string][]byte{}}, recorder{})
		p.Candidates, p.Judge, p.Budget, p.HeldOutPairs = 36, equals{uint64(run)}, job.NewBudget(20000, 0), 1
		result, err := evolve.Run(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		champions := 0
		for _, e := range result.Entries {
			if e.Test != nil {
				tests++
			}
			if e.Fate == evolve.Accepted && e.Generation > 0 && e.Same == 0 {
				champions++
				last += e.Test.Pairs.Score()
			}
		}
		accepted += champions
		if champions > 0 {
			wrong++
		}
	}
	n := float64(tests)
	t.Logf("%d searches: %d tests, %d of them accepted an equal tree (%.3f a test); %d searches ended with a false champion (%.2f, %v)",
		*ladders, tests, accepted, float64(accepted)/n, wrong, float64(wrong)/float64(*ladders), rating.Wilson(float64(wrong), *ladders, 0.95))
	// The level of a test is .05. Its bound is Wald's, for a mean that is known to lie
	// at the null hypothesis; three deviations of the count are chance.
	if limit := rating.Wilson(0.05*n, tests, 0.997).High; float64(accepted)/n > limit {
		t.Errorf("%.3f of the tests accepted an equal tree, more than %.3f", float64(accepted)/n, limit)
	}
}
