package policy_test

import (
	"fmt"

	"dryad/games"
	"dryad/games/tag"
	"dryad/policy"
)

const chaser = `policy chaser for tag

tree main:
  selector:
    sequence chase:
      condition: is_it
      task: move_to nearest_player
    sequence escape:
      condition: it_distance < 6
      task: flee it_player
    task: move_to random_cell
`

func Example() {
	game := tag.New()
	p, faults := policy.Parse("chaser.dryad", []byte(chaser), game, policy.Params{})
	if !faults.OK() {
		panic(faults.Err())
	}
	world, err := game.New(games.Config{Seats: 2, Ticks: 300}, 7)
	if err != nil {
		panic(err)
	}
	agents := []*policy.Agent{p.NewAgent(1, 0), p.NewAgent(1, 1)}
	agents[0].SetProfile(true)
	play(world, agents)
	result, _ := world.Result()
	fmt.Println(p.Name, p.Hash[:8], result.Reason)
	profile := agents[0].Profile()
	for i, c := range profile.Nodes {
		fmt.Println(p.Program.Node(i).Path, c.Visits > 0)
	}
	// Output:
	// chaser 2abf7c2e time limit
	// main/selector: true
	// main/selector:/chase true
	// main/selector:/chase/condition: is_it true
	// main/selector:/chase/task: move_to nearest_player true
	// main/selector:/escape true
	// main/selector:/escape/condition: it_distance < 6 true
	// main/selector:/escape/task: flee it_player true
	// main/selector:/task: move_to random_cell true
}

// play plays a match to its end.
func play(world games.World, agents []*policy.Agent) {
	batch := policy.NewBatch()
	for {
		if _, over := world.Result(); over {
			return
		}
		acts := make([]bool, len(agents))
		for s, a := range agents {
			if acts[s] = world.Perceive(games.Seat(s)); acts[s] {
				a.Tick(world.Body(games.Seat(s)), world.Now(), batch)
			} else {
				a.Halt(world.Body(games.Seat(s)), world.Now())
			}
		}
		batch.Run()
		for s, a := range agents {
			if acts[s] {
				a.Finish(world.Body(games.Seat(s)))
			}
		}
		world.Step()
	}
}
