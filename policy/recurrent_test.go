package policy_test

import (
	"testing"

	"dryad/games"
	"dryad/nn"
	"dryad/policy"
)

// recurrent is a network for tag's steer whose answers depend on its state.
func recurrent(t *testing.T) *nn.Network {
	t.Helper()
	n, err := nn.New(nn.Architecture{Input: nn.Sequence(1, 8), Layers: []nn.Layer{nn.Dense(6), nn.Tanh(), nn.GRU(4), nn.Dense(5)}}, 3)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestRecurrentNetworksRemember: the state of a recurrent network goes on from tick to
// tick, belongs to one agent, begins anew with the node, and is part of a snapshot.
func TestRecurrentNetworksRemember(t *testing.T) {
	n := recurrent(t)
	if n.State() != 4 {
		t.Fatalf("the network carries %d values, want 4", n.State())
	}
	p := parse(t, "tree main:\n  net: steer it_player\n", nets(n))
	run := func(again bool) uint64 {
		w := newWorld(t, 3, 200)
		agents := []*policy.Agent{p.NewAgent(1, 0), p.NewAgent(1, 1), p.NewAgent(1, 2)}
		if again { // every agent gives way to a restored one, tick after tick
			for range 40 {
				playTicks(w, agents, 1)
				for i, a := range agents {
					fresh := p.NewAgent(1, a.Seat())
					if err := fresh.Restore(a.Snapshot(nil)); err != nil {
						t.Fatal(err)
					}
					agents[i] = fresh
				}
			}
		} else {
			playTicks(w, agents, 40)
		}
		return w.Hash()
	}
	once := run(false)
	if run(false) != once || run(true) != once {
		t.Error("a match with a recurrent network is not the same again")
	}
	// The last 16 bytes of a snapshot are the state: zero at first, another each tick,
	// and that of a first tick again once the node has been halted.
	w := newWorld(t, 3, 200)
	agents := []*policy.Agent{p.NewAgent(1, 0), p.NewAgent(1, 1), p.NewAgent(1, 2)}
	a := agents[1]
	state := func() string { data := a.Snapshot(nil); return string(data[len(data)-16:]) }
	seen := []string{state()}
	playTicks(w, agents, 1)
	if seen[0] == state() { // seat 1 is it, and has nobody to steer to
		a = agents[2]
	}
	seen = append(seen, state())
	playTicks(w, agents, 1)
	seen = append(seen, state())
	body := w.Body(a.Seat())
	first := func() string {
		a.Halt(body, w.Now())
		batch := policy.NewBatch()
		a.Tick(body, w.Now(), batch)
		batch.Run()
		a.Finish(body)
		return state()
	}
	began := first()
	if seen[0] != string(make([]byte, 16)) || seen[1] == seen[0] || seen[2] == seen[1] || first() != began {
		t.Errorf("the states are %x", seen)
	}
	if err := a.Restore(a.Snapshot(nil)[:5]); err == nil {
		t.Error("a snapshot that is cut short was taken")
	}
}

// playTicks plays some ticks with agents on the first seats.
func playTicks(w games.World, agents []*policy.Agent, ticks int) {
	batch := policy.NewBatch()
	for range ticks {
		acts := make([]bool, len(agents))
		for s, a := range agents {
			body := w.Body(games.Seat(s))
			if acts[s] = w.Perceive(games.Seat(s)); acts[s] {
				a.Tick(body, w.Now(), batch)
			} else {
				a.Halt(body, w.Now())
			}
		}
		batch.Run()
		for s, a := range agents {
			if acts[s] {
				a.Finish(w.Body(games.Seat(s)))
			}
		}
		w.Step()
	}
}
