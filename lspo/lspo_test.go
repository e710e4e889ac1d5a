package lspo_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"dryad/job"
	"dryad/lspo"
)

// letters is a language game whose stages append a letter. Its spaces are kept
// with a file beside their document.
type letters struct{ fail string }

type iteration = lspo.Iteration[string, *space, string, []string]

type space struct{ Words, Piece string }

func (l letters) Codecs() lspo.Codecs[string, *space, string, []string] {
	return lspo.Codecs[string, *space, string, []string]{
		Policy: lspo.JSON[string](), Solution: lspo.JSON[string](), Pairs: lspo.JSON[[]string](),
		Space: lspo.Codec[*space]{
			Encode: func(ctx context.Context, s *space, files lspo.Files) ([]byte, error) {
				return []byte("a space"), files.Write(ctx, "words", []byte(s.Words))
			},
			Decode: func(ctx context.Context, document []byte, files lspo.Files) (*space, error) {
				words, err := files.Read(ctx, "words")
				if err != nil {
					return nil, err
				}
				piece, err := files.Read(ctx, "piece")
				if err != nil || string(document) != "a space" {
					return nil, fmt.Errorf("%q: %w", document, err)
				}
				return &space{Words: string(words), Piece: string(piece)}, nil
			},
		},
	}
}

func (l letters) Start(context.Context, lspo.Task) (string, error) { return "p", nil }

func (l letters) Construct(ctx context.Context, t lspo.Task, it, before *iteration) (*space, error) {
	if l.fail == "construct" {
		return nil, errors.New("no words")
	}
	piece, err := lspo.Once(ctx, t, "piece", lspo.JSON[int](), func() (int, error) { return t.Iteration, nil })
	s := &space{Words: it.Policy, Piece: fmt.Sprint(piece)}
	if before != nil {
		s.Words += "(" + before.Space.Words + ")"
	}
	return s, err
}

func (l letters) Solve(_ context.Context, _ lspo.Task, it, before *iteration) (string, error) {
	if before != nil {
		return fmt.Sprintf("s:%s after %d %s", it.Space.Words, before.Number, before.Solution), nil
	}
	return "s:" + it.Space.Words, nil
}

func (l letters) Prefer(_ context.Context, _ lspo.Task, it *iteration) ([]string, error) {
	return []string{it.Solution, it.Space.Piece}, nil
}

func (l letters) Expand(_ context.Context, t lspo.Task, it *iteration) (string, error) {
	return fmt.Sprintf("%s%s", it.Policy, it.Pairs[1]), nil
}

func TestStagesAreHandedOn(t *testing.T) {
	var ended []int
	memory := &lspo.Forgetful{}
	p := lspo.Params{Iterations: 2, Memory: memory}
	r, err := lspo.Run(context.Background(), letters{}, p, func(_ context.Context, it *iteration) error {
		ended = append(ended, it.Number)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	last := r.Iterations[1]
	if last.Space.Words != "p1(p)" || last.Solution != "s:p1(p) after 1 s:p" || last.Next != "p12" {
		t.Errorf("%+v", last)
	}
	if fmt.Sprint(ended) != "[1 2]" || r.Stopped != job.Finished {
		t.Errorf("ended %v, %s", ended, r.Stopped)
	}
	again, err := lspo.Recall(context.Background(), letters{}, memory)
	if err != nil || !reflect.DeepEqual(again, r.Iterations) {
		t.Errorf("recalled %+v, %v", again, err)
	}
	spaces, err := lspo.RecallSpaces(context.Background(), letters{}, memory)
	if err != nil || len(spaces) != 2 || spaces[1].Words != "p1(p)" {
		t.Errorf("recalled %+v, %v", spaces, err)
	}
}

// TestDamage: what is kept and cannot be read is an error that names it, and is
// not done again.
func TestDamage(t *testing.T) {
	memory := &lspo.Forgetful{}
	p := lspo.Params{Iterations: 1, Memory: memory}
	if _, err := lspo.Run(context.Background(), letters{}, p, nil); err != nil {
		t.Fatal(err)
	}
	if err := memory.PutWork(context.Background(), "iteration 1/construct", []byte("?")); err != nil {
		t.Fatal(err)
	}
	if _, err := lspo.Run(context.Background(), letters{}, p, nil); err == nil || !strings.Contains(err.Error(), "read iteration 1/construct") {
		t.Errorf("%v", err)
	}
	if _, err := lspo.Recall(context.Background(), letters{}, memory); err == nil || !strings.Contains(err.Error(), "read iteration 1/construct") {
		t.Errorf("%v", err)
	}
}

func TestErrorNamesItsStage(t *testing.T) {
	_, err := lspo.Run(context.Background(), letters{fail: "construct"}, lspo.Params{Iterations: 1}, nil)
	if err == nil || !strings.Contains(err.Error(), "iteration 1/construct: no words") {
		t.Errorf("%v", err)
	}
	if _, err := lspo.Run(context.Background(), letters{}, lspo.Params{}, nil); err == nil {
		t.Error("no iterations: no error")
	}
}

// TestBudgetStopsBetweenStages: a spent budget is no error.
func TestBudgetStopsBetweenStages(t *testing.T) {
	budget := job.NewBudget(0, 1e-9)
	r, err := lspo.Run(context.Background(), letters{}, lspo.Params{Iterations: 1, Budget: budget}, nil)
	if err != nil || r.Stopped != job.MaxMinutes || len(r.Iterations) != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}
