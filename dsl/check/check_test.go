package check_test

import (
	"fmt"
	"strings"
	"testing"

	"dryad/dsl"
	"dryad/dsl/check"
	words "dryad/dsl/internal/skirmish"
)

var skirmish = words.Vocabulary

func TestVocabulary(t *testing.T) {
	if err := skirmish.Validate(); err != nil {
		t.Fatal(err)
	}
}

// TestClean checks policies without any fault.
func TestClean(t *testing.T) {
	for name, source := range map[string]string{
		"listing 1": `selector:
  sequence:
    condition: has_enemy_in_view
    task: shoot random_enemy_in_view
  sequence:
    condition: no
    condition: has_enemy_in_view
    task: move_to random_enemy_location
`,
		"everything": `policy a for skirmish

key mood: enum(calm, angry) = calm
key count: int = 0 in team
key rest: duration = 2s in tree

tree main:
  selector:
    memory sequence heal:
      condition: health < 30
      task: move_to nearest_medkit speed=0.5
    sequence:
      condition: mood == angry and since_hit < 2s and weapon == shotgun
      parallel:
        task: move_to nearest_enemy (health / 200)
        net: aim_net nearest_enemy
    tree: hunt nearest_enemy 5
    utility margin 0.1:
      score 1 - ammo / 50:
        not:
          set: mood = angry
      score has_enemy_in_view:
        cooldown 200ms:
          task: strafe left
    random:
      weight 2:
        fail:
          sequence:
            set: count = count + 1
            set: rest = 1s
      task: aim -90deg
    timeout 5s:
      retry 3:
        task: rest rest
    lua: think health nearest_enemy (ammo + count) 3
    task: hold

tree hunt(prey: agent, patience: number = 2):
  sequence:
    condition: patience > 1
    task: move_to prey
    wait: 200ms
`,
	} {
		if _, faults := check.Source(name, source, skirmish); len(faults) > 0 {
			t.Errorf("%s:\n%s", name, dsl.Render(faults, dsl.RenderParams{Source: source}))
		}
	}
}

