package dispatch_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/match/dispatch"
	"dryad/policy"
	"dryad/queue"
)

// matches are some short ones between two trees.
func matches(t *testing.T, game games.Game, n int) []match.Params {
	t.Helper()
	var sides []match.Entrant
	for _, task := range []string{"flee it_player", "move_to nearest_player"} {
		p, faults := policy.Parse("tree", []byte("policy tree for tag\n\ntree main:\n  task: "+task+"\n"), game, policy.Params{})
		if p == nil {
			t.Fatal(faults)
		}
		sides = append(sides, match.Tree(p))
	}
	list := make([]match.Params, n)
	for i := range list {
		list[i] = match.Params{Game: game, Config: games.Config{Map: "generated:1", Ticks: 40}, Seed: uint64(i), Sides: sides}
	}
	return list
}

// TestSameOutcomes: the outcomes are in order and the same with any number of
// workers, and when the matches travel through a queue.
func TestSameOutcomes(t *testing.T) {
	game := tag.New()
	referee := &match.Referee{
		Games:    func(string) (games.Game, error) { return game, nil },
		Policies: func(string) policy.Params { return policy.Params{} },
	}
	list := matches(t, game, 24)
	var want []match.Outcome
	for i, d := range []*dispatch.Dispatcher{
		{Workers: 1}, {Workers: 5},
		{Queue: &queue.Local{Workers: 3, Handlers: queue.Handlers{match.Kind: referee.Play}}},
	} {
		got, err := d.Play(t.Context(), list)
		if err != nil {
			t.Fatal(err)
		}
		for k := range got {
			if got[k].Seed != uint64(k) {
				t.Fatalf("outcome %d is of seed %d", k, got[k].Seed)
			}
		}
		if i == 0 {
			want = got
		} else if difference := cmp.Diff(want, got); difference != "" {
			t.Errorf("dispatcher %d: %s", i, difference)
		}
	}
}

// TestFaults: a match that cannot be played, or cannot be sent, ends the batch
// and is named; so does a canceled context.
func TestFaults(t *testing.T) {
	list := matches(t, tag.New(), 4)
	list[2].Config.Map = "nowhere"
	if _, err := (&dispatch.Dispatcher{Workers: 2}).Play(t.Context(), list); err == nil || !strings.Contains(err.Error(), "match 2") {
		t.Errorf("a match on no map: %v", err)
	}
	list = matches(t, tag.New(), 2)
	list[1].Sides[0].Record.Source = ""
	d := &dispatch.Dispatcher{Queue: &queue.Local{Handlers: queue.Handlers{match.Kind: func(context.Context, []byte) ([]byte, error) { return []byte("{}"), nil }}}}
	if _, err := d.Play(t.Context(), list); err == nil || !strings.Contains(err.Error(), "match 0") {
		t.Errorf("a policy without a source: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (&dispatch.Dispatcher{}).Play(ctx, list); !errors.Is(err, context.Canceled) {
		t.Errorf("a canceled context: %v", err)
	}
}

// TestEnded: every match ends once, and a batch can be stopped early without an
// error.
func TestEnded(t *testing.T) {
	list := matches(t, tag.New(), 10)
	ended := map[string]int{}
	delivered := 0
	err := (&dispatch.Dispatcher{Workers: 1}).Run(t.Context(), dispatch.Batch{
		Jobs: func(yield func(dispatch.Job) bool) {
			for i, p := range list {
				if !yield(dispatch.Job{Key: fmt.Sprint("m", i), Match: p}) {
					return
				}
			}
		},
		Ended: func(r dispatch.Result) error { ended[r.Key]++; return nil },
		Deliver: func(r dispatch.Result) error {
			if delivered++; delivered == 3 {
				return queue.ErrStop
			}
			return nil
		},
	})
	if err != nil || delivered != 3 || ended["m0"] != 1 || ended["m2"] != 1 {
		t.Errorf("%v after %d, ended %v", err, delivered, ended)
	}
}
