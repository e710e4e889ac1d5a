package job

import (
	"context"
	"errors"
	"time"
)

// Stop says why a job ended; reports and --json carry it as it is.
type Stop string

// The reasons. A job that has no reason to stop goes on.
const (
	GoOn        Stop = ""
	Finished    Stop = "finished"    // there was nothing left to do
	MaxMatches  Stop = "max-matches" // the budget of matches is spent
	MaxMinutes  Stop = "max-minutes" // the budget of minutes is spent
	MaxTokens   Stop = "max-tokens"  // the budget of a model's tokens is spent
	MaxDollars  Stop = "max-dollars" // the budget of money is spent
	Stalled     Stop = "stalled"     // nothing new came for too long
	Interrupted Stop = "interrupted" // Ctrl-C, or SIGTERM
	Failed      Stop = "failed"      // an error that the job reports
)

// Resumable reports whether there is work left that resuming would do.
func (s Stop) Resumable() bool { return s != Finished && s != GoOn }

// Sentence says the reason to a person.
func (s Stop) Sentence() string {
	switch s {
	case Finished:
		return "finished"
	case MaxMatches:
		return "stopped: the budget of matches (--max-matches) is spent"
	case MaxMinutes:
		return "stopped: the budget of minutes (--max-minutes) is spent"
	case MaxTokens:
		return "stopped: the budget of tokens (--max-tokens) is spent"
	case MaxDollars:
		return "stopped: the budget of dollars (--max-dollars) is spent"
	case Stalled:
		return "stopped: nothing new was proposed for several generations"
	case Interrupted:
		return "stopped: interrupted"
	case Failed:
		return "stopped: failed"
	}
	return "running"
}

// Budget is what a job may spend before it stops by itself. It is immutable
// and safe for use by several goroutines.
type Budget struct {
	matches  int
	deadline time.Time
}

// NewBudget starts the clock of a budget. Zero or less is no limit. Minutes
// count from now: a resumed run gets them anew.
func NewBudget(maxMatches int, maxMinutes float64) Budget {
	b := Budget{matches: maxMatches}
	if maxMinutes > 0 {
		b.deadline = time.Now().Add(time.Duration(maxMinutes * float64(time.Minute)))
	}
	return b
}

// Stop reports whether a job that has done so many matches, over all its
// sessions, must stop before the next piece of work, and why.
func (b Budget) Stop(ctx context.Context, matches int) Stop {
	switch {
	case ctx.Err() != nil:
		return Interrupted
	case b.matches > 0 && matches >= b.matches:
		return MaxMatches
	case !b.deadline.IsZero() && !time.Now().Before(b.deadline):
		return MaxMinutes
	}
	return GoOn
}

// Left returns how many of want matches the budget still admits after done.
func (b Budget) Left(done, want int) int {
	if b.matches <= 0 {
		return want
	}
	return max(0, min(want, b.matches-done))
}

// Reason turns the error that ended a job into a reason.
func Reason(err error) Stop {
	switch {
	case err == nil:
		return Finished
	case errors.Is(err, context.Canceled):
		return Interrupted
	}
	return Failed
}
