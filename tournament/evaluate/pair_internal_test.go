package evaluate

import (
	"testing"

	"dryad/catalog"
	"dryad/games"
	"dryad/match"
	"dryad/rating"
)

// TestPairs: how a pair is read off its two matches depends on the kind of mode.
func TestPairs(t *testing.T) {
	p := &Params{Row: &catalog.Row{Cooperative: []string{"together"}, Asymmetric: []string{"siege"}}}
	outcome := func(sides []int, ticks int, scores, points []float64) match.Outcome {
		return match.Outcome{Names: make([]string, len(sides)), Metrics: make([][]games.Metric, len(sides)), Teams: sides, Sides: sides, Ticks: ticks, Result: games.Result{Scores: scores, Points: points}}
	}
	two := []int{0, 1}
	for _, c := range []struct {
		mode       string
		one, other match.Outcome
		want       rating.Pair
		margin     float64
	}{
		// The policy is side 0 in the first match and side 1 in the second.
		{"duel", outcome(two, 9, []float64{1, 0}, []float64{3, 1}), outcome(two, 9, []float64{0, 1}, []float64{0, 2}), 4, 2},
		{"duel", outcome(two, 9, []float64{1, 0}, []float64{3, 1}), outcome(two, 9, []float64{1, 0}, []float64{2, 0}), 2, 0},
		{"duel", outcome(two, 9, []float64{0.5, 0.5}, []float64{1, 1}), outcome(two, 9, []float64{1, 0}, []float64{1, 0}), 1, -0.5},
		// Each alone: by result, then points, then time.
		{"together", outcome([]int{0}, 50, []float64{0}, []float64{7}), outcome([]int{0}, 90, []float64{0}, []float64{6}), 4, 1},
		{"together", outcome([]int{0}, 50, []float64{0}, []float64{6}), outcome([]int{0}, 90, []float64{0}, []float64{6}), 0, 0},
		{"together", outcome([]int{0}, 50, []float64{0}, []float64{9}), outcome([]int{0}, 90, []float64{1}, []float64{6}), 0, 3},
		// Who holds out longer as side 0, whoever wins the match.
		{"siege", outcome(two, 80, []float64{0, 1}, []float64{0, 2}), outcome(two, 60, []float64{0, 1}, []float64{0, 2}), 4, 0},
		{"siege", outcome(two, 99, []float64{1, 0}, []float64{1, 1}), outcome(two, 60, []float64{0, 1}, []float64{0, 2}), 4, 1},
		{"siege", outcome(two, 60, []float64{0, 1}, []float64{0, 2}), outcome(two, 60, []float64{0, 1}, []float64{0, 2}), 2, 0},
	} {
		got := p.pairOf(fixture{game: catalog.Definition{Mode: c.mode}}, [2]match.Outcome{c.one, c.other})
		if got.Result != c.want || got.Margin != c.margin {
			t.Errorf("%s: %v with margin %v, want %v with %v", c.mode, got.Result, got.Margin, c.want, c.margin)
		}
	}
}
