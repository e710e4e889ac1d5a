package tournament_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/tournament"
)

// Each system orders the runners by their skill, changes nothing of the rest of
// the table, and is the same after a run was read again.
func TestFurtherRatings(t *testing.T) {
	t.Parallel()

	plain := run(t, context.Background(), params(t))
	for _, system := range []tournament.System{tournament.Davidson, tournament.Equal, tournament.Glicko2, tournament.OpenSkill} {
		p := params(t)
		p.Rating = system
		r := run(t, context.Background(), p)
		if r.Ratings == nil || r.Ratings.System != system || len(r.Ratings.Rows) != 3 {
			t.Fatalf("%s: %+v", system, r.Ratings)
		}
		for i, row := range r.Ratings.Rows {
			if row.Policy != r.Table[i].Policy || !(row.Interval.Low < row.Rating && row.Rating < row.Interval.High) {
				t.Errorf("%s: row %+v", system, row)
			}
			if i > 0 && row.Rating >= r.Ratings.Rows[i-1].Rating {
				t.Errorf("%s: %+v is not below %+v", system, row, r.Ratings.Rows[i-1])
			}
		}
		again, err := tournament.Tabulate(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, again); diff != "" {
			t.Errorf("%s: read again: %s", system, diff)
		}
		r.Ratings = nil
		if diff := cmp.Diff(plain, r); diff != "" {
			t.Errorf("%s: %s", system, diff)
		}
	}
	for _, system := range []tournament.System{tournament.Nash, tournament.AlphaRank} {
		p := params(t)
		p.Rating = system
		rows := run(t, context.Background(), p).Ratings.Rows
		if len(rows) != 3 || rows[0].Interval != nil || rows[0].Rating < rows[1].Rating || rows[1].Rating < rows[2].Rating {
			t.Errorf("%s: %+v", system, rows)
		}
	}
	// A bootstrap gives every system that does not look at the order its intervals, and
	// changes no figure beside intervals.
	for _, system := range []tournament.System{"", tournament.Davidson, tournament.Equal, tournament.Nash, tournament.AlphaRank, tournament.OpenSkill} {
		p := params(t)
		p.Rating, p.Bootstrap = system, 50
		r := run(t, context.Background(), p)
		if r.Bootstrap != 50 || r.Table[0].CILow == plain.Table[0].CILow || r.Table[0].Rating != plain.Table[0].Rating || r.Table[0].WinRateLow != plain.Table[0].WinRateLow {
			t.Errorf("%s: %+v", system, r.Table[0])
		}
		for _, row := range r.Table {
			if !(row.CILow <= row.Rating && row.Rating <= row.CIHigh) {
				t.Errorf("%s: %+v", system, row)
			}
		}
		for i := 0; r.Ratings != nil && i < len(r.Ratings.Rows); i++ {
			if row := r.Ratings.Rows[i]; row.Interval == nil || !(row.Interval.Low <= row.Interval.High) {
				t.Errorf("%s: row %+v", system, row)
			}
		}
		if again, err := tournament.Tabulate(context.Background(), p); err != nil || cmp.Diff(r, again) != "" {
			t.Errorf("%s: read again: %v %s", system, err, cmp.Diff(r, again))
		}
	}
	p := params(t)
	p.Rating = "whole-history"
	if _, err := tournament.Run(context.Background(), p); err == nil {
		t.Error("a rating that does not exist was taken")
	}
}
