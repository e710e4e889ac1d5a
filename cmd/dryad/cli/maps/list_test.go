package maps_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/cmd/dryad/cli"
	"dryad/cmd/dryad/cli/frame"
)

// room is a text map of one square room.
const room = `namespace = "doom";
vertex { x = 0; y = 0; } vertex { x = 0; y = 256; } vertex { x = 256; y = 256; } vertex { x = 256; y = 0; }
sector { heightceiling = 128; } sidedef { sector = 0; }
linedef { v1 = 0; v2 = 1; sidefront = 0; } linedef { v1 = 1; v2 = 2; sidefront = 0; }
linedef { v1 = 2; v2 = 3; sidefront = 0; } linedef { v1 = 3; v2 = 0; sidefront = 0; }
thing { x = 128; y = 128; type = 11; }
`

// wad is a file of text maps, a name and a text each.
func wad(maps ...string) []byte {
	var body, directory []byte
	lump := func(name, text string) {
		directory = binary.LittleEndian.AppendUint32(directory, uint32(12+len(body)))
		directory = binary.LittleEndian.AppendUint32(directory, uint32(len(text)))
		directory = append(directory, (name + "\x00\x00\x00\x00\x00\x00\x00\x00")[:8]...)
		body = append(body, text...)
	}
	for i := 0; i < len(maps); i += 2 {
		lump(maps[i], "")
		lump("TEXTMAP", maps[i+1])
		lump("ENDMAP", "")
	}
	file := binary.LittleEndian.AppendUint32([]byte("PWAD"), uint32(len(directory)/16))
	file = binary.LittleEndian.AppendUint32(file, uint32(12+len(body)))
	return append(append(file, body...), directory...)
}

// TestListGoesOn: a map that cannot be read is named, and the maps behind it are
// listed; the exit status tells.
func TestListGoesOn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mylevel.wad")
	bad := strings.Replace(room, "v1 = 3", "v1 = 9", 1)
	odd := strings.Replace(room, "thing { x = 128", "thing { x = 99999", 1)
	if err := os.WriteFile(file, wad("MAP01", room, "MAP02", bad, "MAP03", odd), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, said bytes.Buffer
	status := cli.Main([]string{"maps", "list", file}, &frame.Env{Context: context.Background(), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &said, Getenv: func(string) string { return "" }})
	for _, name := range []string{"mylevel.wad:MAP01", "mylevel.wad:MAP03"} {
		if !strings.Contains(out.String(), name) {
			t.Errorf("%s is not listed: %s", name, out.String())
		}
	}
	for _, want := range []string{
		"mylevel.wad:MAP02: line 3 joins vertices 9 and 0 of 4",
		"warning: mylevel.wad:MAP03: TEXTMAP line 6: a thing of type 11 lies beyond",
		"dryad: 1 of 3 maps cannot be read",
	} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("nothing says %q: %s", want, said.String())
		}
	}
	if status != frame.ExitFailed {
		t.Errorf("exit status %d", status)
	}
}
