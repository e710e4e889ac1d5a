package merge_test

import (
	"fmt"
	"strings"
	"testing"

	"dryad/dsl"
	"dryad/dsl/merge"
)

func read(t testing.TB, source string) *dsl.File {
	t.Helper()
	file, faults := dsl.Parse("test", source)
	if !faults.OK() {
		t.Fatal(faults.Err())
	}
	return file
}

func Example() {
	runner, _ := dsl.Parse("runner", "policy runner for arena\n\ntree main:\n  tree: run\n\ntree run:\n  task: capture\n")
	fighter, _ := dsl.Parse("fighter", "policy fighter for arena\n\nkey calm: bool\n\ntree main:\n  task: explore\n")
	file, err := merge.Trees("both", "mode", []merge.Part{
		{Name: "runner", File: runner, Words: []string{"capture_the_flag", "domination"}},
		{Name: "fighter", File: fighter, Words: []string{"deathmatch"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(dsl.Format(file))
	// Output:
	// policy both for arena
	//
	// key calm: bool
	//
	// tree main:
	//   selector:
	//     sequence runner:
	//       condition: mode == capture_the_flag or mode == domination
	//       tree: runner_main
	//     sequence fighter:
	//       condition: mode != capture_the_flag and mode != domination
	//       tree: fighter_main
	//
	// tree runner_main:
	//   tree: runner_run
	//
	// tree runner_run:
	//   task: capture
	//
	// tree fighter_main:
	//   task: explore
}

// TestRefused: what cannot be joined is said.
func TestRefused(t *testing.T) {
	plain := "policy a for arena\n\nkey calm: bool\n\ntree main:\n  task: explore\n"
	for other, want := range map[string]string{
		"policy b for tag\n\ntree main:\n  task: stay\n":                       `for "tag", not for "arena"`,
		"policy b for arena\n\nkey calm: int\n\ntree main:\n  task: explore\n": "declares the key calm in another way",
		"policy b for arena\n\ntree main:\n  lua: think\n":                     "functions in Lua",
	} {
		_, err := merge.Trees("both", "mode", []merge.Part{{Name: "a", File: read(t, plain), Words: []string{"x"}}, {Name: "b", File: read(t, other), Words: []string{"y"}}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", other, err)
		}
	}
	if _, err := merge.Trees("one", "mode", []merge.Part{{Name: "a", File: read(t, plain)}}); err == nil {
		t.Error("one policy was merged")
	}
}
