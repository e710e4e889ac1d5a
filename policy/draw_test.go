package policy_test

import (
	"slices"
	"testing"

	"dryad/bt"
	"dryad/games"
	"dryad/policy"
	"dryad/vocab"
)

// drawStage notes the draw and the target of each call of its tasks. a1 reads
// its draw, a2 does not.
type drawStage struct {
	*stage
	draws   *[]uint64
	targets *[]int32
}

func (s drawStage) Task(index int) games.Task {
	if index == 1 {
		return undrawnTask{drawTask{s}}
	}
	return drawTask{s}
}

type drawTask struct{ stage drawStage }

func (drawTask) Words() int { return 0 }

func (t drawTask) Tick(_ games.Body, call games.Call, _ []uint64) (bt.Status, vocab.Channels) {
	*t.stage.draws = append(*t.stage.draws, call.Draw)
	*t.stage.targets = append(*t.stage.targets, call.Args[0].Target.ID)
	return bt.Success, 0
}

func (drawTask) Halt(games.Body, games.Call, []uint64) {}

type undrawnTask struct{ drawTask }

func (undrawnTask) Undrawn() {}

// TestUndrawn: a task that reads no draw gets 0, a task that does gets a new
// word in each activation, and choosers choose the same for both.
func TestUndrawn(t *testing.T) {
	play := func(task string) (draws []uint64, targets []int32) {
		s := drawStage{newStage(), &draws, &targets}
		p, faults := policy.Parse("test", []byte("tree main:\n  task: "+task+"\n"), s, policy.Params{})
		if p == nil {
			t.Fatal(faults.Err())
		}
		agent, batch := p.NewAgent(5, 0), policy.NewBatch()
		for now := range 4 {
			agent.Tick(s, now, batch)
			batch.Run()
			agent.Finish(s)
		}
		return draws, targets
	}
	draws, _ := play("a1")
	if slices.Contains(draws, 0) || len(slices.Compact(slices.Sorted(slices.Values(draws)))) != 4 {
		t.Errorf("a task that reads its draw gets %v", draws)
	}
	if draws, _ := play("a2"); !slices.Equal(draws, make([]uint64, 4)) {
		t.Errorf("a task that reads no draw gets %v", draws)
	}
	_, chosen := play("a2 someone")
	if again, _ := play("a2 someone"); slices.Contains(again, 0) || len(slices.Compact(slices.Sorted(slices.Values(chosen)))) < 2 {
		t.Errorf("choosers of a task that reads no draw choose %v with %v", chosen, again)
	}
}
