package scheduler

import (
	"fmt"
	"math"
	"testing"

	"dryad/bt"
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
	values := make([]float32, len(sight.inputs))
	varied := make([]map[float32]bool, len(sight.inputs))
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
	if len(varied[0]) < 2 || len(varied[3]) < 2 {
		t.Error("health and distance never changed: the test saw nothing")
	}
}

func compareTerms(t *testing.T, game games.Game, sight *sight, body games.Body, values []float32) {
	t.Helper()
	for i := range sight.inputs {
		// The option runs if its score, which is the input less what the network saw,
		// is within rounding: else one of the two others has a higher score.
		text := fmt.Sprintf("policy p for arena by scheduler\ninput: %s\noutput: 0 0\noutput: 1 %.9f\noutput: -1 %.9f\ntree main:\n  utility:\n    task: hold\n    task: explore\n    task: strafe\n",
			sight.expression(i), -float64(values[i])-1e-6, float64(values[i])-1e-6)
		p, faults := policy.Parse("p", []byte(text), game, policy.Params{})
		if p == nil {
			t.Fatalf("%s: %v", text, faults.Err())
		}
		agent := p.NewAgent(1, 0)
		agent.SetTrace(true)
		agent.Tick(body, 0, policy.NewBatch())
		if agent.Trace()[1] != bt.Running {
			t.Errorf("input %d is %v, its expression %q says something else", i, values[i], sight.expression(i))
		}
	}
	if math.IsNaN(float64(values[0])) {
		t.Error("NaN")
	}
}
