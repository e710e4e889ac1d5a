package correct_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"dryad/evolve/correct"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/rating"
	"dryad/replay"
)

var checker = policy.NewChecker(tag.New(), policy.Params{})

func tree(t *testing.T, p correct.Params) *correct.Result {
	t.Helper()
	p.Checker = checker
	result, err := correct.Tree(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// TestNothingToCorrect: a tree that acts as the seat did stays as it is.
func TestNothingToCorrect(t *testing.T) {
	result := tree(t, correct.Params{Replay: person(careful), Source: careful})
	if result.Share.Before != 1 || len(result.Patches) != 0 || len(result.Differences) != 0 || result.Source != careful {
		t.Errorf("%+v", result)
	}
}

// TestOneNodeIsTouched: a branch of the tree that is right stays as it is, and a
// second run comes to the same.
func TestOneNodeIsTouched(t *testing.T) {
	p := correct.Params{Replay: person(careful), Source: careless}
	result := tree(t, p)
	if len(result.Patches) == 0 || !strings.HasPrefix(result.Source, careless[:strings.Index(careless, "    task: move_to random_cell")]) {
		t.Errorf("%+v", result)
	}
	for _, d := range result.Differences {
		if d.Node != "task: move_to random_cell" || d.Line != 8 {
			t.Errorf("a node that was right is blamed: %+v", d)
		}
	}
	if again := tree(t, p); !reflect.DeepEqual(again, result) {
		t.Errorf("%+v, then %+v", result, again)
	}
}

// TestForfeitIsNoTeacher: a seat that was forfeited teaches nothing.
func TestForfeitIsNoTeacher(t *testing.T) {
	r := *person(careful)
	r.Forfeits = []replay.Forfeit{{Tick: 3, Seat: 0, Text: "it stalled"}}
	if _, err := correct.Tree(t.Context(), correct.Params{Checker: checker, Replay: &r, Source: careless}); err == nil || !strings.Contains(err.Error(), "it stalled") {
		t.Error(err)
	}
}

// TestMeasure: the scores do not depend on how many matches are played at once.
func TestMeasure(t *testing.T) {
	p := correct.MeasureParams{Game: tag.New(), Replay: person(careful), Resolve: match.Resolver(tag.New(), policy.Params{}), Matches: 7}
	var scores []correct.Score
	for _, workers := range []int{1, 3} {
		p.Workers = workers
		there, err := correct.Measure(t.Context(), p, entrant(careless), entrant(careful))
		if err != nil {
			t.Fatal(err)
		}
		back, err := correct.Measure(t.Context(), p, entrant(careful), entrant(careless))
		if err != nil {
			t.Fatal(err)
		}
		if there.Difference != -back.Difference || there.Before != back.After || there.N != 7 {
			t.Errorf("%+v, and %+v", there, back)
		}
		scores = append(scores, there)
	}
	if scores[0] != scores[1] {
		t.Errorf("%+v", scores)
	}
	p.Seat = 1 // against the person, who cannot play again
	if _, err := correct.Measure(t.Context(), p, entrant(careless), entrant(careful)); !errors.Is(err, correct.ErrNobody) {
		t.Error(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	p.Seat = 0
	if _, err := correct.Measure(stopped, p, entrant(careless), entrant(careful)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestLosingPatchIsNotKept: a patch that loses matches is told and not kept, and
// what it does is not tried again.
func TestLosingPatchIsNotKept(t *testing.T) {
	asked := 0
	result := tree(t, correct.Params{Replay: person(careful), Source: careless, Patches: 2, Score: func(_ context.Context, before, after *policy.Policy) (correct.Score, error) {
		asked++
		return correct.Score{N: 10, Difference: -.5, Interval: rating.Interval{Low: -.7, High: -.3}}, nil
	}})
	if asked == 0 || len(result.Patches) != 2 || result.Source != careless || result.Share.Before != result.Share.After {
		t.Errorf("asked %d times: %+v", asked, result)
	}
	for _, p := range result.Patches {
		if p.Kept || p.Task == result.Patches[0].Task && p.Condition != result.Patches[0].Condition {
			t.Errorf("%+v", p)
		}
	}
}
