package session_test

import (
	"context"
	"strings"
	"testing"

	"dryad/evolve"
	"dryad/evolve/session"
	"dryad/games"
	"dryad/games/tag"
	"dryad/policy"
)

// listener proposes the same trees in turn and keeps what it was told.
type listener struct {
	trees []string
	told  *[]string
}

func (listener) Name() string        { return "listener" }
func (listener) WantsFeedback() bool { return true }
func (listener) Concurrent() int     { return 1 }

func (l listener) Propose(_ context.Context, q evolve.Request) (evolve.Proposal, error) {
	*l.told = append(*l.told, q.Feedback)
	return evolve.Proposal{Source: l.trees[min(q.Generation, len(l.trees))-1], Parents: []string{q.Champion.Hash}}, nil
}

// TestAccountOfTheChampion: an author is told of matches against the present
// opponents by name; a new champion is measured anew, and an old one is not
// measured again.
func TestAccountOfTheChampion(t *testing.T) {
	var told []string
	result, err := session.Run(t.Context(), session.Params{
		Checker: policy.NewChecker(tag.New(), policy.Params{}),
		Proposer: listener{[]string{
			"policy a for tag\n\ntree main:\n  selector:\n    sequence:\n      condition: is_it\n      task: move_to nearest_player\n    task: flee it_player\n",
			"policy b for tag\n\ntree main:\n  task: move_to nearest_player\n",
		}, &told},
		Settings: session.Settings{
			Seed: 1, Start: "policy start for tag\n\ntree main:\n  task: stay\n", Search: evolve.SearchGenetic,
			Training: []games.Config{{Map: "generated:1", Seats: 2}, {Map: "generated:2", Seats: 4}}, HeldOut: []games.Config{{Map: "generated:9"}},
			Generations: 3, Candidates: 1, Pairs: 1,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if result.Champion.Generation != 1 || len(told) != 3 {
		t.Fatalf("champion %d.%d, told %d times", result.Champion.Generation, result.Champion.Slot, len(told))
	}
	for i, words := range told {
		for _, want := range []string{"Results, 16 matches: ", ": tag duels ", "; tag matches of 4 agents ", "task: "} {
			if !strings.Contains(words, want) {
				t.Errorf("generation %d is not told %q:\n%s", i+1, want, words)
			}
		}
	}
	if told[0] == told[1] || told[1] != told[2] {
		t.Errorf("the new champion's account is the old one, or an old champion has a new one:\n%s", strings.Join(told, "\n---\n"))
	}
}
