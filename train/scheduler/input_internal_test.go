package scheduler

import (
	"fmt"
	"math"
	"testing"

	"dryad/games"
	"dryad/games/fps/arena"
	"dryad/policy"
)

// TestTermsAreTheInputs: in a running match, every term of the language has the value
// that the network saw. A condition compares the two within the rounding of weights
// to four figures.
func TestTermsAreTheInputs(t *testing.T) {
	game := arena.New()
	sight, err := newSight(game.Vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	world, err := game.New(games.Config{Map: "generated:5", Mode: "deathmatch", Seats: 6, Ticks: 2000}, 7)
	if err != nil {
		t.Fatal(err)
	}
	mover, faults := policy.Parse("p", []byte("tree main:\n  selector:\n    sequence:\n      condition: has_enemy_in_view\n      task: shoot\n    task: explore\n"), game, policy.Params{})
	if mover == nil {
		t.Fatal(faults.Err())
	}
	agents, batch := make([]*policy.Agent, 6), policy.NewBatch()
	for s := range agents {
		agents[s] = mover.NewAgent(1, games.Seat(s))
	}
	values := make([]float32, len(inputs))
	varied := make([]map[float32]bool, len(inputs))
	for i := range varied {
		varied[i] = map[float32]bool{}
	}
	for tick := range 1500 {
		for s, a := range agents {
			seat := games.Seat(s)
			body := world.Body(seat)
			if !world.Perceive(seat) {
				a.Halt(body, world.Now())
				continue
			}
			if sight.read(body, values); tick%150 == 149 && s == 0 {
				compareTerms(t, game, sight, body, values)
			}
			for i, v := range values {
				varied[i][v] = true
			}
			a.Tick(body, world.Now(), batch)
			a.Finish(body)
		}
		world.Step()
	}
	if len(varied[1]) < 2 || len(varied[4]) < 2 {
		t.Error("health and distance never changed: the test saw nothing")
	}
}

func compareTerms(t *testing.T, game games.Game, sight *sight, body games.Body, values []float32) {
	t.Helper()
	const weight = 1.5
	for i := range inputs {
		text := fmt.Sprintf("tree main:\n  sequence:\n    condition: abs(%s - (%.9f)) < 0.002\n    task: hold\n", sight.term(i, weight), weight*float64(values[i]))
		p, faults := policy.Parse("p", []byte(text), game, policy.Params{})
		if p == nil {
			t.Fatalf("%s: %v", text, faults.Err())
		}
		if status := p.NewAgent(1, 0).Tick(body, 0, policy.NewBatch()); status.String() != "running" {
			t.Errorf("input %d is %v, its term %q says something else (%s)", i, values[i], sight.term(i, weight), status)
		}
	}
	if math.IsNaN(float64(values[0])) {
		t.Error("NaN")
	}
}