// TestFaults checks faulty policies; want is "line:column code" of each fault.
func TestFaults(t *testing.T) {
	in := func(lines ...string) string { return "selector:\n  " + strings.Join(lines, "\n  ") + "\n" }
	chief := func(lines ...string) string {
		return "policy a for skirmish by scheduler\n" + strings.Join(lines, "\n") + "\ntree main:\n  utility margin 1:\n    task: hold\n    task: strafe\n"
	}
	cases := []struct{ name, source, want string }{
		{"task", in("task: shot nearest_enemy"), "2:9 unknown-task"},
		{"condition", in("condition: has_enemy_in_veiw", "task: strafe"), "2:14 unknown-name"},
		{"expression", in("condition: helth < 3 and amo > 2", "task: strafe"), "2:14 unknown-name, 2:28 unknown-name"},
		{"chooser", in("task: shoot nearest_enmy"), "2:15 unknown-argument"},
		{"chooser kind", in("task: shoot nearest_medkit"), "2:15 type"},
		{"missing", in("task: move_to"), "2:3 missing-argument"},
		{"extra", in("task: shoot nearest_enemy nearest_enemy"), "2:29 extra-argument"},
		{"named", in("task: move_to nearest_enemy pace=1"), "2:36 unknown-parameter"},
		{"range", in("task: move_to nearest_enemy 7"), "2:31 range"},
		{"word", in("task: strafe lefft"), "2:16 unknown-argument"},
		{"number for target", in("task: shoot 3"), "2:15 type"},
		{"unit", in("task: rest 3"), "2:14 unit"},
		{"wrong unit", in("task: rest 3turns"), "2:14 unit"},
		{"wait", in("wait: 3", "task: strafe"), "2:9 unit, 3:3 unreachable"},
		{"turns", in("wait: 3turns", "task: strafe"), "2:9 unit, 3:3 unreachable"},
		{"retry", in("retry 0:", "  task: strafe"), "2:9 range"},
		{"retry unit", in("retry 2s:", "  task: strafe"), "2:9 unit"},
		{"tree", in("tree: hunt"), "2:9 unknown-tree"},
		{"net", in("net: aim_nett nearest_enemy"), "2:8 unknown-net"},
		{"set", in("set: foo = 1", "task: strafe"), "2:8 unknown-key, 3:3 unreachable"},
		{"set feature", in("set: health = 1", "task: strafe"), "2:8 unknown-key, 3:3 unreachable"},
		{"unreachable", in("task: hold", "sequence:", "  task: hold", "  task: strafe"), "5:5 unreachable"},
		{"always", in("condition: health < 500", "task: strafe"), "2:14 always-true, 3:3 unreachable"},
		{"loop", in("repeat:", "  condition: has_enemy_in_view", "task: strafe"), "2:3 taskless-loop"},
		{"movers", in("parallel:", "  task: strafe", "  task: move_to nearest_enemy"), "4:5 two-movers"},
		{"movers below", in("parallel:", "  sequence:", "    task: strafe", "  tree: run") + "tree run:\n  task: strafe\n",
			"5:5 two-movers"},
		{"masked", in("parallel:", "  task: shoot nearest_enemy", "  task: aim 3"), "4:5 masked-task"},
		{"undoing", in("sequence:", "  condition: health < 30 and ammo > 1", "  task: move_to nearest_medkit"), "3:5 self-undoing"},
		{"weight", in("weight 2:", "  task: strafe"), "2:3 misplaced"},
		{"score", "utility:\n  task: strafe\n", "2:3 no-score"},
		{"no weight", "random:\n  weight 0:\n    task: strafe\n", "1:1 range"},
		{"names", in("sequence a:", "  task: strafe", "sequence a:", "  task: strafe"), "4:12 name-twice"},
		{"no task", "condition: health < 3\n", "1:1 no-task"},
		{"game", "policy a for arena\ntree main:\n  task: strafe\n", "1:14 wrong-game"},
		{"no main", "tree man:\n  task: strafe\n", "1:6 no-main"},
		{"twice", "tree main:\n  task: strafe\ntree main:\n  task: strafe\n", "3:6 tree-twice"},
		{"unused tree", "tree main:\n  task: strafe\ntree b:\n  task: strafe\n", "3:6 unused-tree"},
		{"recursion", "tree main:\n  tree: b\ntree b:\n  tree: main\n", "4:9 recursion"},
		{"key type", "key a: strin = 0\ntree main:\n  sequence:\n    set: a = 1\n    condition: a == 1\n    task: strafe\n", "1:8 unknown-type"},
		{"key default", "key a: int = 0.5\ntree main:\n  sequence:\n    set: a = 1\n    condition: a == 1\n    task: strafe\n", "1:14 type"},
		{"key word", "key a: enum(x, y) = z\ntree main:\n  sequence:\n    set: a = zz\n    condition: a == w\n    task: strafe\n",
			"1:21 unknown-argument, 4:14 unknown-word, 5:21 unknown-word"},
		{"shadow", "key health: int = 0\ntree main:\n  task: strafe\n", "1:5 shadows, 1:5 unused-key"},
		{"read first", "key a: int\ntree main:\n  sequence:\n    condition: a == 1\n    set: a = 1\n    task: strafe\n", "4:5 read-before-set"},
		{"never set", "key a: int = 1\ntree main:\n  sequence:\n    condition: a == 1\n    task: strafe\n", "1:5 never-set"},
		{"set type", "key a: int = 1\ntree main:\n  sequence:\n    set: a = 0.5\n    condition: a == 1\n    task: strafe\n", "4:14 type"},
		{"param type", "tree main:\n  tree: b 3\ntree b(x: agnt):\n  task: shoot x\n", "2:11 type, 3:8 unknown-type, 4:15 unknown-argument"},
		{"by net", in("task: shoot nearest_enemy by net", "task: hold by net", "task: hld by net"), "3:9 no-net, 4:9 unknown-task"},
		{"scheduler", chief("input: health", "output: 1 0", "output: -1 2.5e-3"), ""},
		{"hidden", chief("input: health", "input: has_enemy_in_view", "hidden: 1 2 3", "output: 1 0", "output: 0 1"), ""},
		{"no scheduler", "input: health\ntree main:\n  task: strafe\n", "1:1 no-scheduler"},
		{"weights", chief("input: health", "hidden: 1 2 3", "output: 1 0", "output: 1"), "3:1 weights, 5:1 weights"},
		{"outputs", chief("input: helth", "output: 1 0"), "2:8 unknown-name, 5:3 no-options"},
		{"weight of a scheduler", chief("input: 1", "output: 1 x", "output: 1 0"), "3:11 syntax, 6:3 no-options"},
		{"score of a scheduler", "policy a for skirmish by scheduler\ninput: 1\noutput: 1 0\ntree main:\n  utility:\n    score 1:\n      task: hold\n", "6:5 no-options"},
		{"root of a scheduler", "policy a for skirmish by scheduler\ntree main:\n  task: hold\n", "3:3 no-options"},
		{"by others", "policy a for skirmish by hand\ntree main:\n  task: hold\n", "1:26 syntax"},
		{"param kind", "tree main:\n  tree: b nearest_medkit\ntree b(x: item):\n  task: shoot x\n", "4:15 type"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, faults := check.Source("", c.source, skirmish)
			var got []string
			for _, d := range faults {
				got = append(got, fmt.Sprintf("%s %s", d.Range.Start, d.Code))
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("got  %q\nwant %q\n%s", strings.Join(got, ", "), c.want, dsl.Render(faults, dsl.RenderParams{Source: c.source}))
			}
		})
	}
}

func TestCostIsBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("tree main:\n  tree: t0\n")
	for i := range 30 {
		fmt.Fprintf(&b, "tree t%d:\n  sequence:\n    tree: t%d\n    tree: t%d\n", i, i+1, i+1)
	}
	b.WriteString("tree t30:\n  task: strafe\n")
	_, faults := check.Source("", b.String(), skirmish)
	if len(faults) != 1 || faults[0].Code != "too-costly" {
		t.Errorf("%v", faults)
	}
}

// TestEveryFixMends applies the fixes of one fault at a time.
func TestEveryFixMends(t *testing.T) {
	for _, source := range []string{
		"task: shot nearest_enemy\n", "task: shoot nearest_enmy\n", "task: move_to nearest_enemy 0.5 3\n",
		"task: rest 3\n", "timeout 3:\n  task: strafe\n", "retry 0:\n  task: strafe\n",
		"sequence:\n  condition: weapon = shotgun\n  task: strafe\n", "sequence:\n  condition: since_hit > 3\n  task: strafe\n",
		"sequence:\n  condition: health < 30\n  task: move_to nearest_medkit\n",
		"tree main:\n  sequence:\n    set: a = 1\n    condition: a == 1\n    task: strafe\n",
		"policy a for arena\ntree man:\n  task: strafe\n",
		"sequence:\n  task: hold\n  task: strafe\n",
	} {
		_, faults := check.Source("", source, skirmish)
		mended, applied := dsl.ApplyFixes(source, faults, true)
		if _, left := check.Source("", mended, skirmish); len(applied) == 0 || len(left) > 0 {
			t.Errorf("%q became %q: %v", source, mended, left)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("selector:\n  sequence:\n    condition: health < 30\n    task: move_to nearest_medkit\n")
	f.Add("key a: enum(x) = y in team\ntree main:\n  tree: b 3 x=4\ntree b(x: agent, y: int = 5s):\n  set: a = x\n")
	f.Add("utility margin 3s:\n  score health:\n    lua: f (1) -2deg\n")
	f.Fuzz(func(t *testing.T, source string) {
		_, faults := check.Source("", source, skirmish)
		for _, d := range faults {
			if d.Summary == "" || d.Code == "" {
				t.Fatalf("%q: an empty diagnostic", source)
			}
		}
		dsl.ApplyFixes(source, faults, true)
	})
}
