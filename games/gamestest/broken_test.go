package gamestest_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"dryad/bt"
	"dryad/games"
	"dryad/games/gamestest"
	"dryad/games/tag"
	"dryad/vocab"
)

// broken is tag with one fault.
type broken struct {
	tag.Game
	fault string
	made  *int
}

func (b broken) New(c games.Config, seed uint64) (games.World, error) {
	*b.made++
	w, err := b.Game.New(c, seed+uint64(truth(b.fault == "other worlds")*(*b.made)))
	return brokenWorld{w, b.fault}, err
}

func (b broken) Complete(c games.Config) (games.Config, error) {
	if b.fault == "any mode" {
		c.Mode = ""
	}
	return b.Game.Complete(c)
}

func (b broken) Task(i int) games.Task { return brokenTask{b.Game.Task(i), b.fault} }

type brokenWorld struct {
	games.World
	fault string
}

func (w brokenWorld) Body(s games.Seat) games.Body {
	if w.fault == "wrong range" || w.fault == "moving reading" {
		return &brokenBody{Body: w.World.Body(s), fault: w.fault}
	}
	return w.World.Body(s)
}

func (w brokenWorld) Restore(snapshot []byte) error {
	if w.fault == "no restore" {
		return nil
	}
	return w.World.Restore(snapshot)
}

func (w brokenWorld) Metrics(s games.Seat) []games.Metric {
	if w.fault == "no metrics later" && w.Now() > 3 {
		return nil
	}
	return w.World.Metrics(s)
}

func (w brokenWorld) Over() bool { return w.fault == "over too soon" }

type brokenBody struct {
	games.Body
	fault string
}

var asked float64

func (b *brokenBody) Observe(readings []int32, values []float64) {
	b.Body.Observe(readings, values)
	if b.fault == "wrong range" {
		values[0] = 1e9
		return
	}
	asked++
	values[0] = asked
}

type brokenTask struct {
	games.Task
	fault string
}

func (b brokenTask) Tick(body games.Body, call games.Call, state []uint64) (bt.Status, vocab.Channels) {
	if inner, ok := body.(*brokenBody); ok {
		body = inner.Body
	}
	status, used := b.Task.Tick(body, call, state)
	if b.fault == "foreign channels" && status == bt.Running {
		used |= 1 << 30
	}
	return status, used
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// faultOf names the fault that a child process is to show.
const faultOf = "DRYAD_GAMESTEST_FAULT"

// TestFaultsAreFound: the suite fails for a game with a fault, and says which
// part of the contract is broken.
func TestFaultsAreFound(t *testing.T) {
	if fault := os.Getenv(faultOf); fault != "" {
		gamestest.Run(t, broken{fault: fault, made: new(int)}, gamestest.Params{Ticks: 40})
		return
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for fault, part := range map[string]string{
		"other worlds":     "two_runs_are_equal",
		"any mode":         "configurations",
		"wrong range":      "readings_keep_their_ranges",
		"moving reading":   "a_tick_is_frozen",
		"no restore":       "a_restored_match_is_equal",
		"no metrics later": "results_and_metrics",
		"over too soon":    "optional_interfaces",
		"foreign channels": "tasks_keep_their_contract",
	} {
		child := exec.CommandContext(t.Context(), self, "-test.run=^TestFaultsAreFound$")
		child.Env = append(os.Environ(), faultOf+"="+fault)
		said, err := child.CombinedOutput()
		if err == nil || !strings.Contains(string(said), "--- FAIL: TestFaultsAreFound/"+part) {
			t.Errorf("%s: %v, want a fault in %s:\n%s", fault, err, part, said)
		}
	}
}
