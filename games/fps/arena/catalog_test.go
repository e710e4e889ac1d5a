package arena_test

import (
	"testing"

	"dryad/games"
	"dryad/games/fps/arena"
)

func TestCatalogue(t *testing.T) {
	all := arena.Catalog()
	names, splits, modes := map[string]bool{}, map[string]int{}, map[string]int{}
	split := map[string]string{}
	for _, d := range all {
		if names[d.Name] {
			t.Fatalf("%s is defined twice", d.Name)
		}
		names[d.Name] = true
		splits[d.Split]++
		modes[d.Mode]++
		if s, ok := split[d.Config.Map]; ok && s != d.Split {
			t.Fatalf("%s is both in %s and %s", d.Config.Map, s, d.Split)
		}
		split[d.Config.Map] = d.Split
		if _, err := arena.New().Complete(d.Config); err != nil {
			t.Fatalf("%s: %v", d.Name, err)
		}
		if found, ok := arena.Find(d.Name); !ok || found.Name != d.Name {
			t.Fatalf("%s is not found", d.Name)
		}
	}
	if len(all) < 10000 || len(split) < 2000 {
		t.Errorf("%d definitions on %d maps", len(all), len(split))
	}
	for _, s := range []string{arena.Training, arena.Validation, arena.HeldOut} {
		if splits[s] < len(all)/20 {
			t.Errorf("%d definitions for %s", splits[s], s)
		}
	}
	for _, m := range arena.ModeNames() {
		if modes[m] < 500 {
			t.Errorf("%d definitions of %s", modes[m], m)
		}
	}
}

// A spread of the catalogue is playable; the command checks all of it.
func TestCataloguePlayable(t *testing.T) {
	all := arena.Catalog()
	for i := 0; i < len(all)-990; i += 1499 {
		c := all[i].Config
		if faults, _ := arena.Playable(c.Map, []games.Config{c}); faults[0] != nil {
			t.Errorf("%s: %v", all[i].Name, faults[0])
		}
	}
}

func TestDescribe(t *testing.T) {
	for _, mode := range arena.ModeNames() {
		d, ok := arena.Find(firstOf(mode))
		if !ok {
			t.Fatalf("no definition of %s", mode)
		}
		lines, err := arena.Describe(d.Config)
		if err != nil || len(lines) < 5 {
			t.Errorf("%s: %q, %v", mode, lines, err)
		}
	}
}

func firstOf(mode string) string {
	for _, d := range arena.Catalog() {
		if d.Mode == mode {
			return d.Name
		}
	}
	return ""
}
