package arena_test

import (
	"strings"
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

// TestDescribeWeapons: an author is told of the weapons that the rules allow,
// with the numbers of the rules.
func TestDescribeWeapons(t *testing.T) {
	describe := func(c games.Config) string {
		lines, err := arena.New().(games.Describer).Describe(c)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(lines, "\n")
	}
	usual := describe(games.Config{})
	for _, want := range []string{
		"The shotgun (rank 4) does 7 pellets of 5 to 15 damage a shot (mean 70, 66.2 a second if all hits), a shot every 1.06 s, 0.09 s after the trigger; it needs 0.20 s more when the trigger is not held; spread up to 6 degrees to either side; it reaches 2048 map units; worth firing up to 900; heard within 1536; ammunition: 1 shells a shot, at most 50 are carried.",
		"The rocket_launcher (rank 7) does 20 to 160 damage a shot (mean 90, 157.5 a second if all hits), a shot every 0.57 s, 0.23 s after the trigger; it flies 700 map units a second and explodes with 128 damage in the centre",
		"a shot every 0.11 s, 2 a pull of the trigger; spread", "a change of weapon takes 0.86 s", "medikit 25 (up to 100)", "green armour 100 (absorbs 1/3 of the damage)", "running within 768 map units",
	} {
		if !strings.Contains(usual, want) {
			t.Errorf("it lacks %q:\n%s", want, usual)
		}
	}
	varied := describe(games.Config{Rules: []byte(`{"weapon":"shotgun","only_weapon":true,"no_items":true,"damage":200,"hearing":50}`)})
	if !strings.Contains(varied, "7 pellets of 10 to 30 damage a shot (mean 140,") || !strings.Contains(varied, "heard within 768.") {
		t.Errorf("the rules are not in:\n%s", varied)
	}
	for _, absent := range []string{"The pistol", "medikit", "shells a shot"} {
		if strings.Contains(varied, absent) {
			t.Errorf("it tells of %q:\n%s", absent, varied)
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
