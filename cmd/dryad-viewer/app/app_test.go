package app_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/gif"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dryad/cmd/dryad-viewer/app"
	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/games/fps/fixed"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/live"
	"dryad/viewer/window/xdisplay"
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

const wanderer = "policy wanderer for tag\n\ntree main:\n  selector:\n    sequence hunt:\n      condition: is_it\n      task: move_to nearest_player\n    task: move_to random_cell\n"

// record writes the replay of a match of tag.
func record(t *testing.T) string {
	t.Helper()
	return recordOf(t, wanderer)
}

// recordOf writes the replay of a match of tag between two of a tree.
func recordOf(t *testing.T, source string) string {
	t.Helper()
	p, faults := policy.Parse("p", []byte(source), tag.New(), policy.Params{})
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
	t.Setenv("DISPLAY", "") // what is wrong is not shown in a window
	t.Setenv("WAYLAND_DISPLAY", "")
	path := record(t)
	for want, args := range map[string][]string{
		"no such file":     {"none.replay"},
		"write tick=N":     {path, "--screenshot", "ninety"},
		"ticks 0 to 100":   {path, "--screenshot", "tick=101"},
		"seats 0 to 1":     {path, "--seat", "2", "--screenshot", "tick=1"},
		"WIDTHxHEIGHT":     {path, "--size", "big"},
		"dryad-viewer --h": {},
		"not a replay":     {"app_test.go"},
		"write TASK=FILE":  {path, "--net", "shoot"},
	} {
		var stdout, stderr bytes.Buffer
		if status := app.Main(args, &stdout, &stderr); status == 0 || !strings.Contains(stderr.String(), want) {
			t.Errorf("%v: status %d, %q", args, status, stderr.String())
		}
	}
}

// mostFrames is how many frames a window may take until it shows something.
const mostFrames = 600

// shown is a window of the viewer on a display of its own.
type shown struct {
	t       *testing.T
	display string
	lines   *bufio.Scanner // a line a frame
	command *exec.Cmd
	frames  func() image.Image
}

// show opens a window.
func show(t *testing.T, args ...string) *shown {
	t.Helper()
	return showAs(t, t.TempDir(), args...)
}

