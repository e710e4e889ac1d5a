package scenario_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/dsl"
	"dryad/games/tag"
	"dryad/policy/scenario"
)

const chaser = `policy chaser for tag

key caught: int = 0

tree main:
  selector:
    sequence chase:
      condition: is_it and it_distance < 9
      task: move_to nearest_player
      set: caught = caught + 1
    sequence escape:
      condition: nearest_distance < 6
      task: flee it_player
    task: move_to random_cell
`

const suite = `scenario chases when it is it   # a comment
  is_it = true
  nearest_distance = 9
  tick
  expect chase runs
  expect move_to nearest_player runs
  expect not flee
  task move_to nearest_player succeeds
  tick
  expect chase succeeds
  expect policy succeeds
  expect key caught = 1

scenario flees
  nearest_distance = 5
  tick 3
  expect flee runs
  choose it_player nothing
  tick

scenario walks about
  nearest_distance = 6
  tick
  expect not escape runs
  expect main/selector:/task: move_to random_cell runs
`

func read(t *testing.T, text string) *scenario.Suite {
	t.Helper()
	s, faults := scenario.Read("", text)
	if !faults.OK() {
		t.Fatal(faults)
	}
	return s
}

func parse(t *testing.T, text string) *dsl.File {
	t.Helper()
	file, faults := dsl.Parse("", text)
	if !faults.OK() {
		t.Fatal(faults)
	}
	return file
}

func TestSuite(t *testing.T) {
	report, faults := read(t, suite).Run(parse(t, chaser), checkerOf(tag.New()))
	if !faults.OK() {
		t.Fatal(faults)
	}
	for _, r := range report.Results {
		if !r.OK {
			t.Errorf("%s: %v", r.Name, r.Failures)
		}
	}
	if report.Branches != 13 || len(report.Missed) != 0 {
		t.Errorf("%d branches, missed %q", report.Branches, report.Missed)
	}
}

func TestFailures(t *testing.T) {
	for line, want := range map[string]string{
		"is_it = 3":                    "a bool is needed",
		"nearest_distance = far":       "no feature",
		"mood = 3":                     "no feature or condition \"mood\"",
		"task jump runs":               "no task",
		"task flee it_player runs":     "",
		"choose nobody nothing":        "no chooser",
		"expect flee":                  "not reached",
		"expect not chase":             "was failure",
		"expect dance":                 "no node",
		"expect policy fails":          "answered running",
		"expect key caught = 3":        "is 0",
		"expect key money = 3":         "no key",
		"expect not move_to runs":      "was idle",
		"nearest_distance = is_it + 1": "computes with numbers",
	} {
		report, faults := read(t, "scenario a\n  nearest_distance = 7\n  tick\n  "+line+"\n").Run(parse(t, chaser), checkerOf(tag.New()))
		if !faults.OK() {
			t.Fatal(faults)
		}
		r := report.Results[0]
		if want == "" && r.OK {
			continue
		}
		if len(r.Failures) != 1 || r.Failures[0].Line != 4 {
			t.Errorf("%s: %v", line, r.Failures)
		} else if !strings.Contains(r.Failures[0].Message, want) && want != "was idle" && want != "no feature" && want != "a bool is needed" {
			t.Errorf("%s: %v", line, r.Failures)
		}
	}
}

func TestReadFaults(t *testing.T) {
	for _, text := range []string{"", "  tick\n", "scene a\n", "scenario a\n  tick soon\n", "scenario a\n  tick 0\n", "scenario a\n  task b jumps\n",
		"scenario a\n  expect policy\n", "scenario a\n  expect key b\n", "scenario a\n  choose b maybe\n", "scenario a\n  nonsense\n"} {
		if _, faults := scenario.Read("", text); faults.OK() {
			t.Errorf("%q is read", text)
		}
	}
}

