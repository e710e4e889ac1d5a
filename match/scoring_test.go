package match_test

import (
	"testing"

	"dryad/games"
	"dryad/match"
	"dryad/rating"
)

// TestCompare: how a pair is read off its two matches depends on the scoring.
func TestCompare(t *testing.T) {
	outcome := func(sides []int, ticks int, scores, points []float64) match.Outcome {
		metrics := make([][]games.Metric, len(sides))
		for s := range metrics {
			metrics[s] = []games.Metric{{Name: "hurt", Value: points[s] * 10, Better: -1}}
		}
		return match.Outcome{Metrics: metrics, Names: make([]string, len(sides)), Teams: sides, Sides: sides, Ticks: ticks, Result: games.Result{Scores: scores, Points: points}}
	}
	two := []int{0, 1}
	for _, c := range []struct {
		rule       match.Rule
		one, other match.Outcome
		want       rating.Pair
		margin     float64
	}{
		// The policy is side 0 in the first match and side 1 in the second.
		{match.Duelling, outcome(two, 9, []float64{1, 0}, []float64{3, 1}), outcome(two, 9, []float64{0, 1}, []float64{0, 2}), 4, 2},
		{match.Duelling, outcome(two, 9, []float64{1, 0}, []float64{3, 1}), outcome(two, 9, []float64{1, 0}, []float64{2, 0}), 2, 0},
		{match.Duelling, outcome(two, 9, []float64{0.5, 0.5}, []float64{1, 1}), outcome(two, 9, []float64{1, 0}, []float64{1, 0}), 1, -0.5},
		// Each alone: by result, then points, then time.
		{match.Alone, outcome([]int{0}, 50, []float64{0}, []float64{7}), outcome([]int{0}, 90, []float64{0}, []float64{6}), 4, 1},
		{match.Alone, outcome([]int{0}, 50, []float64{0}, []float64{6}), outcome([]int{0}, 90, []float64{0}, []float64{6}), 0, 0},
		{match.Alone, outcome([]int{0}, 50, []float64{0}, []float64{9}), outcome([]int{0}, 90, []float64{1}, []float64{6}), 0, 3},
		{match.Alone, outcome([]int{0}, 50, []float64{1}, []float64{6}), outcome([]int{0}, 90, []float64{1}, []float64{6}), 4, 0},
		// Who holds out longer as side 0, whoever wins the match.
		{match.HoldingOut, outcome(two, 80, []float64{0, 1}, []float64{0, 2}), outcome(two, 60, []float64{0, 1}, []float64{0, 2}), 4, 0},
		{match.HoldingOut, outcome(two, 99, []float64{1, 0}, []float64{1, 1}), outcome(two, 60, []float64{0, 1}, []float64{0, 2}), 4, 1},
		{match.HoldingOut, outcome(two, 60, []float64{0, 1}, []float64{0, 2}), outcome(two, 60, []float64{0, 1}, []float64{0, 2}), 2, 0},
		// As long, and hurt less.
		{match.HoldingOut, outcome(two, 60, []float64{0, 1}, []float64{1, 2}), outcome(two, 60, []float64{0, 1}, []float64{0, 2}), 0, 0},
	} {
		first, second, margin := match.Compare(match.Scoring{By: c.rule, Then: []string{"hurt"}}, &c.one, &c.other)
		if got := rating.PairOf(first, second); got != c.want || margin != c.margin {
			t.Errorf("rule %d: %v with margin %v, want %v with %v", c.rule, got, margin, c.want, c.margin)
		}
	}
}
