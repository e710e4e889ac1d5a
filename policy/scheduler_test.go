package policy_test

import (
	"math"
	"strings"
	"testing"

	"dryad/bt"
	"dryad/games/tag"
	"dryad/nn"
	"dryad/policy"
)

// TestByNetIsTheNet: a task by net plays as the neural task that has it for its rule,
// and the rule acts, counted, where the network fails.
func TestByNetIsTheNet(t *testing.T) {
	fit := network(t, 5)
	broken := fit.Clone()
	broken.Parameters()[0] = float32(math.NaN())
	for _, n := range []*nn.Network{fit, broken} {
		var hashes []uint64
		var nans []int
		for _, line := range []string{"net: steer it_player", "task: " + tag.New().Vocabulary().Nets[0].Rule + " it_player by net"} {
			p := parse(t, strings.Replace(steering, "net: steer it_player", line, 1), nets(n))
			w := newWorld(t, 3, 200)
			agents := []*policy.Agent{p.NewAgent(1, 0), p.NewAgent(1, 1), p.NewAgent(1, 2)}
			play(w, agents)
			hashes, nans = append(hashes, w.Hash()), append(nans, agents[0].Counters().NaNs)
			if p.MultiplyAdds() == 0 {
				t.Errorf("%s costs nothing", line)
			}
		}
		if hashes[0] != hashes[1] || nans[0] != nans[1] || (n == broken) != (nans[0] > 0) {
			t.Errorf("two spellings of one task differ: %x, NaNs %v", hashes, nans)
		}
	}
}

// TestSchedulerChooses: outputs are weighted sums over rectified hidden units, and the
// option that runs is kept within the margin.
func TestSchedulerChooses(t *testing.T) {
	const source = `policy chief for tag by scheduler

key drive: number = 0 in agent

input: drive
input: 1
hidden: 1 0 0
hidden: -1 0 0
output: 1 0 0   # max(0, drive)
output: 0 1 0.5 # max(0, -drive) + 0.5

tree main:
  utility margin 0.25:
    tree: up
    tree: down

tree up:
  sequence:
    set: drive = X1
    wait: 1s

tree down:
  sequence:
    set: drive = X2
    wait: 1s
`
	for _, c := range []struct{ up, down, want string }{
		// down runs first and sets drive; up runs from the next tick on where max(0, drive)
		// is above max(0, -drive) + 0.5 + 0.25.
		{"0.3", "0.7", "down down down"},
		{"0.3", "0.8", "down up up"},
		{"0.2", "0.8", "down up down"},
		{"0.3", "-2", "down down down"},
	} {
		p := parse(t, strings.NewReplacer("X1", c.up, "X2", c.down).Replace(source), policy.Params{})
		w := newWorld(t, 2, 100)
		w.Perceive(0)
		a := p.NewAgent(1, 0)
		a.SetTrace(true)
		batch := policy.NewBatch()
		var got []string
		for range 3 {
			a.Tick(w.Body(0), w.Now(), batch)
			batch.Run()
			a.Finish(w.Body(0))
			name := "none"
			for node, status := range a.Trace() {
				if line := p.Line(node); status == bt.Running && line != nil && line.Kind.String() == "tree" {
					name = line.Word
				}
			}
			got = append(got, name)
			w.Step()
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("up sets %s, down sets %s: %v, want %s", c.up, c.down, got, c.want)
		}
	}
}
