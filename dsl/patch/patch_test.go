package patch_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dryad/dsl"
	"dryad/dsl/internal/random"
	"dryad/dsl/patch"
	_ "dryad/internal/fixedseed"
)

const rusher = `policy rusher for arena

tree main:
  selector:
    # stay alive
    sequence survive:
      condition: health < 30
      task: move_to nearest_medkit
    sequence engage:
      condition: has_enemy_in_view
      task: shoot nearest_enemy
      task: strafe
    task: strafe
`

func parse(t testing.TB, text string) *dsl.File {
	t.Helper()
	file, faults := dsl.Parse("", text)
	if !faults.OK() {
		t.Fatal(faults)
	}
	return file
}

func ExampleApply() {
	file, _ := dsl.Parse("", rusher)
	changed, faults := patch.Apply(file, "", `change survive to memory sequence survive
insert after survive:
  cooldown 5s:
    task: shout
remove engage/task: strafe
remove main/selector:/engage/task: strafe
move engage before survive
wrap main/selector:/task: strafe in timeout 2s
`)
	fmt.Println(faults)
	changed, faults = patch.Apply(file, "", `change survive to memory sequence survive
insert after survive:
  cooldown 5s:
    task: shout
remove main/selector:/engage/task: strafe
move engage before survive
wrap main/selector:/task: strafe in timeout 2s
`)
	fmt.Print(len(faults), "\n", dsl.Format(changed))
	// Output:
	// [5:1: error: there is no node "engage/task: strafe", did you mean "task: strafe"? [unknown-target]]
	// 0
	// policy rusher for arena
	//
	// tree main:
	//   selector:
	//     sequence engage:
	//       condition: has_enemy_in_view
	//       task: shoot nearest_enemy
	//     # stay alive
	//     memory sequence survive:
	//       condition: health < 30
	//       task: move_to nearest_medkit
	//     cooldown 5s:
	//       task: shout
	//     timeout 2s:
	//       task: strafe
}

func TestFaults(t *testing.T) {
	for text, want := range map[string]string{
		"remove nothing":                         "unknown-target",
		"remove task: strafe":                    "ambiguous",
		"remove main":                            "root",
		"remove":                                 "syntax",
		"delete survive":                         "unknown-instruction",
		"replace survive:":                       "empty",
		"replace survive:\n  task a":             "missing-colon",
		"replace survive:\n  task: a\n  task: b": "replace",
		"move survive into engage":               "syntax",
		"move survive last in survive":           "move",
		"wrap survive in task: a":                "wrap",
		"wrap survive in colldown 5s":            "unknown-node",
		"change survive to task: a":              "change",
		"unwrap survive":                         "unwrap",
		"insert first in task: shoot nearest_enemy:\n  task: b": "leaf",
		"add:\n  task: b":     "syntax",
		"remove tree main":    "syntax",
		"remove key a":        "unknown-target",
		"  remove survive":    "indentation",
		"remove survive\n  x": "indentation",
		"remove main/selector:/survive/condition: health < 30\nremove main/selector:/survive/task: move_to nearest_medkit": "no-child",
	} {
		changed, faults := patch.Apply(parse(t, rusher), "", text)
		if changed != nil || len(faults) == 0 || faults[0].Code != want {
			t.Errorf("%q: %v", text, faults)
		}
	}
}

// TestBegins: a patch is told from a policy by its first line.
func TestBegins(t *testing.T) {
	for text, want := range map[string]bool{
		"remove x": true,
		"\n# why\nreplace `main/a b`:\n  task: x": true,
		"add:\n  tree patrol:\n    task: stay":    true,
		"policy p for tag\n":                      false,
		"tree main:\n  task: stay":                false,
		"add it up":                               false,
		"remove":                                  false,
		"  remove x":                              false,
		"":                                        false,
	} {
		if got := patch.Begins(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
	for _, line := range patch.Usage() {
		verb, _, _ := strings.Cut(line, " ")
		if verb != "policy" && verb != "add:" && !patch.Begins(line) {
			t.Errorf("%q does not begin a patch", line)
		}
	}
}

func TestDiffIsSmall(t *testing.T) {
	before := parse(t, rusher)
	after := parse(t, strings.Replace(strings.Replace(rusher, "health < 30", "health < 50", 1), "    task: strafe\n", "    wait: 1s\n", 1))
	want := "change `main/selector:/survive/condition: health < 30` to condition: health < 50\n"
	if got := patch.Diff(before, after); !strings.HasPrefix(got, want) || strings.Count(got, "\n") > 4 {
		t.Errorf("%s", got)
	}
	if got := patch.Diff(before, parse(t, "# other words\n"+strings.Replace(rusher, "# stay alive", "// live", 1))); got != "" {
		t.Errorf("comments are a difference: %s", got)
	}
}

// TestDiffWraps: what is put around a node, or taken from around it, is one
// instruction each, and the node itself is not written again.
func TestDiffWraps(t *testing.T) {
	cooled := parse(t, rusher)
	root := cooled.Main().Root
	root.Children[1] = dsl.Timed(dsl.Cooldown, 5, dsl.Seconds, dsl.Composed(dsl.Not, "", root.Children[1]))
	want := "wrap `main/selector:/engage` in cooldown 5s\nwrap `main/selector:/cooldown 5s:/engage` in not\n"
	if got := patch.Diff(parse(t, rusher), cooled); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	want = "unwrap `main/selector:/cooldown 5s:`\nunwrap `main/selector:/not:`\n"
	if got := patch.Diff(cooled, parse(t, rusher)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	want = "wrap `main/task: a` in not\n"
	if got := patch.Diff(parse(t, "tree main:\n  task: a\n"), parse(t, "tree main:\n  not:\n    task: a\n")); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestApplyDiff: the difference between two policies turns one into the other.
func TestApplyDiff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := random.Policy().Draw(t, "from"), random.Policy().Draw(t, "to")
		to.Policy.Name, to.Policy.Game = from.Policy.Name, from.Policy.Game
		to.Policy.Scheduler = to.Policy.Scheduler && from.Policy.Name != ""
		if rapid.Bool().Draw(t, "alike") {
			to = from.Clone()
			if edit(t, to.Trees[0].Root); rapid.Bool().Draw(t, "wrapped") {
				to.Trees[0].Root = dsl.Composed(dsl.Not, "", to.Trees[0].Root)
			}
		}
		text := patch.Diff(from, to)
		got, faults := patch.Apply(from, "", text)
		if len(faults) > 0 || !got.Equal(to) {
			t.Fatalf("%s%v\nfrom\n%sto\n%s", text, faults, dsl.Format(from), dsl.Format(to))
		}
	})
}

// edit changes something below a node.
func edit(t *rapid.T, n *dsl.Node) {
	for len(n.Children) > 1 {
		if rapid.Bool().Draw(t, "here") {
			n.Children[0], n.Children[1] = n.Children[1], n.Children[0]
			return
		}
		n = n.Children[rapid.IntRange(0, len(n.Children)-1).Draw(t, "child")]
	}
	if n.Kind == dsl.Task {
		n.Word = "other"
	}
}

func FuzzApply(f *testing.F) {
	for _, s := range []string{"remove survive", "move a before b", "wrap survive in not", "add:\n  tree a:\n    task: b\n", "policy a for b", "insert last in main:\n  wait: 1s"} {
		f.Add(s)
	}
	file := parse(f, rusher)
	f.Fuzz(func(t *testing.T, text string) {
		changed, faults := patch.Apply(file, "", text)
		if (changed == nil) == faults.OK() {
			t.Fatalf("%q: %v", text, faults)
		}
	})
}