// showAs opens a window of somebody whose settings are in a folder.
func showAs(t *testing.T, config string, args ...string) *shown {
	t.Helper()
	display, frames := xdisplay.Start(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	w := &shown{t: t, display: display, frames: frames, command: exec.Command(self, append(args, "--report-frames")...)}
	w.command.Env = append(os.Environ(), asProgram+"=1", "DISPLAY="+display, "LIBGL_ALWAYS_SOFTWARE=1", "XDG_CONFIG_HOME="+config)
	said, err := w.command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	w.lines = bufio.NewScanner(said)
	if err := w.command.Start(); err != nil {
		t.Fatal(err)
	}
	return w
}

// frame is what a window showed.
type frame struct {
	tick    int
	playing bool
	x, y    int    // of the mouse
	over    string // the node below it
	node    string // the node that was clicked
	breaks  int
	matches int
	edits   string // where the cursor of the editor is
	note    string
	view    string
}

// until reads frames until one is as wanted.
func (w *shown) until(what string, wanted func(f frame) bool) {
	w.t.Helper()
	for range mostFrames {
		if !w.lines.Scan() {
			w.t.Fatalf("the viewer ended before %s", what)
		}
		var f frame
		if _, err := fmt.Sscanf(w.lines.Text(), "frame: tick %d, playing %t, mouse %d %d, over %q, node %q, breaks %d, matches %d, edits %q, note %q, view %q", &f.tick, &f.playing, &f.x, &f.y, &f.over, &f.node, &f.breaks, &f.matches, &f.edits, &f.note, &f.view); err != nil {
			w.t.Fatalf("the viewer says %q", w.lines.Text())
		}
		if wanted(f) {
			return
		}
	}
	w.t.Fatalf("%d frames without %s", mostFrames, what)
}

// do sends keys or mouse events by xdotool.
func (w *shown) do(args ...string) {
	w.t.Helper()
	command := exec.Command("xdotool", args...)
	command.Env = append(os.Environ(), "DISPLAY="+w.display)
	if out, err := command.CombinedOutput(); err != nil {
		w.t.Fatalf("xdotool %v (Debian: apt-get install xdotool): %v: %s", args, err, out)
	}
}

// TestWindow opens a real window on a display of its own, finds in it the
// picture that --screenshot writes, and drives it with real keys and a real
// mouse. It waits for frames and never for a time.
func TestWindow(t *testing.T) {
	path := record(t)
	shot := filepath.Join(t.TempDir(), "shot.png")
	var stdout, stderr bytes.Buffer
	if status := app.Main([]string{path, "--screenshot", "tick=40", "--size", "900x600", "--press", "up,up,up,up", "-o", shot}, &stdout, &stderr); status != 0 {
		t.Fatal(stderr.String())
	}
	want := readPNG(t, shot)
	w := show(t, path, "--tick", "40", "--size", "900x600", "--press", "up,up,up,up")
	w.until("the picture of --screenshot", func(f frame) bool { return f.tick == 40 && contains(w.frames(), want) })

	w.do("search", "--sync", "--name", "dryad", "windowfocus")
	w.do("keydown", "Right")
	w.until("a step", func(f frame) bool { return f.tick > 40 })
	w.do("keyup", "Right")
	w.do("key", "space")
	w.until("the end of the match", func(f frame) bool { return f.tick == 100 && !f.playing })
	w.do("keydown", "Home")
	w.until("the beginning", func(f frame) bool { return f.tick == 0 })
	w.do("keyup", "Home")
	w.do("search", "--name", "dryad", "mousemove", "--window", "%1", "450", "575")
	w.until("the mouse", func(f frame) bool { return f.x == 450 && f.y == 575 })
	w.do("mousedown", "1")
	w.until("the middle of the time line", func(f frame) bool { return f.tick > 40 && f.tick < 60 })
	w.do("mouseup", "1")
	w.do("key", "q")
	for w.lines.Scan() { // the frames until it ends
	}
	if err := w.command.Wait(); err != nil {
		t.Errorf("the viewer ended with %v", err)
	}
}

// close ends the window by its key.
func (w *shown) close() {
	w.t.Helper()
	w.do("key", "q")
	for w.lines.Scan() { // the frames until it ends
	}
	if err := w.command.Wait(); err != nil {
		w.t.Errorf("the viewer ended with %v", err)
	}
}

// TestNodes clicks a node of the tree, lets the match run until that node
// starts, and finds the view again in the next window.
func TestNodes(t *testing.T) {
	const node = "task: move_to random_cell"
	path, config := record(t), t.TempDir()
	w := showAs(t, config, path, "--size", "900x600")
	w.until("the beginning", func(f frame) bool { return f.tick == 0 && f.view != "" })
	w.do("search", "--sync", "--name", "dryad", "windowfocus")
	// The tree is at the right. The mouse goes down its panel to the node.
	var at frame
	for y := 40; at.over != node; y += 6 {
		if y > 560 {
			t.Fatalf("the mouse does not meet %q", node)
		}
		w.do("search", "--name", "dryad", "mousemove", "--window", "%1", "760", fmt.Sprint(y))
		w.until("the mouse", func(f frame) bool { at = f; return f.x == 760 && f.y == y })
	}
	w.do("mousedown", "1")
	w.until("the node", func(f frame) bool { return f.node == node })
	w.do("mouseup", "1")
	w.do("mousedown", "3") // a breakpoint
	w.until("the breakpoint", func(f frame) bool { return f.breaks == 1 })
	w.do("mouseup", "3")
	w.do("keydown", "End")
	w.until("the end", func(f frame) bool { return f.tick == 100 })
	w.do("keyup", "End")
	w.do("keydown", "Home")
	w.until("the beginning again", func(f frame) bool { return f.tick == 0 })
	w.do("keyup", "Home")
	w.do("key", "space")
	w.until("a stop at the breakpoint", func(f frame) bool { return f.tick > 0 && f.tick < 100 && !f.playing })
	before := ""
	w.do("key", "t")
	w.until("the drawn tree", func(f frame) bool { before = f.view; return strings.Contains(f.view, `"drawn_tree":true`) })
	w.do("key", "v")
	w.until("another layout", func(f frame) bool { before = f.view; return strings.Contains(f.view, `"layout":"first"`) })
	w.close()
	again := showAs(t, config, path, "--size", "900x600")
	again.until("the view of the last time", func(f frame) bool { return f.view == before })
	again.do("search", "--sync", "--name", "dryad", "windowfocus")
	again.close()
	file := filepath.Join(config, "dryad", "viewer.json")
	if err := os.WriteFile(file, []byte(`{"layout":"none"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	damaged := showAs(t, config, path, "--size", "900x600")
	damaged.until("the usual view", func(f frame) bool { return strings.Contains(f.view, `"layout":"both"`) })
	damaged.do("search", "--sync", "--name", "dryad", "windowfocus")
	damaged.close()
}

// TestForkInWindow jumps to a kill, changes the tree in the window, lets the match
// go on with it, and goes to where both first differ. The fork is kept beside the
// replay, and both open again in one window.
func TestForkInWindow(t *testing.T) {
	const watchful = "policy watchful for tag\n\ntree main:\n  selector:\n    sequence hunt:\n      condition: is_it\n      task: move_to nearest_player\n    parallel first:\n      task: move_to random_cell\n      condition: it_distance < 1"
	path := recordOf(t, watchful+"\n")
	w := show(t, path, "--size", "900x600")
	w.until("the beginning", func(f frame) bool { return f.tick == 0 && f.view != "" })
	w.do("search", "--sync", "--name", "dryad", "windowfocus")
	w.do("key", "k")
	at := 0
	w.until("a kill", func(f frame) bool { at = f.tick; return f.tick > 0 })
	w.do("key", "g")
	w.until("the tree as text", func(f frame) bool { return f.edits == "1:1" })
	// A key that is held too long on a slow machine repeats: the cursor goes to the
	// end of the last line and no further.
	w.do("keydown", "Down")
	w.until("the last line", func(f frame) bool { return f.edits == "10:1" })
	w.do("keyup", "Down")
	w.do("keydown", "End")
	w.until("its end", func(f frame) bool { return f.edits == "10:33" })
	w.do("keyup", "End")
	w.do("key", "0")
	w.until("a letter", func(f frame) bool { return f.edits == "10:34" })
	w.do("keydown", "ctrl", "keydown", "Return")
	w.until("two matches", func(f frame) bool { return f.matches == 2 && f.edits == "" })
	w.do("keyup", "Return", "keyup", "ctrl")
	w.do("key", "d")
	w.until("the first difference", func(f frame) bool { return f.tick >= at && strings.Contains(f.note, "thinks otherwise") })
	w.close()
	fork := strings.TrimSuffix(path, ".replay") + "-fork1.replay"
	r, err := replay.ReadFile(fork)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Swaps) != 1 || r.Swaps[0].Tick != at || r.Swaps[0].Policy.Source != watchful+"0\n" {
		t.Errorf("the fork at tick %d has the changes %+v", at, r.Swaps)
	}
	both := show(t, path, fork, "--size", "900x600")
	both.until("two matches again", func(f frame) bool { return f.matches == 2 })
	both.do("search", "--sync", "--name", "dryad", "windowfocus")
	both.close()
}

// TestDamagedInWindow: why a damaged replay cannot be shown is said in the window.
func TestDamagedInWindow(t *testing.T) {
	path := record(t)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, file[:len(file)-9], 0o600); err != nil {
		t.Fatal(err)
	}
	w := show(t, path, "--size", "800x480")
	if !w.lines.Scan() || !strings.HasPrefix(w.lines.Text(), "message: ") || !strings.Contains(w.lines.Text(), "cut short") {
		t.Fatalf("the window says %q", w.lines.Text())
	}
	w.do("search", "--sync", "--name", "dryad", "windowfocus")
	w.do("keydown", "q") // a key that is held until a picture is drawn
	last := ""
	for w.lines.Scan() {
		last = w.lines.Text()
	}
	if err := w.command.Wait(); err == nil || !strings.Contains(last, "cut short") {
		t.Errorf("the viewer ended with %v and %q", err, last)
	}
}

// TestLiveWindow attaches a window to a match before it begins, and follows it.
func TestLiveWindow(t *testing.T) {
	p, faults := policy.Parse("p", []byte(wanderer), tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	m, err := match.New(match.Params{Game: tag.New(), Config: games.Config{Ticks: 30}, Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	server, err := live.Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	for range 5 {
		m.Step()
	}
	server.Publish(m.Outcome().Replay)
	w := show(t, server.URL())
	w.until("what was played before", func(f frame) bool { return f.tick == 5 })
	for m.Step() {
		if now := m.Now(); now%10 == 0 {
			server.Publish(m.Outcome().Replay)
			w.until("what was played", func(f frame) bool { return f.tick == now })
		}
	}
	w.do("search", "--sync", "--name", "dryad", "windowfocus")
	w.close()
}

// TestNextMatch follows a run: when another match begins, the same window shows
// it, as the person looked at the one before.
func TestNextMatch(t *testing.T) {
	p, faults := policy.Parse("p", []byte(wanderer), tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	server, err := live.Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	var w *shown
	for _, ticks := range []int{12, 7, 9} {
		m, err := match.New(match.Params{Game: tag.New(), Config: games.Config{Ticks: ticks}, Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}, Record: true})
		if err != nil {
			t.Fatal(err)
		}
		defer m.Close()
		server.Begin(m.Outcome().Replay)
		if w == nil {
			w = show(t, server.URL(), "--size", "800x480")
			w.do("search", "--sync", "--name", "dryad", "windowfocus")
			w.do("key", "t")
			w.until("the drawn tree", func(f frame) bool { return strings.Contains(f.view, `"drawn_tree":true`) })
		}
		w.until("the beginning of the match", func(f frame) bool { return f.tick == 0 })
		for m.Step() {
		}
		server.Publish(m.Outcome().Replay)
		w.until("its end", func(f frame) bool { return f.tick == ticks && strings.Contains(f.view, `"drawn_tree":true`) })
	}
	w.close()
}

// TestTakeASeat plays a seat of a running match in a real window, with keys and
// the mouse.
func TestTakeASeat(t *testing.T) {
	server, err := live.Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	server.Offer(1)
	entrant := func(read func() fps.Controls) match.Entrant {
		return match.Entrant{Record: replay.Policy{Name: "human"}, Make: func(match.PlayerContext, games.Seat, uint64) (match.Player, error) { return fps.NewPerson(read), nil }}
	}
	m, err := match.New(match.Params{Game: arena.New(), Config: games.Config{Map: "generated:rooms:3", Seats: 2, Ticks: 2100},
		Entrants: []match.Entrant{entrant(func() fps.Controls { return fps.Controls{} }), entrant(server.Held)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	server.Publish(m.Outcome().Replay)
	w := show(t, server.URL(), "--size", "800x480")
	<-server.Taken()
	w.until("the beginning", func(f frame) bool { return f.tick == 0 })
	w.do("search", "--sync", "--name", "dryad", "windowfocus")
	me := func() fps.Figure { return m.World().(fps.Spectated).Scene().Figures[1] }
	// Each tick is seen in the window before the next one is played.
	untilMatch := func(what string, reached func(fps.Figure) bool) {
		t.Helper()
		for !reached(me()) {
			if !m.Step() {
				t.Fatalf("the match ended before %s", what)
			}
			server.Publish(m.Outcome().Replay)
			w.until(what, func(f frame) bool { return f.tick == m.Now() })
		}
	}
	start := me()
	w.do("keydown", "w")
	untilMatch("a step ahead", func(f fps.Figure) bool { return fixed.Hypot(f.X-start.X, f.Y-start.Y) > 16*fixed.One })
	w.do("keyup", "w")
	start = me()
	w.do("keydown", "Left")
	untilMatch("a turn by key", func(f fps.Figure) bool { return f.Angle.Sub(start.Angle) > 1<<28 })
	w.do("keyup", "Left")
	// Events come in order: whoever sees the next key knows that the last one is up.
	w.do("keydown", "w")
	untilMatch("the key to be up", func(fps.Figure) bool { return server.Held().Forward > 0 })
	w.do("keyup", "w")
	last := me()
	untilMatch("the turn to end", func(f fps.Figure) bool {
		ended := server.Held().Forward == 0 && f.Angle == last.Angle
		last = f
		return ended
	})
	start = me()
	w.do("mousemove_relative", "--", "150", "0")
	untilMatch("a turn by mouse", func(f fps.Figure) bool { return f.Angle.Sub(start.Angle) < -1<<26 })
	start = me()
	w.do("mousedown", "1")
	untilMatch("a shot", func(f fps.Figure) bool { return f.Ammo < start.Ammo })
	w.do("mouseup", "1")
	w.do("keydown", "w")
	untilMatch("another step", func(fps.Figure) bool { return server.Held().Forward > 0 })
	// Escape lets go of the seat, although the key is still held.
	w.do("keydown", "Escape")
	untilMatch("the seat to stand still", func(fps.Figure) bool { return server.Held().Forward == 0 })
	w.do("key", "q")
	for w.lines.Scan() { // the frames until it ends
	}
	if err := w.command.Wait(); err != nil {
		t.Errorf("the viewer ended with %v", err)
	}
	<-server.Left()
	if _, err := match.Verify(t.Context(), match.PlaybackParams{Game: arena.New(), Replay: m.Outcome().Replay}); err != nil {
		t.Error(err)
	}
}

// TestInterrupt: a window closes when the program is interrupted.
func TestInterrupt(t *testing.T) {
	w := show(t, record(t))
	w.until("a frame", func(frame) bool { return true })
	if err := w.command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	for w.lines.Scan() {
	}
	if err := w.command.Wait(); err == nil {
		t.Error("an interrupted viewer reports success")
	}
}

// TestRecord writes an animation and a folder of pictures.
func TestRecord(t *testing.T) {
	path, dir := record(t), t.TempDir()
	run := func(args ...string) {
		t.Helper()
		var stdout, stderr bytes.Buffer
		if status := app.Main(append([]string{path, "--size", "800x480"}, args...), &stdout, &stderr); status != 0 {
			t.Fatalf("%v: %s", args, stderr.String())
		}
	}
	run("--record", filepath.Join(dir, "out.gif"), "--from", "10", "--to", "20", "--rate", "10")
	file, err := os.Open(filepath.Join(dir, "out.gif"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	film, err := gif.DecodeAll(file)
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, delay := range film.Delay {
		total += delay
	}
	if total != 110 || film.Config.Width != 800 {
		t.Errorf("%d hundredths of a second, %d wide", total, film.Config.Width)
	}
	run("--record", filepath.Join(dir, "frames"), "--from", "10", "--to", "13", "--rate", "10")
	names, err := filepath.Glob(filepath.Join(dir, "frames", "tick-*.png"))
	if err != nil || len(names) != 4 || filepath.Base(names[0]) != "tick-0000010.png" {
		t.Errorf("%v, %v", names, err)
	}
	readPNG(t, names[3])
}

// TestNoDisplay: without a display there is one line that says what to do.
func TestNoDisplay(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	var stdout, stderr bytes.Buffer
	if status := app.Main([]string{record(t)}, &stdout, &stderr); status == 0 || strings.Count(stderr.String(), "\n") != 1 ||
		!strings.Contains(stderr.String(), "--screenshot") || !strings.Contains(stderr.String(), "--record") {
		t.Errorf("status %d, %q", status, stderr.String())
	}
}

// TestCompare shows two replays at the first difference.
func TestCompare(t *testing.T) {
	path := record(t)
	out := filepath.Join(t.TempDir(), "two.png")
	var stdout, stderr bytes.Buffer
	if status := app.Main([]string{path, path, "--press", "d,t,shift+tab", "--screenshot", "30", "-o", out}, &stdout, &stderr); status != 0 {
		t.Fatal(stderr.String())
	}
	readPNG(t, out)
}

// contains reports whether a picture is somewhere in another one.
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
