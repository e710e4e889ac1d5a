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

// TestTextMapsThatEnginesBear: what an engine reads past, with a warning where
// something is left out or guessed, is read in a text map too.
func TestTextMapsThatEnginesBear(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"byte-order mark":       {"namespace", "\ufeffnamespace", ""},
		"block of an extension": {"vertex", "extra { name = \"a } b\"; inner { a = { 1, 2 } } // }\n }\nvertex", ""},
		"odd keys":              {"vertex", "ee_compat = true; user_thing = -0.5e1; vertex", ""},
		"capitals":              {"sidedef { sector", "SideDef { Sector", ""},
		"namespace":             {`"zdoom"`, `"edge"`, `!TEXTMAP of namespace "edge"`},
		"far thing":             {"thing {", "thing { x = 99999.0; y = 0; type = 2001; }\nthing {", "line 8: a thing of type 2001 lies beyond"},
		"unused side":           {"sidedef {", "sidedef { sector = 7; }\nsidedef {", "side 0, which no line has, faces sector 7 of 1"},
		"no end":                {"/* end */", "extra { {", "!ends in the middle of a block"},
		"far vertex":            {"x = 256; y = 0;", "x = 99999; y = 0;", "!no x or y within"},
		"no namespace":          {"namespace", "naming", "!names no namespace"},
	} {
		text := strings.Replace(squareText, c.old, c.new, 1)
		if name == "unused side" {
			text = strings.ReplaceAll(text, "sidefront = 0", "sidefront = 1")
		}
		w, err := wad.Parse("test.wad", wad.Join(wad.Lump{Name: "MAP01"}, wad.Lump{Name: "TEXTMAP", Data: []byte(text)}, wad.Lump{Name: "ENDMAP"}))
		if err != nil {
			t.Fatal(err)
		}
		m, err := w.Map("MAP01")
		if fault, refused := strings.CutPrefix(c.want, "!"); refused {
			if err == nil || !strings.Contains(err.Error(), fault) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if all := strings.Join(m.Warnings, "\n"); !strings.Contains(all, c.want) || (c.want == "") != (all == "") {
			t.Errorf("%s: warnings %q", name, all)
		}
		if len(m.Lines) != 4 || len(m.Things) != 1 || len(m.Sectors) != 1 {
			t.Errorf("%s: %d lines, %d things, %d sectors", name, len(m.Lines), len(m.Things), len(m.Sectors))
		}
	}
}
