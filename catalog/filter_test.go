package catalog_test

import (
	"strings"
	"testing"

	"dryad/catalog"
)

func arenaRow(t testing.TB) *catalog.Row {
	t.Helper()
	row, err := catalog.Find("arena")
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func choose(t *testing.T, text string) ([]catalog.Definition, error) {
	t.Helper()
	f, err := catalog.ParseFilter(text)
	if err != nil {
		return nil, err
	}
	return arenaRow(t).Choose(f)
}

// TestFilter: a filter chooses what it says, and several values add up.
func TestFilter(t *testing.T) {
	all, err := choose(t, "")
	if err != nil || len(all) != len(arenaRow(t).Definitions()) {
		t.Fatalf("%d games, %v", len(all), err)
	}
	one, err := choose(t, "mode=domination split=held-out")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range one {
		if d.Mode != "domination" || d.Split != "held-out" {
			t.Errorf("%+v", d)
		}
	}
	other, err := choose(t, "mode=gun_game  split=held-out")
	if err != nil {
		t.Fatal(err)
	}
	both, err := choose(t, "mode=domination,gun_game split=held-out")
	if err != nil || len(both) != len(one)+len(other) || len(one) == 0 || len(other) == 0 {
		t.Errorf("%d and %d games make %d, %v", len(one), len(other), len(both), err)
	}
}

// TestFilterRefuses: what cannot be meant is said, with what may have been.
func TestFilterRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"mod=deathmatch": `did you mean "mode"?`,
		"mode=deathmach": `no game of arena has the mode "deathmach"; did you mean "deathmatch"?`,
		"deathmatch":     "is no PROPERTY=VALUE",
		"mode=":          "empty value",
		"mode=gun_game,": "empty value",
		"colour=red":     "there are mode, family, map, rules, split",
		"mode=gun_game rules=duel family=caves map=generated:caves:1 split=held-out": "no game of arena matches",
	} {
		if _, err := choose(t, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	tag, err := catalog.Find("tag")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tag.Choose(nil); err == nil || !strings.Contains(err.Error(), "tag has no named definitions") {
		t.Error(err)
	}
}

// TestSample: equal seeds draw equally, other seeds otherwise, nothing twice.
func TestSample(t *testing.T) {
	all := arenaRow(t).Definitions()
	a, b, c := catalog.Sample(all, 50, 1), catalog.Sample(all, 50, 1), catalog.Sample(all, 50, 2)
	seen, same := map[string]bool{}, 0
	for i := range a {
		if a[i].Name != b[i].Name || seen[a[i].Name] {
			t.Fatalf("%s", a[i].Name)
		}
		seen[a[i].Name] = true
		if a[i].Name == c[i].Name {
			same++
		}
	}
	if len(a) != 50 || same > 25 {
		t.Errorf("%d drawn, %d as with another seed", len(a), same)
	}
	if got := catalog.Sample(all[:3], 50, 1); len(got) != 3 {
		t.Errorf("%d of 3", len(got))
	}
}

// FuzzParseFilter reads any text; what is read is written and read again as the
// same filter.
func FuzzParseFilter(f *testing.F) {
	for _, text := range []string{"", "mode=capture_the_flag split=training", "map=freedm.wad:MAP01,generated:1 rules=fog", "mode==", "a=b"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		first, err := catalog.ParseFilter(text)
		if err != nil {
			return
		}
		again, err := catalog.ParseFilter(first.String())
		if err != nil || again.String() != first.String() || len(again) != len(first) {
			t.Errorf("%q is written as %q, which reads as %q, %v", text, first, again, err)
		}
	})
}
