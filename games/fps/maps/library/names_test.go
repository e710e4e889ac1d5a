package library_test

import (
	"testing"

	"dryad/games/fps/maps"
	"dryad/games/fps/maps/library"
)

// TestLoadErrors: names that are none are refused.
func TestLoadErrors(t *testing.T) {
	for _, name := range []string{"", "freedm.wad", "freedm.wad:", "freedm.wad:MAP99", "nowhere.wad:MAP01", "/nowhere/x.wad:MAP01"} {
		if _, err := library.Load(name); err == nil {
			t.Errorf("loading %q succeeded", name)
		} else {
			t.Log(err)
		}
	}
}

// TestLoadGenerated: a seed alone picks a family, and a map is made once.
func TestLoadGenerated(t *testing.T) {
	a, b := load(t, "generated:7"), load(t, "generated:teams:7")
	if a != b {
		t.Errorf("a seed alone gives %q, want %q", a.Name, b.Name)
	}
	if again := load(t, a.Name); again != a {
		t.Errorf("%q is loaded twice", a.Name)
	}
	for _, name := range []string{"generated:", "generated:x", "generated:nosuch:1", "generated:rooms:-1", "generated:rooms:"} {
		if _, err := library.Load(name); err == nil {
			t.Errorf("loading %q succeeded", name)
		} else {
			t.Log(err)
		}
	}
}

func load(t *testing.T, name string) *maps.Map {
	t.Helper()
	m, err := library.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
