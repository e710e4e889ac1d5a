package wad_test

import (
	"strings"
	"testing"

	"dryad/games/fps/maps/wad"
)

// TestPointersAreNamed: a file of Git LFS that was never fetched says so.
func TestPointersAreNamed(t *testing.T) {
	_, err := wad.Parse("freedm.wad", []byte("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"))
	if err == nil || !strings.Contains(err.Error(), "git lfs pull") {
		t.Error(err)
	}
}

// TestFlawsThatEnginesBear: the map is read, and a warning says what is wrong
// with which part of it.
func TestFlawsThatEnginesBear(t *testing.T) {
	good, err := wad.Parse("good.wad", wad.Join(square()...))
	if err != nil {
		t.Fatal(err)
	}
	want, err := good.Map("MAP01")
	if err != nil || len(want.Warnings) != 0 {
		t.Fatal(want, err)
	}
	unused := append([]byte(nil), square()[3].Data...)
	unused = append(unused, square()[3].Data...)
	unused[len(unused)-2], unused[len(unused)-1] = 0xff, 0xff
	for name, c := range map[string]struct {
		lump int
		data []byte
		want string
	}{
		"things": {1, append(append([]byte(nil), square()[1].Data...), 1, 2), "THINGS is 12 bytes"},
		"sides":  {3, unused, "side 1, which no line has, faces sector 65535 of 1"},
	} {
		lumps := square()
		lumps[c.lump].Data = c.data
		w, err := wad.Parse("test.wad", wad.Join(lumps...))
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
