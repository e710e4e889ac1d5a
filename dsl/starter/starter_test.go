package starter_test

import (
	"fmt"
	"testing"

	"dryad/dsl"
	"dryad/dsl/check"
	"dryad/dsl/internal/skirmish"
	"dryad/dsl/starter"
)

func TestEveryTacticChecks(t *testing.T) {
	names, _ := starter.Tactics()
	for _, tactic := range names {
		file, err := starter.New(tactic, "first", skirmish.Vocabulary)
		if err != nil {
			t.Errorf("%s: %v", tactic, err)
			continue
		}
		text := dsl.Format(file)
		if _, faults := check.Source("", text, skirmish.Vocabulary); len(faults) > 0 {
			t.Errorf("%s:\n%s%v", tactic, text, faults)
		}
	}
	if _, err := starter.New("sly", "first", skirmish.Vocabulary); err == nil {
		t.Error("an unknown tactic is taken")
	}
	if _, err := starter.New("minimal", "9", skirmish.Vocabulary); err == nil {
		t.Error("a bad name is taken")
	}
}

func ExampleNew() {
	file, _ := starter.New("cautious", "rookie", skirmish.Vocabulary)
	fmt.Print(dsl.Format(file))
	// Output:
	// # cautious: cares for itself first, acts when it is well
	// policy rookie for skirmish
	//
	// tree main:
	//   selector:
	//     # too little health
	//     memory sequence care:
	//       condition: health < 40
	//       task: move_to nearest_medkit
	//     sequence act:
	//       condition: has_enemy_in_view
	//       task: shoot nearest_enemy
	//     # when nothing else applies
	//     task: move_to random_enemy_location
}
