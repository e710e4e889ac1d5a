package tournament_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/games"
	"dryad/games/tag"
	"dryad/job"
	"dryad/match"
	"dryad/policy"
	"dryad/queue"
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

// A deceived queue believes a worker that says, of the first matches, that side 0
// wins each even one and side 1 each odd one, and learns the truth when the batch
// has ended.
type deceived struct {
	queue.Queue
	lies int // how many matches it still is deceived about
	told int // how many it was
}

func (d *deceived) Run(ctx context.Context, batch queue.Batch) error {
	var mutex sync.Mutex
	truths := map[int]queue.Result{}
	lied := map[int]queue.Result{}
	told := batch
	told.Ended = func(r queue.Result) error {
		mutex.Lock()
		if r.Index < d.lies {
			truths[r.Index] = r
			r.Output = winner(r.Output, r.Index%2)
			lied[r.Index] = r
		}
		mutex.Unlock()
		return batch.Ended(r)
	}
	told.Deliver = func(r queue.Result) error {
		mutex.Lock()
		if lie, is := lied[r.Index]; is {
			r = lie
		}
		mutex.Unlock()
		return batch.Deliver(r)
	}
	if err := d.Queue.Run(ctx, told); err != nil {
		return err
	}
	d.lies, d.told = 0, d.told+len(truths)
	for _, r := range truths {
		if err := batch.Corrected(r); err != nil {
			return err
		}
	}
	return nil
}

// winner is an outcome with another winner, and another hash.
func winner(output []byte, side int) []byte {
	outcome, err := match.ReadOutcome(output)
	if err != nil {
		panic(err)
	}
	outcome.Result.Winner, outcome.Hash = side, 1
	for seat, team := range outcome.Teams {
		outcome.Result.Scores[seat], outcome.Result.Points[seat] = 0, 0
		if team == side {
			outcome.Result.Scores[seat], outcome.Result.Points[seat] = 1, 1
		}
	}
	changed, err := json.Marshal(outcome)
	if err != nil {
		panic(err)
	}
	return changed
}

// A verdict that rests on a worker's lies is taken back, and the test goes on.
func TestSequentialTestIsCorrected(t *testing.T) {
	start := func() tournament.Params {
		p := trial(t, 0, 0)
		p.Competitors = []match.Entrant{written(t, "bold", 4), written(t, "wary", 4)}
		p.Matches = 96
		p.Test = &tournament.Test{Elo0: 0, Elo1: 20, Alpha: 0.2, Beta: 0.01} // quick to accept
		return p
	}
	want := run(t, t.Context(), start())
	if want.Test.Verdict != "exhausted" {
		t.Fatalf("equal policies: %+v", want.Test)
	}
	referee := &match.Referee{
		Games:    func(string) (games.Game, error) { return tag.New(), nil },
		Policies: func(string) policy.Params { return policy.Params{} },
	}
	q := &deceived{Queue: &queue.Local{Workers: 2, Handlers: queue.Handlers{match.Kind: referee.Play}}, lies: 96}
	p := start()
	p.Queue = q
	if difference := cmp.Diff(want, run(t, t.Context(), p)); difference != "" {
		t.Error(difference)
	}
	if q.told == 0 || q.told >= 96 {
		t.Errorf("%d matches were told wrong: the lies decided nothing", q.told)
	}
}

// When a test has decided, no further match is begun.
func TestSequentialTestPlaysNoMore(t *testing.T) {
	p := trial(t, 1, 0.2)
	began := 0
	var mutex sync.Mutex
	p.Begun = func(match.Params) {
		mutex.Lock()
		began++
		mutex.Unlock()
	}
	p.Workers = 1
	if r := run(t, t.Context(), p); began > r.Matches+16 || r.Matches > 100 {
		t.Errorf("%d matches were begun for a verdict after %d", began, r.Matches)
	}
}
