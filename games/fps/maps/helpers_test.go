package maps_test

import (
	"testing"

	"dryad/games/fps/maps"
	"dryad/games/fps/maps/library"
)

// wads are the files of the Debian packages freedm and freedoom, which `make
// test` installs.
var wads = []string{"freedm.wad", "freedoom1.wad", "freedoom2.wad"}

func load(t testing.TB, name string) *maps.Map {
	t.Helper()
	m, err := library.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// eachMap runs f on every map of the three files.
func eachMap(t *testing.T, f func(t *testing.T, m *maps.Map)) {
	t.Helper()
	count := 0
	for _, file := range wads {
		w, err := library.File(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range w.Maps() {
			count++
			f(t, load(t, file+":"+name))
		}
	}
	if count != 100 {
		t.Errorf("the three files hold %d maps, want 100", count)
	}
}
