package policy_test

import (
	"bytes"
	"testing"

	"dryad/games"
	"dryad/games/tag"
	"dryad/policy"
)

// FuzzParse reads any text as a policy for tag. What is accepted plays, a copy
// of it plays on alike, and foreign snapshots are refused or harmless.
func FuzzParse(f *testing.F) {
	f.Add(chaser, []byte{})
	f.Add(steering, []byte{1, 2, 3})
	f.Add("tree main:\n"+chain(), []byte{})
	f.Add("key k: int = 3 in tree\ntree main:\n  memory sequence:\n    set: k = k + 1\n    wait: 3ticks\n    random:\n      weight 2:\n        task: stay (1s)\n      weight 0:\n        task: flee it_player\n", []byte{0xd1})
	f.Add("utility margin 2:\n  score it_distance * 2:\n    cooldown 2s:\n      task: move_to random_cell\n  score is_it ? 99 : 0:\n    retry 3:\n      timeout 1s:\n        task: move_to nearest_player\n", []byte{})
	game := tag.New()
	params := nets(network(f, 5))
	f.Fuzz(func(t *testing.T, source string, foreign []byte) {
		p, faults := policy.Parse("fuzz", []byte(source), game, params)
		if (p == nil) == faults.OK() {
			t.Fatalf("policy %v with faults %v", p != nil, faults)
		}
		if p == nil {
			return
		}
		world, err := game.New(games.Config{Seats: 2, Ticks: 40}, 3)
		if err != nil {
			t.Fatal(err)
		}
		agents := []*policy.Agent{p.NewAgent(1, 0), p.NewAgent(2, 1)}
		batch := policy.NewBatch()
		step := func(agents []*policy.Agent) {
			for s, a := range agents {
				world.Perceive(games.Seat(s))
				a.Tick(world.Body(games.Seat(s)), world.Now(), batch)
			}
			batch.Run()
			for s, a := range agents {
				a.Finish(world.Body(games.Seat(s)))
			}
			world.Step()
		}
		for range 12 {
			step(agents)
		}
		place := world.Snapshot(nil)
		var copies []*policy.Agent
		for s, a := range agents {
			c := p.NewAgent(77, games.Seat(s))
			if err := c.Restore(a.Snapshot(nil)); err != nil {
				t.Fatal(err)
			}
			copies = append(copies, c)
		}
		for range 12 {
			step(agents)
		}
		hash := world.Hash()
		if err := world.Restore(place); err != nil {
			t.Fatal(err)
		}
		for range 12 {
			step(copies)
		}
		if world.Hash() != hash {
			t.Error("a restored agent plays otherwise")
		}
		for s := range copies {
			if !bytes.Equal(copies[s].Snapshot(nil), agents[s].Snapshot(nil)) {
				t.Error("a restored agent remembers otherwise")
			}
		}
		snapshot := agents[0].Snapshot(nil)
		for i, b := range foreign {
			snapshot[(i*131+1)%len(snapshot)] ^= b
		}
		before := copies[0].Snapshot(nil)
		if copies[0].Restore(snapshot) != nil && !bytes.Equal(before, copies[0].Snapshot(nil)) {
			t.Error("a refused snapshot left its traces")
		}
	})
}
