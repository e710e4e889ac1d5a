package page_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"context"
	"dryad/games"
	"dryad/games/tag"
	"dryad/games/werewolf"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/page"
)

// browser is a headless Chromium, driven by the DevTools protocol over a pipe.
type browser struct {
	t       *testing.T
	to      io.Writer
	from    *bufio.Reader
	last    int
	session string
	seen    map[string]bool // events that came
}

// message is one of the protocol.
type message struct {
	ID     int             `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params any             `json:"params,omitempty"`
	Sess   string          `json:"sessionId,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  json.RawMessage `json:"error,omitempty"`
}

// start opens a page in a browser.
func start(t *testing.T, url string) *browser {
	t.Helper()
	commands, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	from, answers, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--user-data-dir="+t.TempDir(), "--remote-debugging-pipe", "--window-size=1280,800", "about:blank")
	command.ExtraFiles = []*os.File{commands, answers}
	if err := command.Start(); err != nil {
		t.Fatalf("start chromium (Debian: apt-get install chromium): %v", err)
	}
	commands.Close()
	answers.Close()
	b := &browser{t: t, to: to, from: bufio.NewReaderSize(from, 1<<20), seen: map[string]bool{}}
	t.Cleanup(func() {
		b.call("Browser.close", nil, nil)
		command.Wait()
		to.Close()
		from.Close()
	})
	var target struct{ TargetID string }
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	b.session = attached.SessionID
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": 1280, "height": 720, "deviceScaleFactor": 1, "mobile": false}, nil)
	b.call("Page.enable", nil, nil)
	b.open(url)
	return b
}

// open goes to an address and waits until it is loaded.
func (b *browser) open(url string) {
	b.t.Helper()
	clear(b.seen)
	b.call("Page.navigate", map[string]any{"url": url}, nil)
	for !b.seen["Page.loadEventFired"] {
		b.read()
	}
}

// evaluate returns the text that a promise of the page ends with.
func (b *browser) evaluate(promise string) string {
	b.t.Helper()
	var answer struct {
		Result           struct{ Value string }
		ExceptionDetails json.RawMessage
	}
	b.call("Runtime.evaluate", map[string]any{"awaitPromise": true, "returnByValue": true, "expression": promise}, &answer)
	if answer.ExceptionDetails != nil {
		b.t.Fatalf("%s: %s", promise, answer.ExceptionDetails)
	}
	return answer.Result.Value
}

// read reads the next message.
func (b *browser) read() message {
	b.t.Helper()
	line, err := b.from.ReadBytes(0)
	if err != nil {
		b.t.Fatalf("the browser ended: %v", err)
	}
	var m message
	if err := json.Unmarshal(line[:len(line)-1], &m); err != nil {
		b.t.Fatal(err)
	}
	b.seen[m.Method] = true
	return m
}

// call asks the browser for something and waits for the answer.
func (b *browser) call(method string, params, result any) {
	b.t.Helper()
	b.last++
	request, err := json.Marshal(message{ID: b.last, Method: method, Params: params, Sess: b.session})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.to.Write(append(request, 0)); err != nil {
		b.t.Fatal(err)
	}
	for {
		answer := b.read()
		if answer.ID != b.last {
			continue
		}
		if answer.Error != nil {
			b.t.Fatalf("%s: %s", method, answer.Error)
		}
		if result != nil {
			if err := json.Unmarshal(answer.Result, result); err != nil {
				b.t.Fatal(err)
			}
		}
		return
	}
}

// until waits until an expression over the page's dryadState s holds, which is
// looked at whenever the browser draws, and returns the state.
func (b *browser) until(expression string) state {
	b.t.Helper()
	text := b.evaluate(`new Promise(done => {
		const look = () => { const s = globalThis.dryadState; if (s && (` + expression + `)) done(JSON.stringify(s)); else requestAnimationFrame(look); };
		look();
	})`)
	var s state
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return s
}

// state is what the page says of itself.
type state struct {
	Frames, Tick, Ticks, Seat int
	First                     float64 // ms until the first picture
	Playing, Over             bool
	Note, Policy, View        string
	Pointed, Chosen           string
	Origin, Strategies        string
	Breaks, Matches           int
}

// press sends a real key.
func (b *browser) press(key, text string) {
	b.t.Helper()
	down := map[string]any{"type": "keyDown", "key": key, "text": text}
	b.call("Input.dispatchKeyEvent", down, nil)
	b.call("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": key}, nil)
}

