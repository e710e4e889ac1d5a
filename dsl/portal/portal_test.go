package portal_test

import (
	"fmt"
	"testing"

	"dryad/dsl"
	"dryad/dsl/portal"
)

func ExampleImport() {
	file, faults := portal.Import("figure1.txt", `root
  selector
    sequence
      decorator BlackboardCheck(IsEnemyNearby, true, Equal)
      task AttackEnemy()
    decorator BlackboardCheck(HotPoint, empty, False)
      task MoveTo(HotPoint)
    task Survive() // Default action
`)
	fmt.Print(len(faults), " faults\n", dsl.Format(file))
	// Output:
	// 0 faults
	// tree main:
	//   selector:
	//     sequence:
	//       condition: is_enemy_nearby
	//       task: attack_enemy
	//     sequence:
	//       condition: has_hot_point
	//       task: move_to hot_point
	//     task: survive // Default action
}

func TestListing1(t *testing.T) {
	file, faults := portal.Import("", `selector:
  sequence:
    condition: no
    condition: has_enemy_in_view
    task: shoot random_enemy_in_view
`)
	want := dsl.Composed(dsl.Selector, "", dsl.Composed(dsl.Sequence, "",
		dsl.Test("not has_enemy_in_view"), dsl.Do(dsl.Task, "shoot", dsl.WordOf("random_enemy_in_view"))))
	if len(faults) > 0 || !file.Main().Root.Equal(want) {
		t.Errorf("%v\n%s", faults, dsl.Format(file))
	}
}

func TestChecks(t *testing.T) {
	for check, want := range map[string]string{
		"(Health, 30, Less)":           "health < 30",
		"(EnemyHP, 3, GreaterOrEqual)": "enemy_hp >= 3",
		"(Mode, Attack, NotEqual)":     "mode != attack",
		"(Seen, false, Equal)":         "not seen",
		"(Seen, true, NotEqual)":       "not seen",
		"(Target, empty, True)":        "not has_target",
	} {
		file, faults := portal.Import("", "root\n  decorator BlackboardCheck"+check+"\n")
		if len(faults) > 0 || file.Main().Root.Expression() != want {
			t.Errorf("%s: %v %s", check, faults, dsl.Format(file))
		}
	}
}

func TestFaultsStandWhereTheyAre(t *testing.T) {
	_, faults := portal.Import("", "root\n  selector\n    decorator Loop(3)\n      task A()\n    task B(((\n    tusk: c\n")
	var got string
	for _, d := range faults {
		got += fmt.Sprint(d.Range.Start.Line, " ", d.Code, "; ")
	}
	if got != "3 portal; 5 missing-colon; 6 unknown-node; " {
		t.Errorf("%s\n%v", got, faults)
	}
}

func FuzzImport(f *testing.F) {
	f.Add("root\n  decorator BlackboardCheck(A, empty, False)\n    task B(c) # d\n")
	f.Fuzz(func(t *testing.T, text string) { portal.Import("", text) })
}
