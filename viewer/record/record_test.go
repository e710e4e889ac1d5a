package record_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/viewer/record"
	"dryad/viewer/screen"
	"dryad/viewer/session"
)

var size = record.Size{Width: 801, Height: 480} // films have even sides, pictures need not

// watch plays a short match of tag and opens it.
func watch(t *testing.T) *screen.Screen {
	t.Helper()
	p, faults := policy.Parse("p", []byte("policy p for tag\n\ntree main:\n  task: move_to random_cell\n"), tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	o, err := match.Run(t.Context(), match.Params{Game: tag.New(), Config: games.Config{Ticks: 40}, Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	x, err := session.Open(match.PlaybackParams{Game: tag.New(), Replay: o.Replay})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	return screen.New(screen.Params{Session: x, Camera: func(w games.World, seat games.Seat, _, _ int) (image.Image, error) { return tag.Draw(w, seat) }})
}

func TestParseSize(t *testing.T) {
	if s, err := record.ParseSize("640x400"); err != nil || s != (record.Size{Width: 640, Height: 400}) {
		t.Errorf("%v, %v", s, err)
	}
	for _, wrong := range []string{"", "640", "x", "0x1", "640x-1", "640x400x2", "9000x1", "ax1"} {
		if _, err := record.ParseSize(wrong); err == nil {
			t.Errorf("%q is a size", wrong)
		}
	}
}

// TestPictures: a screenshot is the picture of the same tick in a folder, and
// what cannot be recorded leaves nothing.
func TestPictures(t *testing.T) {
	s, dir := watch(t), t.TempDir()
	if err := record.Screenshot(t.Context(), s, filepath.Join(dir, "shot.png"), size, 20); err != nil {
		t.Fatal(err)
	}
	if err := record.Film(t.Context(), s, filepath.Join(dir, "frames"), record.Params{Size: size, From: 18, To: 20, Rate: 10}); err != nil {
		t.Fatal(err)
	}
	shot, err := os.ReadFile(filepath.Join(dir, "shot.png"))
	if err != nil {
		t.Fatal(err)
	}
	frame, err := os.ReadFile(filepath.Join(dir, "frames", "tick-0000020.png"))
	if err != nil || !bytes.Equal(shot, frame) {
		t.Errorf("the frame is not the screenshot: %v", err)
	}
	if img, err := png.Decode(bytes.NewReader(shot)); err != nil || img.Bounds().Dx() != 801 {
		t.Errorf("%v, %v", img.Bounds(), err)
	}
	for name, p := range map[string]record.Params{
		"out.gif":  {Size: size, From: 41},
		"late.gif": {Size: size, From: 30, To: 20},
		"long.mp4": {Size: size, From: -1},
	} {
		if err := record.Film(t.Context(), s, filepath.Join(dir, name), p); err == nil || !strings.Contains(err.Error(), "ticks 0 to 40") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if names, err := filepath.Glob(filepath.Join(dir, "*.*")); err != nil || len(names) != 1 {
		t.Errorf("%v are there, %v", names, err)
	}
}

// ffmpeg finds the program: on the PATH, or among the tools.
func ffmpeg() string {
	if path, err := exec.LookPath("ffmpeg"); err == nil {
		return path
	}
	found, _ := filepath.Glob("../../.tools/python/lib/python3*/site-packages/imageio_ffmpeg/binaries/ffmpeg-*")
	if len(found) > 0 {
		return found[0]
	}
	return ""
}

// TestFilm makes a film with the real ffmpeg where it is, and decodes it again.
// Without the program it is said what to do, and nothing is written.
func TestFilm(t *testing.T) {
	s, dir := watch(t), t.TempDir()
	path := filepath.Join(dir, "out.mp4")
	program := ffmpeg()
	t.Setenv("PATH", dir)
	if err := record.Film(t.Context(), s, path, record.Params{Size: size, From: 10}); !errors.Is(err, record.ErrNoFFmpeg) {
		t.Errorf("without ffmpeg: %v", err)
	}
	if program == "" {
		t.Log("ffmpeg is not here: the film itself is not made")
		return
	}
	absolute, err := filepath.Abs(program)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(absolute, filepath.Join(dir, "ffmpeg")); err != nil {
		t.Fatal(err)
	}
	if err := record.Film(t.Context(), s, path, record.Params{Size: size, From: 11, Rate: 10}); err != nil {
		t.Fatal(err)
	}
	raw, err := exec.Command("ffmpeg", "-loglevel", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "gray", "-").Output()
	if want := 800 * 480 * 30; err != nil || len(raw) != want {
		t.Errorf("the film decodes to %d bytes, not %d: %v", len(raw), want, err)
	}
	if err := record.Film(t.Context(), s, filepath.Join(dir, "no", "folder.mp4"), record.Params{Size: size, From: 11}); err == nil || !strings.Contains(err.Error(), "ffmpeg") {
		t.Errorf("a folder that is not there: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.partial*")); len(left) > 0 {
		t.Errorf("%v are left", left)
	}
}
