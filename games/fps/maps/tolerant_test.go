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
