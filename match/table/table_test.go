package table_test

import (
	"context"
	"fmt"
	"log"
	"math/rand/v2"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/rules"
	"dryad/match"
	"dryad/match/table"
)

// TestRecord: a recorded game can be verified; the configuration of a set of rules
// is that of its mode.
func TestRecord(t *testing.T) {
	set, err := rules.Default("classic", 5)
	if err != nil {
		t.Fatal(err)
	}
	config, err := table.Config(&set)
	if err != nil {
		t.Fatal(err)
	}
	p := table.Params{Config: config, Seed: 4, Village: agents.Heuristic{}, Wolves: agents.Random{}, VillageName: "v", WolvesName: "w", Record: true}
	g, err := table.Play(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	r := g.Outcome.Replay
	if v, err := match.Verify(t.Context(), match.PlaybackParams{Game: werewolf.New(), Replay: r}); err != nil || v.StateHash != g.Outcome.Hash {
		t.Errorf("%+v, %v", v, err)
	}
	if r.Policies[0].Name != map[int]string{rules.Village: "v", rules.Wolves: "w"}[g.World.Team(0)] {
		t.Errorf("seat 0 is %q", r.Policies[0].Name)
	}
	p.Config = games.Config{Seats: 5}
	if plain, err := table.Play(t.Context(), p); err != nil || plain.Outcome.Hash != g.Outcome.Hash {
		t.Errorf("another match by the same rules: %v", err)
	}
}

// bad is an agent that breaks.
type bad struct{}

func (bad) Decide(context.Context, *rules.View, *rand.Rand) (rules.Decision, error) { panic("boom") }

// TestErrors: an agent that panics, a wrong configuration and the end of the
// context are errors.
func TestErrors(t *testing.T) {
	if _, err := table.Play(t.Context(), table.Params{Village: bad{}, Wolves: bad{}}); err == nil || !strings.Contains(err.Error(), "boom") {
		t.Errorf("%v", err)
	}
	if _, err := table.Play(t.Context(), table.Params{Config: games.Config{Seats: 2}, Village: bad{}, Wolves: bad{}}); err == nil {
		t.Error("two seats: no error")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := table.Play(ctx, table.Params{Village: agents.Random{}, Wolves: agents.Random{}}); err == nil {
		t.Error("no context: no error")
	}
}

func ExamplePlay() {
	g, err := table.Play(context.Background(), table.Params{Seed: 7, Village: agents.Heuristic{}, Wolves: agents.Random{}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(g.Outcome.Over, g.Faults)
	// Output: true 0
}