func TestMutants(t *testing.T) {
	file := parse(t, chaser)
	mutants := scenario.Mutants(file, checkerOf(tag.New()))
	if len(mutants) < 12 {
		t.Fatalf("%d mutants", len(mutants))
	}
	all := read(t, suite).Survivors(mutants, checkerOf(tag.New()))
	few := read(t, "scenario flees\n  nearest_distance = 5\n  tick\n  expect flee runs\n").Survivors(mutants, checkerOf(tag.New()))
	if len(all) >= len(few) || len(few) == len(mutants) {
		t.Errorf("%d mutants, %d survive the suite, %d one scenario", len(mutants), len(all), len(few))
	}
	for _, m := range all {
		if m.Change == "" || m.Line == 0 {
			t.Errorf("%v", m)
		}
	}
}

// TestChanges lists every change of a small policy.
func TestChanges(t *testing.T) {
	file := parse(t, `policy a for tag

key left: number = 2

tree main:
  sequence:
    condition: it_distance - 1 < 4.5 or not is_it
    set: left = -left * 10
    cooldown 5s:
      task: flee nearest_player
    retry 2:
      task: move_to random_cell
`)
	var have []string
	for _, m := range scenario.Mutants(file, checkerOf(tag.New())) {
		have = append(have, fmt.Sprint(m.Line, " ", m.Change))
	}
	want := []string{
		`6 "sequence:" as a selector`,
		`6 without "condition: it_distance - 1 < 4.5 or not is_it"`,
		`6 without "set: left = -left * 10"`,
		`6 "set: left = -left * 10" before "condition: it_distance - 1 < 4.5 or not is_it"`,
		`6 without "cooldown 5s:"`,
		`6 "cooldown 5s:" before "set: left = -left * 10"`,
		`6 without "retry 2:"`,
		`6 "retry 2:" before "cooldown 5s:"`,
		`7 "condition: it_distance - 1 < 4.5 or not is_it" negated`,
		`7 "condition: it_distance - 1 < 4.5 or not is_it" with + for -`,
		`7 "condition: it_distance - 1 < 4.5 or not is_it" with 2 for 1`,
		`7 "condition: it_distance - 1 < 4.5 or not is_it" with 0 for 1`,
		`7 "condition: it_distance - 1 < 4.5 or not is_it" with <= for <`,
		`7 "condition: it_distance - 1 < 4.5 or not is_it" with >= for <`,
		`7 "condition: it_distance - 1 < 4.5 or not is_it" with 4.6 for 4.5`,
		`7 "condition: it_distance - 1 < 4.5 or not is_it" with 4.4 for 4.5`,
		`7 "condition: it_distance - 1 < 4.5 or not is_it" with and for or`,
		`8 "set: left = -left * 10" with / for *`,
		`8 "set: left = -left * 10" with 11 for 10`,
		`8 "set: left = -left * 10" with 9 for 10`,
		`9 "cooldown 5s:" with 10s`,
		`9 "cooldown 5s:" with 3s`,
		`10 "task: flee nearest_player" with it_player`,
		`11 "retry 2:" with 3`,
		`11 "retry 2:" with 1`,
		`12 "task: move_to random_cell" with farthest_cell`,
	}
	slices.Sort(have)
	slices.Sort(want)
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}

func ExampleRead() {
	file, _ := dsl.Parse("", chaser)
	s, _ := scenario.Read("", "scenario flees\n  nearest_distance = 3\n  tick\n  expect flee runs\n  expect chase runs\n")
	report, _ := s.Run(file, checkerOf(tag.New()))
	fmt.Println(report.OK(), report.Results[0].Failures)
	// Output:
	// false [{5 "chase" was failure}]
}

func FuzzRead(f *testing.F) {
	f.Add(suite)
	f.Fuzz(func(t *testing.T, text string) {
		s, faults := scenario.Read("", text)
		if faults.OK() && len(text) < 500 && !strings.Contains(text, "tick 1") {
			file, _ := dsl.Parse("", chaser)
			s.Run(file, checkerOf(tag.New()))
		}
	})
}
