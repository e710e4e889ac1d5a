package wad_test

import (
	"reflect"
	"testing"

	"dryad/games/fps/maps/library"
	"dryad/games/fps/maps/wad"
)

// TestExcerpt: a map read from an excerpt is the map of the whole file.
func TestExcerpt(t *testing.T) {
	whole, err := library.File("freedm.wad")
	if err != nil {
		t.Fatal(err)
	}
	file, err := whole.Excerpt("map01")
	if err != nil {
		t.Fatal(err)
	}
	part, err := wad.Parse("freedm.wad", file)
	if err != nil {
		t.Fatal(err)
	}
	if names := part.Maps(); len(names) != 1 || names[0] != "MAP01" {
		t.Fatalf("the excerpt holds %v", names)
	}
	a, err := whole.Map("MAP01")
	if err != nil {
		t.Fatal(err)
	}
	part.Name = "Excerpt.wad"
	library.Provide(part)
	b, err := library.Load("excerpt.wad:MAP01")
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a.Lines, b.Lines) || !reflect.DeepEqual(a.Sectors, b.Sectors) || !reflect.DeepEqual(a.Things, b.Things) {
		t.Error("the maps differ")
	}
	if len(file) > 1<<20 {
		t.Errorf("the excerpt has %d bytes", len(file))
	}
	if _, err := whole.Excerpt("MAP99"); err == nil {
		t.Error("an excerpt of a map that is not there")
	}
}
