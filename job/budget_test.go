package job_test

import (
	"context"
	"fmt"
	"testing"

	"dryad/job"
)

func TestBudget(t *testing.T) {
	live := context.Background()
	ended, cancel := context.WithCancel(live)
	cancel()
	cases := []struct {
		ctx     context.Context
		matches int
		minutes float64
		done    int
		want    job.Stop
	}{
		{live, 0, 0, 1 << 30, job.GoOn},
		{live, 10, 0, 9, job.GoOn},
		{live, 10, 0, 10, job.MaxMatches},
		{live, 0, 1000, 5, job.GoOn},
		{live, 0, 1e-12, 5, job.MaxMinutes},
		{ended, 10, 0, 10, job.Interrupted},
	}
	for _, c := range cases {
		if got := job.NewBudget(c.matches, c.minutes).Stop(c.ctx, c.done); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	b := job.NewBudget(10, 0)
	if b.Left(7, 5) != 3 || b.Left(12, 5) != 0 || job.NewBudget(0, 0).Left(7, 5) != 5 {
		t.Error("Left is wrong")
	}
	for err, want := range map[error]job.Stop{nil: job.Finished, fmt.Errorf("x: %w", context.Canceled): job.Interrupted, fmt.Errorf("x"): job.Failed} {
		if got := job.Reason(err); got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
	for _, s := range []job.Stop{job.MaxMatches, job.MaxMinutes, job.MaxTokens, job.MaxDollars, job.Interrupted, job.Failed} {
		if !s.Resumable() || s.Sentence() == job.GoOn.Sentence() {
			t.Errorf("%q: resumable %v, %q", s, s.Resumable(), s.Sentence())
		}
	}
}
