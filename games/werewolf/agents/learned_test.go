package agents_test

import (
	"context"
	"testing"

	"dryad/cfr/deep"
	"dryad/games"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/rules"
)

// TestIntents: 13 of them, and each is heard as it is meant.
func TestIntents(t *testing.T) {
	set, err := rules.Default("classic", 7)
	if err != nil {
		t.Fatal(err)
	}
	i := agents.Intents{Set: &set}
	if i.Count() != 13 {
		t.Errorf("%d intents", i.Count())
	}
	v := rules.Deal(set, 1).View(0)
	for intent := range i.Count() {
		want := intent
		if intent == i.Target(0) { // oneself
			want = agents.Idle
		}
		for word := range uint64(6) {
			if text := i.Say(v, intent, word); i.Of(text, 0) != want {
				t.Errorf("intent %d: %q is heard as %d", intent, text, i.Of(text, 0))
			}
		}
	}
}

// TestCicero solves a little and plays: every move is legal, equal seeds give
// equal players.
func TestCicero(t *testing.T) {
	set, err := rules.Default("classic", 4)
	if err != nil {
		t.Fatal(err)
	}
	config := games.Config{Seats: 4}
	var rates [2]float64
	for i := range rates {
		c, err := agents.SolveCicero(context.Background(), set, deep.Params{Traversals: 10, Steps: 10, AverageSteps: 50, Hidden: []int{16}, Depth: 3, Seed: 1}, 2)
		if err != nil {
			t.Fatal(err)
		}
		rates[i] = rate(t, config, 20, c, agents.Heuristic{})
		for seed := range uint64(10) {
			if w := play(t, config, seed, c, c); !w.Table().Over() {
				t.Fatal("the game is not over")
			}
		}
	}
	if rates[0] != rates[1] {
		t.Errorf("the werewolves win %g and %g", rates[0], rates[1])
	}
	set, _ = rules.Default("arena", 8)
	if _, err := agents.SolveCicero(context.Background(), set, deep.Params{}, 1); err == nil {
		t.Error("bids were solved")
	}
}
