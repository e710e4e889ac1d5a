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
	entrants := []match.Entrant{entrant(careless), entrant(careful), entrant(careless)}
	var scores [2][]correct.Score
	for i, workers := range []int{1, 3} {
		p.Workers = workers
		var err error
		if scores[i], err = correct.Measure(t.Context(), p, entrants); err != nil {
			t.Fatal(err)
		}
	}
	if !reflect.DeepEqual(scores[0], scores[1]) || scores[0][1].Difference != -scores[0][2].Difference || scores[0][0].Mean != scores[0][2].Mean {
		t.Errorf("%+v", scores)
	}
	p.Seat = 1 // against the person, who cannot play again
	if _, err := correct.Measure(t.Context(), p, entrants); !errors.Is(err, correct.ErrNobody) {
		t.Error(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	p.Seat = 0
	if _, err := correct.Measure(stopped, p, entrants); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
