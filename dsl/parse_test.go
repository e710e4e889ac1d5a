package dsl_test

import (
	"strings"
	"testing"

	"dryad/dsl"
)

// listing1 is Listing 1 of the PORTAL paper, verbatim.
const listing1 = `selector:
  sequence:
    condition: has_enemy_in_view
    task: shoot random_enemy_in_view
  sequence:
    condition: no
    condition: has_enemy_in_view
    task: move_to random_enemy_location
`

const rusher = `# plays fast
policy rusher for arena // the header

key alarm: bool = false in team
key mode: enum(calm, angry) = calm # mood
key rest: duration = 5s in tree

tree main:
  selector:
    # stay alive
    sequence survive:
      condition: health < 30 and not has_enemy_in_view
      task: move_to nearest_medkit speed=2

    memory sequence engage:
      condition: has_enemy_in_view
      parallel first:
        task: shoot weakest_enemy_in_view (health / 2)
        task: strafe -1.5
    utility margin 0.1 pick:
      score 1 - health / 100:
        timeout 200ms:
          task: hold
      score has_enemy_in_view ? 1 : 0:
        net: shoot
    random:
      weight 3:
        set: mode = angry
      weight 1:
        lua: greet 90deg
    repeat 3 again:
      retry:
        wait: 2turns
    tree: patrol nearest_enemy 5
# the end of main

tree patrol(target: agent, range: number = 5):
  cooldown 5s:
    task: move_to target
# the end
`

func mustParse(t testing.TB, source string) *dsl.File {
	t.Helper()
	file, faults := dsl.Parse("test.dryad", source)
	if len(faults) > 0 {
		t.Fatalf("%s", dsl.Render(faults, dsl.RenderParams{Source: source}))
	}
	return file
}

func TestParseListing1(t *testing.T) {
	file := mustParse(t, listing1)
	want := dsl.Composed(dsl.Selector, "",
		dsl.Composed(dsl.Sequence, "",
			dsl.Test("has_enemy_in_view"),
			dsl.Do(dsl.Task, "shoot", dsl.WordOf("random_enemy_in_view"))),
		dsl.Composed(dsl.Sequence, "",
			dsl.Test("not has_enemy_in_view"),
			dsl.Do(dsl.Task, "move_to", dsl.WordOf("random_enemy_location"))))
	if !file.Main().Root.Equal(want) {
		t.Errorf("listing 1 reads as\n%s", dsl.Format(file))
	}
}

func TestFormatKeepsEverything(t *testing.T) {
	file := mustParse(t, rusher)
	text := dsl.Format(file)
	want := strings.Replace(rusher, "# the end of main\n\n", "\n# the end of main\n", 1)
	want = strings.Replace(want, "# the end\n", "\n# the end\n", 1)
	if text != want {
		t.Errorf("formatted:\n%s", text)
	}
	again := mustParse(t, text)
	if !again.Equal(file) || dsl.Format(again) != text {
		t.Errorf("formatting is not stable:\n%s", dsl.Format(again))
	}
	if !file.Clone().Equal(file) || dsl.Format(file.Clone()) != text {
		t.Error("a clone differs")
	}
}

func TestRanges(t *testing.T) {
	file := mustParse(t, rusher)
	lines := strings.Split(rusher, "\n")
	cut := func(r dsl.Range) string { return lines[r.Start.Line-1][r.Start.Column-1 : r.End.Column-1] }
	file.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
		if got := cut(n.Range); got != n.Line() {
			t.Errorf("range of %q is %q", n.Line(), got)
		}
		if n.Word != "" && cut(n.WordRange) != n.Word || n.Name != "" && cut(n.WordRange) != n.Name {
			t.Errorf("word of %q is %q", n.Line(), cut(n.WordRange))
		}
		for i := range n.Args {
			if a := &n.Args[i]; a.Kind != dsl.AmountArg && cut(a.Range) != a.Text {
				t.Errorf("argument %q of %q stands at %q", a.Text, n.Line(), cut(a.Range))
			}
		}
		return true
	})
}
