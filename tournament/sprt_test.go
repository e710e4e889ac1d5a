package tournament_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/job"
	"dryad/match"
	"dryad/rating"
	"dryad/tournament"
)

// trial is a test of a strong runner against a weak one.
func trial(t *testing.T, first, second float64) tournament.Params {
	p := params(t)
	p.Competitors = []match.Entrant{runner("first", first), runner("second", second)}
	p.Matches = 400
	p.Test = &tournament.Test{Elo0: 0, Elo1: 90}
	return p
}

func TestSequentialTestEnds(t *testing.T) {
	for _, model := range []rating.Model{rating.Logistic, rating.Normalized} {
		for _, c := range []struct {
			first, second float64
			want          string
		}{{1, 0.2, "accepted"}, {0.2, 1, "rejected"}} {
			p := trial(t, c.first, c.second)
			p.Test.Model = model
			r := run(t, context.Background(), p)
			if r.Test == nil || r.Test.Verdict != c.want || r.Stopped != job.Finished {
				t.Fatalf("%v: %+v, %s", model, r.Test, r.Stopped)
			}
			if r.Matches >= r.Planned || r.Matches != 2*r.Test.Pairs.Pairs() || len(r.Table) != 2 {
				t.Errorf("%v: %d of %d matches for %d pairs", model, r.Matches, r.Planned, r.Test.Pairs.Pairs())
			}
			page, err := tournament.Report(t.Context(), p, r, tournament.ReportParams{})
			if err != nil {
				t.Fatal(err)
			}
			if want := fmt.Sprintf("(%v): %s after %d pairs", model, c.want, r.Test.Pairs.Pairs()); !bytes.Contains(page, []byte(want)) {
				t.Errorf("the report has no %q", want)
			}
		}
	}
}

// The verdict and the table are the same for any number of workers, and when
// the run was broken off and gone on with.
func TestSequentialTestIsDeterministic(t *testing.T) {
	want := run(t, context.Background(), trial(t, 0.8, 0.5))
	p := trial(t, 0.8, 0.5)
	p.Workers = 1
	if diff := cmp.Diff(want, run(t, context.Background(), p)); diff != "" {
		t.Errorf("one worker: %s", diff)
	}
	p = trial(t, 0.8, 0.5)
	p.Budget = job.NewBudget(11, 0)
	if r := run(t, context.Background(), p); r.Stopped != job.MaxMatches || r.Test.Verdict != "undecided" || r.Test.Pairs.Pairs() != 5 {
		t.Fatalf("after 11 matches: %s, %+v", r.Stopped, r.Test)
	}
	p.Budget = job.Budget{}
	for range 2 { // the second time there is nothing left to do
		if diff := cmp.Diff(want, run(t, context.Background(), p)); diff != "" {
			t.Errorf("gone on with: %s", diff)
		}
	}
}

func TestSequentialTestExhausted(t *testing.T) {
	p := trial(t, 0.5, 0.5)
	p.Matches = 10
	if r := run(t, context.Background(), p); r.Test.Verdict != "exhausted" || r.Stopped != job.Finished {
		t.Errorf("%s, %+v", r.Stopped, r.Test)
	}
}

func TestBadSequentialTests(t *testing.T) {
	for _, test := range []tournament.Test{{Elo0: 5, Elo1: 5}, {Elo0: 0, Elo1: 500, Model: rating.Normalized}, {Elo1: 5, Alpha: 0.9}} {
		p := trial(t, 1, 1)
		p.Test = &test
		if _, err := tournament.Run(context.Background(), p); err == nil {
			t.Errorf("%+v was taken", test)
		}
	}
	p := params(t)
	p.Test = &tournament.Test{Elo1: 5}
	if _, err := tournament.Run(context.Background(), p); err == nil {
		t.Error("three policies were taken")
	}
}
