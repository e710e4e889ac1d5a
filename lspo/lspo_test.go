package lspo_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"dryad/job"
	"dryad/lspo"
)

// letters is a language game whose stages append a letter.
type letters struct{ fail string }

func (l letters) Start(context.Context, lspo.Task) ([]byte, error) { return []byte("p"), nil }

func (l letters) Construct(ctx context.Context, t lspo.Task, policy, before []byte) ([]byte, error) {
	if l.fail == "construct" {
		return nil, errors.New("no words")
	}
	piece, err := t.Once(ctx, "piece", func() ([]byte, error) { return []byte("w"), nil })
	return fmt.Appendf(nil, "%s%s(%s)", policy, piece, before), err
}

func (l letters) Solve(_ context.Context, _ lspo.Task, space []byte, before *lspo.Iteration) ([]byte, error) {
	if before != nil {
		return fmt.Appendf(nil, "s:%s after %d %s", space, before.Number, before.Solution), nil
	}
	return append([]byte("s:"), space...), nil
}

func (l letters) Expand(_ context.Context, t lspo.Task, policy, _, _ []byte) ([]byte, error) {
	return fmt.Appendf(nil, "%s%d", policy, t.Iteration), nil
}

func TestStagesAreHandedOn(t *testing.T) {
	var ended []int
	r, err := lspo.Run(context.Background(), lspo.Params{Game: letters{}, Iterations: 2, Ended: func(_ context.Context, it lspo.Iteration) error {
		ended = append(ended, it.Number)
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	last := r.Iterations[1]
	if string(last.Space) != "p1w(pw())" || string(last.Solution) != "s:p1w(pw()) after 1 s:pw()" || string(last.Next) != "p12" {
		t.Errorf("%s, %s, %s", last.Space, last.Solution, last.Next)
	}
	if fmt.Sprint(ended) != "[1 2]" || r.Stopped != job.Finished {
		t.Errorf("ended %v, %s", ended, r.Stopped)
	}
}

func TestFaultNamesItsStage(t *testing.T) {
	_, err := lspo.Run(context.Background(), lspo.Params{Game: letters{fail: "construct"}, Iterations: 1})
	if err == nil || !strings.Contains(err.Error(), "iteration 1/construct: no words") {
		t.Errorf("%v", err)
	}
	if _, err := lspo.Run(context.Background(), lspo.Params{Game: letters{}}); err == nil {
		t.Error("no iterations: no error")
	}
}

// TestBudgetStopsBetweenStages: a spent budget is no fault.
func TestBudgetStopsBetweenStages(t *testing.T) {
	budget := job.NewBudget(0, 1e-9)
	r, err := lspo.Run(context.Background(), lspo.Params{Game: letters{}, Iterations: 1, Budget: budget})
	if err != nil || r.Stopped != job.MaxMinutes || len(r.Iterations) != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}
