package wad_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"dryad/games/fps/maps/wad"
)

// What a file makes the reader allocate is bounded by the file's size,
// whatever it claims to hold.
func TestMemoryIsBoundedByTheFile(t *testing.T) {
	wide := square()
	wide[4].Data = words(-16000, -16000, -16000, 16000, 16000, 16000, 16000, -16000)
	files := map[string][]byte{
		"absurd count": append([]byte("PWAD\xff\xff\xff\x7f\x0c\x00\x00\x00"), wad.Join(square()...)...),
		"wide":         wad.Join(wide...),
		"cyclic":       cyclic(),
	}
	corpus, err := filepath.Glob("testdata/fuzz/FuzzWAD/*")
	if err != nil || len(corpus) == 0 {
		t.Fatal("no corpus", err)
	}
	for _, path := range corpus {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, quoted, _ := strings.Cut(strings.TrimSpace(string(text)), "[]byte(")
		data, err := strconv.Unquote(strings.TrimSuffix(quoted, ")"))
		if err != nil {
			t.Fatal(path, err)
		}
		files[path] = []byte(data)
	}
	for name, data := range files {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if w, err := wad.Parse("test.wad", data); err == nil {
			for _, m := range w.Maps() {
				_, _ = w.Map(m) // a fault is an answer, too
			}
		}
		runtime.ReadMemStats(&after)
		// The floor is what the grid of a map of four lines may take.
		if used, bound := after.TotalAlloc-before.TotalAlloc, uint64(4<<20+1000*len(data)); used > bound {
			t.Errorf("%s: %d bytes for a file of %d", name, used, len(data))
		}
	}
}