// click sends a real click.
func (b *browser) click(x, y int) {
	b.t.Helper()
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		b.call("Input.dispatchMouseEvent", map[string]any{"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}, nil)
	}
}

// point moves the mouse and returns the state of a picture that came after it.
func (b *browser) point(x, y int) state {
	b.t.Helper()
	before := b.until("true").Frames
	b.call("Input.dispatchMouseEvent", map[string]any{"type": "mouseMoved", "x": x, "y": y}, nil)
	return b.until(fmt.Sprintf("s.frames > %d", before))
}

// screenshot writes what the browser shows.
func (b *browser) screenshot(path string) {
	b.t.Helper()
	var shot struct{ Data string }
	b.call("Page.captureScreenshot", nil, &shot)
	data, err := base64.StdEncoding.DecodeString(shot.Data)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

const wanderer = "policy wanderer for tag\n\ntree main:\n  selector:\n    sequence hunt:\n      condition: is_it\n      task: move_to nearest_player\n    task: move_to random_cell\n"

// record plays a match of tag and returns its file.
func record(t testing.TB) []byte {
	t.Helper()
	p, faults := policy.Parse("p", []byte(wanderer), tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	o, err := match.Run(context.Background(), match.Params{Game: tag.New(), Config: games.Config{Ticks: 200}, Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	file, err := replay.Encode(o.Replay)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// built is the kit, compiled once.
var built = sync.OnceValues(func() (*page.Kit, error) { return page.Build(context.Background(), "../..") })

// TestPage opens a page from the disk in a real browser and drives it with real
// keys and a real mouse.
func TestPage(t *testing.T) {
	kit, err := built()
	if err != nil {
		t.Fatal(err)
	}
	html, err := kit.Write("a match of <tag>", record(t))
	if err != nil {
		t.Fatal(err)
	}
	// What is in the page is text of compressed bytes, which compresses to them again.
	if file, err := kit.Encode(); err != nil || len(file)+len(record(t)) > 8_000_000 || len(html) > 10_000_000 {
		t.Errorf("the page has %d bytes, its viewer %d, %v", len(html), len(file), err)
	}
	path := filepath.Join(t.TempDir(), "out.html")
	if err := os.WriteFile(path, html, 0o644); err != nil {
		t.Fatal(err)
	}
	b := start(t, "file://"+path)
	s := b.until("s.frames > 0")
	if s.Tick != 0 || s.Ticks != 200 || s.First <= 0 {
		t.Errorf("%+v", s)
	}
	t.Logf("the first picture stands %.0f ms after the page was asked for", s.First)
	b.press("ArrowRight", "")
	b.until("s.tick == 1")
	b.press("Tab", "")
	b.until("s.seat == 1")
	b.press("End", "")
	b.until("s.tick == 200")
	b.click(640, 690)
	if s := b.until("s.tick < 200"); s.Tick < 95 || s.Tick > 105 {
		t.Errorf("the middle of the time line is tick %d", s.Tick)
	}
	b.press(" ", " ")
	b.until("s.playing")
	b.press(" ", " ")
	b.until("!s.playing")
	nodes(b)
	fork(b)
	if folder := os.Getenv("DRYAD_PAGE_SHOT"); folder != "" {
		b.screenshot(filepath.Join(folder, "page.png"))
	}
}

// nodes clicks a node of the tree, lets the match run until it starts, and folds
// what stands below another.
func nodes(b *browser) {
	b.t.Helper()
	const node = "task: move_to random_cell"
	find := func(text string) (y int) {
		b.t.Helper()
		for y = 40; b.point(900, y).Pointed != text; y += 6 {
			if y > 560 {
				b.t.Fatalf("the mouse does not meet %q", text)
			}
		}
		return y
	}
	y := find(node)
	b.click(900, y)
	b.until(`s.chosen == "` + node + `"`)
	b.press("b", "b")
	b.until("s.breaks == 1")
	b.press("Home", "")
	b.until("s.tick == 0")
	b.press(" ", " ")
	b.until("s.playing")
	if s := b.until("!s.playing"); s.Tick == 0 || s.Tick == 200 {
		b.t.Errorf("the match was not stopped at the node but at tick %d", s.Tick)
	}
	find("sequence hunt")
	for range 2 { // a level is folded after another
		b.press("e", "e")
	}
	b.until(`s.view != ""`)
	if after := b.point(900, y).Pointed; after == node {
		b.t.Errorf("nothing is folded: %q stands where it stood", after)
	}
}

// fork changes the tree in the page and lets the match go on with it: both are
// shown, and their first difference is found.
func fork(b *browser) {
	b.t.Helper()
	b.press("g", "g")
	b.until("s.edits")
	for range strings.Count(wanderer, "\n") - 1 {
		b.press("ArrowDown", "")
	}
	b.press("End", "")
	for range "move_to random_cell" {
		b.press("Backspace", "")
	}
	for _, letter := range "stay 1s" {
		b.press(string(letter), string(letter))
	}
	b.call("Input.dispatchKeyEvent", map[string]any{"type": "keyDown", "key": "Enter", "modifiers": 2}, nil)
	b.until("s.matches == 2 && !s.edits")
	b.press("d", "d")
	if s := b.until(`s.note.includes("differ")`); s.Tick == 0 {
		b.t.Errorf("%+v", s)
	}
}

// TestPageOfNotes shows what the notes of a replay say, by real keys: how a tree was
// made, and the latent strategy of a speech, which a seat that cannot know it is not
// shown.
func TestPageOfNotes(t *testing.T) {
	kit, err := built()
	if err != nil {
		t.Fatal(err)
	}
	p, faults := policy.Parse("p", []byte("policy p for werewolf\n\ntree main:\n  task: stay_silent\n"), werewolf.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	o, err := match.Run(t.Context(), match.Params{Game: werewolf.New(), Seed: 1, Entrants: slices.Repeat([]match.Entrant{match.Tree(p)}, 7), Record: true})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(o.Replay.Events, func(e games.Event) bool { return e.Kind == "say" })
	if at < 0 {
		t.Fatal("nobody had the floor")
	}
	said := o.Replay.Events[at]
	o.Replay.Notes = []replay.Note{
		replay.NewNote(0, 1, replay.TopicMaker, "champion 3.1\nproposer: a model"),
		replay.NewNote(0, 1, replay.TopicPrompt, strings.Repeat("a line of the prompt\n", 100)+"its last line"),
		replay.NewNote(said.Tick, said.Seat, replay.TopicStrategy, "strategy 2, waits; solution: 0: 40 %, 2: 60 %"),
	}
	file, err := replay.Encode(o.Replay)
	if err != nil {
		t.Fatal(err)
	}
	html, err := kit.Write("notes", file)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "notes.html")
	if err := os.WriteFile(path, html, 0o644); err != nil {
		t.Fatal(err)
	}
	b := start(t, "file://"+path)
	b.until("s.frames > 0")
	const picture = `document.querySelector("canvas").toDataURL()`
	b.press("p", "p")
	b.until(`s.note.includes("does not say how the tree")`)
	b.press("Tab", "")
	b.until("s.seat == 1")
	before := b.evaluate(picture)
	b.press("p", "p")
	if s := b.until(`s.origin != ""`); !strings.Contains(s.Origin, "how the tree of seat 1 was made") || !strings.Contains(s.Origin, "proposer: a model") || b.evaluate(picture) == before {
		t.Errorf("p shows %q", s.Origin)
	}
	b.press("End", "")
	b.until(`s.origin.includes("its last line")`)
	b.press("Escape", "")
	b.until(`s.origin == ""`)

	// Below the speech, when it was made, and only for who may know it.
	for tick := 1; tick < said.Tick; tick++ {
		b.press("ArrowRight", "")
	}
	if s := b.until(fmt.Sprintf("s.tick == %d", said.Tick-1)); s.Strategies != "" {
		t.Errorf("before the speech: %q", s.Strategies)
	}
	b.press("ArrowRight", "")
	b.until(`s.strategies.includes("strategy 2, waits")`)
	for seat := 1; seat != int(said.Seat+1)%7; seat = (seat + 1) % 7 {
		b.press("Tab", "")
	}
	b.until(fmt.Sprintf("s.seat == %d", (said.Seat+1)%7))
	b.press("s", "s")
	b.until(`s.strategies == ""`)
	b.call("Input.dispatchKeyEvent", map[string]any{"type": "keyDown", "key": "Tab", "modifiers": 8}, nil)
	b.until(fmt.Sprintf(`s.seat == %d && s.strategies.includes("strategy 2, waits")`, said.Seat))
}

// TestPageOfTwo shows two replays on one clock.
func TestPageOfTwo(t *testing.T) {
	kit, err := built()
	if err != nil {
		t.Fatal(err)
	}
	html, err := kit.Write("two", record(t), record(t))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "two.html")
	if err := os.WriteFile(path, html, 0o644); err != nil {
		t.Fatal(err)
	}
	b := start(t, "file://"+path)
	b.until("s.matches == 2")
	b.press("d", "d")
	b.until(`s.note.includes("same")`)
}
