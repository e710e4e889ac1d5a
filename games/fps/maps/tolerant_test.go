package maps_test

import (
	"strings"
	"testing"

	"dryad/games/fps/maps"
)

// TestPointersAreNamed: a file of Git LFS that was never fetched says so.
func TestPointersAreNamed(t *testing.T) {
	_, err := maps.ParseWAD("freedm.wad", []byte("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"))
	if err == nil || !strings.Contains(err.Error(), "git lfs pull") {
		t.Error(err)
	}
}

// TestSuppliedMaps are read in the place of those on the search path.
func TestSuppliedMaps(t *testing.T) {
	if _, err := maps.Supply("x.wad", []byte("no WAD")); err == nil {
		t.Error("no WAD was supplied")
	}
	name, err := maps.Supply("folder/some.wad", writeWAD(lump{"MAP01", nil}))
	if err != nil {
		t.Fatal(err)
	}
	again, err := maps.Supply("other.wad", writeWAD(lump{"MAP01", nil}))
	if err != nil || again != name {
		t.Errorf("%s, then %s, %v", name, again, err)
	}
	if _, err := maps.Load(name + ":MAP02"); err == nil || !strings.Contains(err.Error(), "some.wad") {
		t.Error(err)
	}
	w, file, err := maps.FileOf(name + ":MAP01")
	if err != nil || file != name || len(w.Hash()) != 64 || !strings.HasSuffix(name, w.Hash()) {
		t.Errorf("%s, %v", file, err)
	}
}

// TestFlawsThatEnginesBear: the map is read, and a warning says what is wrong
// with which part of it.
func TestFlawsThatEnginesBear(t *testing.T) {
	good, err := maps.ParseWAD("good.wad", writeWAD(square()...))
	if err != nil {
		t.Fatal(err)
	}
	want, err := good.Map("MAP01")
	if err != nil || len(want.Warnings) != 0 {
		t.Fatal(want, err)
	}
	unused := append([]byte(nil), square()[3].data...)
	unused = append(unused, square()[3].data...)
	unused[len(unused)-2], unused[len(unused)-1] = 0xff, 0xff
	for name, c := range map[string]struct {
		lump int
		data []byte
		want string
	}{
		"things": {1, append(append([]byte(nil), square()[1].data...), 1, 2), "THINGS is 12 bytes"},
		"sides":  {3, unused, "side 1, which no line has, faces sector 65535 of 1"},
	} {
		lumps := square()
		lumps[c.lump].data = c.data
		w, err := maps.ParseWAD("test.wad", writeWAD(lumps...))
		if err != nil {
			t.Fatal(err)
		}
		m, err := w.Map("MAP01")
		if err != nil || len(m.Warnings) != 1 || !strings.Contains(m.Warnings[0], c.want) || !strings.Contains(m.Warnings[0], "MAP01") {
			t.Errorf("%s: %v, %v", name, m, err)
			continue
		}
		if len(m.Things) != len(want.Things) || len(m.Lines) != len(want.Lines) {
			t.Errorf("%s: %d things, %d lines", name, len(m.Things), len(m.Lines))
		}
	}
}
