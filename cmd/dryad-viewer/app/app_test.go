package app_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dryad/cmd/dryad-viewer/app"
	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
)

// asProgram makes the test's binary behave as dryad-viewer, which must own the
// main thread.
const asProgram = "DRYAD_VIEWER_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(app.Main(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// record writes the replay of a match of tag.
func record(t *testing.T) string {
	t.Helper()
	p, faults := policy.Parse("p", []byte("policy wanderer for tag\n\ntree main:\n  selector:\n    sequence hunt:\n      condition: is_it\n      task: move_to nearest_player\n    task: move_to random_cell\n"), tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	o, err := match.Run(context.Background(), match.Params{Game: tag.New(), Config: games.Config{Ticks: 100}, Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "out.replay")
	if err := replay.WriteFile(path, o.Replay); err != nil {
		t.Fatal(err)
	}
	return path
}

func readPNG(t *testing.T, path string) image.Image {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestScreenshot(t *testing.T) {
	path := record(t)
	out := filepath.Join(t.TempDir(), "shot.png")
	var stdout, stderr bytes.Buffer
	if status := app.Main([]string{path, "--screenshot", "tick=90", "--seat", "1", "--size", "1000x700", "-o", out}, &stdout, &stderr); status != 0 {
		t.Fatalf("status %d: %s", status, stderr.String())
	}
	if img := readPNG(t, out); img.Bounds().Dx() != 1000 || img.Bounds().Dy() != 700 {
		t.Errorf("a picture of %v", img.Bounds())
	}
}

func TestBadCommandLines(t *testing.T) {
	path := record(t)
	for want, args := range map[string][]string{
		"no such file":     {"none.replay"},
		"say tick=N":       {path, "--screenshot", "90"},
		"ticks 0 to 100":   {path, "--screenshot", "tick=101"},
		"seats 0 to 1":     {path, "--seat", "2", "--screenshot", "tick=1"},
		"WIDTHxHEIGHT":     {path, "--size", "big"},
		"dryad-viewer --h": {},
		"not a replay":     {"app_test.go"},
	} {
		var stdout, stderr bytes.Buffer
		if status := app.Main(args, &stdout, &stderr); status == 0 || !strings.Contains(stderr.String(), want) {
			t.Errorf("%v: status %d, %q", args, status, stderr.String())
		}
	}
}

// TestWindow opens a real window on a display of its own, and finds in it the
// picture that --screenshot writes.
func TestWindow(t *testing.T) {
	path := record(t)
	shot := filepath.Join(t.TempDir(), "shot.png")
	var stdout, stderr bytes.Buffer
	if status := app.Main([]string{path, "--screenshot", "tick=40", "--size", "900x600", "-o", shot}, &stdout, &stderr); status != 0 {
		t.Fatal(stderr.String())
	}
	want := readPNG(t, shot)
	display, frames := startDisplay(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	viewer := exec.Command(self, path, "--tick", "40", "--size", "900x600")
	viewer.Env = append(os.Environ(), asProgram+"=1", "DISPLAY="+display, "LIBGL_ALWAYS_SOFTWARE=1")
	var said bytes.Buffer
	viewer.Stdout, viewer.Stderr = &said, &said
	if err := viewer.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- viewer.Wait() }()
	poll := time.NewTicker(50 * time.Millisecond)
	defer poll.Stop()
	for shown := false; !shown; {
		select {
		case <-poll.C:
			shown = contains(frames(), want)
		case err := <-ended:
			t.Fatalf("the viewer ended: %v: %s", err, said.String())
		}
	}
	if err := viewer.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	<-ended
}

// startDisplay starts a virtual display and returns its name and a function
// that returns what it shows.
func startDisplay(t *testing.T) (name string, frames func() image.Image) {
	t.Helper()
	dir := t.TempDir()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1000x700x24", "-fbdir", dir, "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{writer}
	if err := x.Start(); err != nil {
		t.Fatalf("start Xvfb (Debian: apt-get install xvfb): %v", err)
	}
	writer.Close()
	t.Cleanup(func() {
		x.Process.Signal(os.Interrupt)
		x.Wait()
	})
	var number int
	if _, err := fmt.Fscan(reader, &number); err != nil {
		t.Fatalf("Xvfb names no display: %v", err)
	}
	return fmt.Sprintf(":%d", number), func() image.Image {
		dump, err := os.ReadFile(filepath.Join(dir, "Xvfb_screen0"))
		if err != nil {
			t.Fatal(err)
		}
		return readXWD(dump)
	}
}

// readXWD reads an X window dump of 32 bits a pixel.
func readXWD(dump []byte) image.Image {
	word := func(i int) int { return int(binary.BigEndian.Uint32(dump[4*i:])) }
	header, width, height, line, colours := word(0), word(4), word(5), word(12), word(19)
	pixels := dump[header+12*colours:]
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			p := pixels[y*line+4*x:]
			copy(img.Pix[img.PixOffset(x, y):], []byte{p[2], p[1], p[0], 255})
		}
	}
	return img
}

// contains says whether a picture is somewhere in another one.
func contains(all, part image.Image) bool {
	a, b := all.Bounds(), part.Bounds()
	for top := 0; top+b.Dy() <= a.Dy(); top++ {
		for left := 0; left+b.Dx() <= a.Dx(); left++ {
			if matches(all, part, left, top) {
				return true
			}
		}
	}
	return false
}

func matches(all, part image.Image, left, top int) bool {
	b := part.Bounds()
	for y := 0; y < b.Dy(); y += 3 {
		for x := 0; x < b.Dx(); x += 3 {
			r, g, bl, _ := all.At(left+x, top+y).RGBA()
			wr, wg, wb, _ := part.At(x, y).RGBA()
			if r != wr || g != wg || bl != wb {
				return false
			}
		}
	}
	return true
}
