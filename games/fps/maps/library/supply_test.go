package library_test

import (
	"strings"
	"testing"

	"dryad/games/fps/maps/library"
	"dryad/games/fps/maps/wad"
)

// TestSuppliedMaps are read in the place of those on the search path.
func TestSuppliedMaps(t *testing.T) {
	if _, err := library.Supply("x.wad", []byte("no WAD")); err == nil {
		t.Error("no WAD was supplied")
	}
	name, err := library.Supply("folder/some.wad", wad.Join(wad.Lump{Name: "MAP01"}))
	if err != nil {
		t.Fatal(err)
	}
	again, err := library.Supply("other.wad", wad.Join(wad.Lump{Name: "MAP01"}))
	if err != nil || again != name {
		t.Errorf("%s, then %s, %v", name, again, err)
	}
	if _, err := library.Load(name + ":MAP02"); err == nil || !strings.Contains(err.Error(), "some.wad") {
		t.Error(err)
	}
	w, file, err := library.FileOf(name + ":MAP01")
	if err != nil || file != name || len(w.Hash()) != 64 || !strings.HasSuffix(name, w.Hash()) {
		t.Errorf("%s, %v", file, err)
	}
}

// TestMapsAreListed: the name of a file alone is answered with what is in it.
func TestMapsAreListed(t *testing.T) {
	name, err := library.Supply("mylevel.wad", wad.Join(
		wad.Lump{Name: "MAP01"}, wad.Lump{Name: "TEXTMAP"}, wad.Lump{Name: "E1M1"}, wad.Lump{Name: "TEXTMAP"}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := library.Load(name); err == nil || !strings.Contains(err.Error(), ":MAP01; it has MAP01 E1M1") {
		t.Error(err)
	}
	if _, err := library.Load("nosuch.wad"); err == nil || !strings.Contains(err.Error(), "no WAD file nosuch.wad") {
		t.Error(err)
	}
	if _, err := library.Load("nonsense"); err == nil || !strings.Contains(err.Error(), "want FILE.wad:MAPNN") {
		t.Error(err)
	}
}
