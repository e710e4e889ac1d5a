package match_test

import (
	"slices"
	"testing"

	"dryad/games"
	"dryad/match"
	"dryad/rating"
)

func TestDuel(t *testing.T) {
	cases := []struct {
		teams          []int
		scores, points []float64
		want           rating.Outcome
		margin         float64
	}{
		{[]int{0, 1}, []float64{1, 0}, []float64{5, 3}, rating.Win, 2},
		{[]int{0, 1}, []float64{0.5, 0.5}, []float64{3, 3}, rating.Draw, 0},
		{[]int{0, 1, 2, 3}, []float64{0, 1, 0, 0}, []float64{4, 5, 4, 1}, rating.Loss, 1},
		{[]int{0, 0, 1}, []float64{1, 1, 0}, []float64{2, 4, 2}, rating.Win, 1},
		{[]int{0, 0, 1}, []float64{0.5, 0.5, 0.5}, []float64{0, 0, 0}, rating.Draw, 0},
		{[]int{0, 1}, nil, nil, rating.Draw, 0},
	}
	for _, c := range cases {
		o := match.Outcome{Teams: c.teams, Result: games.Result{Scores: c.scores, Points: c.points}}
		if got, margin := o.Duel(); got != c.want || margin != c.margin {
			t.Errorf("%+v: %v by %g", c, got, margin)
		}
	}
}

func TestSidesTakeTeams(t *testing.T) {
	p := params()
	p.Entrants, p.Config.Seats = nil, 5
	p.Sides = []match.Entrant{hunter("even"), drift("odd")}
	o := run(t, p)
	want := []string{"even", "odd", "even", "odd", "even"}
	for s, name := range o.Names {
		if name != want[s] || o.Teams[s] != s {
			t.Errorf("seat %d: %s of team %d", s, name, o.Teams[s])
		}
	}
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		teams          []int
		scores, points []float64
		want           []int
	}{
		{[]int{0, 1, 2}, []float64{0, 1, 0}, []float64{4, 5, 1}, []int{1, 0, 2}},
		{[]int{0, 1, 2}, []float64{0.5, 0, 0.5}, []float64{7, 2, 7}, []int{0, 2, 0}},
		{[]int{0, 1, 2, 3, 4, 5}, []float64{0, 0, 0, 0, 0, 1}, []float64{3, 1, 1, 1, 2, 4}, []int{1, 2, 0}},
		{[]int{0, 1, 2}, nil, nil, []int{0, 0, 0}},
	} {
		o := match.Outcome{Teams: c.teams, Result: games.Result{Scores: c.scores, Points: c.points}}
		if got := o.Places(3); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
