package label_test

import (
	"os/exec"
	"strings"
	"testing"

	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker/label"
)

// TestOutOfReach: what learns from texts alone cannot see the labels.
func TestOutOfReach(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "dryad/lspo/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range strings.Fields(string(out)) {
		if strings.HasPrefix(path, "dryad/games/werewolf/speaker/label") {
			t.Errorf("lspo depends on %s", path)
		}
	}
}

func TestOf(t *testing.T) {
	set, err := rules.Default("classic", 7)
	if err != nil {
		t.Fatal(err)
	}
	const w, s, d, v = rules.Werewolf, rules.Seer, rules.Doctor, rules.Villager
	set.Deal = []rules.Role{s, w, d, v, v, w, v}
	table := rules.Deal(set, 1)
	for table.Phase() == rules.Night {
		for seat := range table.Pending().All() {
			target := table.Legal(seat).Lowest() // the seer looks at 1
			if err := table.Decide(seat, rules.Point(target)); err != nil {
				t.Fatal(err)
			}
		}
	}
	view := table.View(0)
	for text, want := range map[string]string{
		"I am the seer, and player_1 is a werewolf.":      "reveal",
		"I am the seer, and player_2 is a werewolf.":      "fabricate",
		"I am the seer, and player_1 is not a werewolf.":  "fabricate",
		"Well. My role is villager. That is all from me.": "claim",
		"I pass.":             "silent",
		"I am innocent.":      "defend",
		"Colourless ideas.":   "",
		"I suspect player_3.": "accuse",
	} {
		n, name, ok := label.Of(view, text)
		if name != want || ok != (want != "") || ok && label.Name(n) != want {
			t.Errorf("%q: %d %q %v, want %q", text, n, name, ok, want)
		}
	}
}
