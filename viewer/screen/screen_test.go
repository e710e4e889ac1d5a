package screen_test

import (
	"context"
	"image"
	"image/color"
	"strings"
	"testing"
	"time"

	"dryad/games"
	"dryad/games/fps/arena"
	"dryad/games/tag"
	"dryad/replay"
	"dryad/viewer/paint"
	"dryad/viewer/screen"
)

// tagged shows a match of tag.
func tagged(t testing.TB) *screen.Screen {
	t.Helper()
	r := play(t, tag.New(), games.Config{Ticks: 400, Seats: 3}, 3, hunter, hunter, hunter)
	return screen.New(screen.Params{Session: open(t, tag.New(), r), Camera: tagCamera})
}

func same(a, b *image.RGBA) bool { return string(a.Pix) == string(b.Pix) }

// TestKeys: what each key does to the match that is watched.
func TestKeys(t *testing.T) {
	ctx := context.Background()
	s := tagged(t)
	x := s.Session()
	for _, c := range []struct {
		key     screen.Key
		tick    int
		playing bool
		speed   float64
		seat    games.Seat
	}{
		{screen.Key{Name: "right"}, 1, false, 1, 0},
		{screen.Key{Name: "right", Shift: true}, 11, false, 1, 0},
		{screen.Key{Name: "left"}, 10, false, 1, 0},
		{screen.Key{Name: "up"}, 10, false, 2, 0},
		{screen.Key{Name: "down"}, 10, false, 1, 0},
		{screen.Key{Name: "tab"}, 10, false, 1, 1},
		{screen.Key{Name: "tab", Shift: true}, 10, false, 1, 0},
		{screen.Letter(' '), 10, true, 1, 0},
		{screen.Letter(' '), 10, false, 1, 0},
		{screen.Key{Name: "end"}, 400, false, 1, 0},
		{screen.Key{Name: "home"}, 0, false, 1, 0},
		{screen.Letter('k'), 19, false, 1, 0},
		{screen.Letter('K'), 19, false, 1, 0},
		{screen.Letter('o'), 19, false, 1, 0},
	} {
		if err := s.Key(ctx, c.key); err != nil {
			t.Fatal(err)
		}
		if x.Tick() != c.tick || x.Playing() != c.playing || x.Speed() != c.speed || x.Seat() != c.seat {
			t.Errorf("%+v: tick %d, playing %v, speed %g, seat %d; want %+v", c.key, x.Tick(), x.Playing(), x.Speed(), x.Seat(), c)
		}
	}
	if s.Note() != "there is no such moment after" {
		t.Errorf("note %q", s.Note())
	}
}

// TestEveryKeyIsSeen: every key of the help changes the picture, and painting
// the same twice gives the same.
func TestEveryKeyIsSeen(t *testing.T) {
	ctx := context.Background()
	r := play(t, arena.New(), games.Config{Map: "generated:7", Seats: 2, Ticks: 700}, 6, shipped(t, "arena/expert"), shipped(t, "arena/rookie"))
	for _, key := range []string{" ", "h", "r", "v", "t", "a", "e", "w", "?", "/", "=", "g", "k", "d", "b", ",", "]", "p"} {
		s := at(t, screen.New(screen.Params{Session: open(t, arena.New(), r)}), 300)
		if key == "]" {
			press(t, s, "t")
		}
		before := s.Paint(1000, 600)
		if !same(before, s.Paint(1000, 600)) {
			t.Fatalf("%s: painting twice gives two pictures", key)
		}
		if err := s.Key(ctx, screen.Letter(rune(key[0]))); err != nil {
			t.Fatal(err)
		}
		if same(before, s.Paint(1000, 600)) {
			t.Errorf("%q changes nothing that is seen", key)
		}
	}
}

// find returns the middle of the first place where text is painted in a
// colour's row of the tree: the rows are asked for their tooltips instead of
// being read.
func row(t *testing.T, s *screen.Screen, text string) image.Point {
	t.Helper()
	s.Paint(1280, 720)
	for y := 40; y < 420; y += 4 {
		at := image.Pt(1000, y)
		if lines := s.Tip(at); len(lines) > 0 && lines[0] == text {
			return at
		}
	}
	t.Fatalf("no row says %q", text)
	return image.Point{}
}

func TestMouse(t *testing.T) {
	ctx := context.Background()
	s := at(t, tagged(t), 100)
	x := s.Session()
	click := func(b screen.Button, p image.Point) {
		t.Helper()
		if err := s.Press(ctx, b, p); err != nil {
			t.Fatal(err)
		}
		s.Release()
		s.Paint(1280, 720)
	}
	// A click on a node shows when it last started, and a click on that goes
	// there.
	flee := row(t, s, "task: flee it_player")
	click(screen.Left, flee)
	started := int(x.Mind(0).Tally[6].Started)
	if x.Mind(0).Nodes[6].Text != "task: flee it_player" || started <= 0 || started >= 100 {
		t.Fatalf("node 6 is %q, started at %d", x.Mind(0).Nodes[6].Text, started)
	}
	for y := 430; y < 560 && x.Tick() == 100; y += 6 {
		click(screen.Left, image.Pt(900, y))
	}
	if x.Tick() != started {
		t.Errorf("at tick %d, the node started at %d", x.Tick(), started)
	}
	// The right button sets a breakpoint, at which the match halts.
	if err := s.Seek(ctx, 0); err != nil {
		t.Fatal(err)
	}
	click(screen.Right, row(t, s, "task: flee it_player"))
	press(t, s, "space")
	for x.Playing() {
		if _, err := s.Advance(ctx, 100*time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	if stop := x.Stopped(); stop == nil || stop.Text != "task: flee it_player starts" || x.Tick() == 400 {
		t.Errorf("halted at %d: %+v", x.Tick(), stop)
	}
	// The mark before a node folds it.
	before := s.Paint(1280, 720)
	escape := row(t, s, "sequence escape")
	click(screen.Left, image.Pt(776, escape.Y))
	if same(before, s.Paint(1280, 720)) || s.Tip(row(t, s, "task: move_to random_cell")) == nil {
		t.Error("folding is not seen")
	}
	for y := 40; y < 420; y += 4 {
		if lines := s.Tip(image.Pt(1000, y)); len(lines) > 0 && lines[0] == "condition: it_distance < 6" {
			t.Error("a folded node is still there")
		}
	}
	// The time line is dragged.
	if err := s.Press(ctx, screen.Left, image.Pt(640, 690)); err != nil {
		t.Fatal(err)
	}
	if d := x.Tick() - 200; d < -2 || d > 2 {
		t.Errorf("the middle of the time line is tick %d", x.Tick())
	}
	if _, err := s.Move(ctx, image.Pt(5000, 100)); err != nil || x.Tick() != 400 {
		t.Errorf("dragged to tick %d, %v", x.Tick(), err)
	}
	s.Release()
	if _, err := s.Move(ctx, image.Pt(0, 690)); err != nil || x.Tick() != 400 {
		t.Errorf("released and moved to tick %d, %v", x.Tick(), err)
	}
}

// TestTyping: a search marks rows, a bad expression is answered, a good one
// halts.
func TestTyping(t *testing.T) {
	ctx := context.Background()
	s := at(t, tagged(t), 50)
	before := s.Paint(1280, 720)
	press(t, s, "/")
	if !s.Typing() {
		t.Fatal("a search takes no text")
	}
	s.Type("flee")
	press(t, s, "enter")
	img := s.Paint(1280, 720)
	if same(before, img) || s.Typing() || !has(img, paint.Purple) {
		t.Error("what was searched for is not marked")
	}
	press(t, s, "=")
	s.Type("it_distanc < 2")
	press(t, s, "enter")
	if !strings.Contains(s.Note(), "it_distanc") {
		t.Errorf("note %q", s.Note())
	}
	press(t, s, "=")
	s.Type("is_itx")
	press(t, s, "backspace", "enter", "space")
	for s.Session().Playing() {
		if _, err := s.Advance(ctx, 100*time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	if stop := s.Session().Stopped(); stop == nil || stop.Text != "is_it became true" {
		t.Errorf("halted at %d: %+v", s.Session().Tick(), stop)
	}
}

func has(img *image.RGBA, c color.RGBA) bool {
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if img.RGBAAt(x, y) == c {
				return true
			}
		}
	}
	return false
}

// TestFork edits the tree in the built-in editor and plays on.
func TestFork(t *testing.T) {
	r := play(t, tag.New(), games.Config{Ticks: 400, Seats: 3}, 3, hunter, hunter, hunter)
	var kept *replay.Replay
	s := screen.New(screen.Params{Session: open(t, tag.New(), r), Camera: tagCamera, Save: func(r *replay.Replay) (string, error) { kept = r; return "fork.replay", nil }})
	at(t, s, 150)
	press(t, s, "g")
	for range 40 {
		press(t, s, "down")
	}
	press(t, s, "end")
	s.Type(" x")
	ctx := context.Background()
	submit := func() {
		t.Helper()
		if err := s.Key(ctx, screen.Key{Name: "enter", Ctrl: true}); err != nil {
			t.Fatal(err)
		}
	}
	if submit(); !s.Typing() || kept != nil {
		t.Fatal("a faulty tree was taken")
	}
	s.Paint(1280, 720)
	press(t, s, "backspace", "backspace", "home")
	for range len("    task: move_to random_cell") {
		press(t, s, "delete")
	}
	s.Type("    task: stay 1s")
	if submit(); s.Typing() || kept == nil || !strings.Contains(kept.PolicyAt(0, 200).Source, "stay 1s") || s.Note() != "kept as fork.replay; d goes to the first difference" {
		t.Fatalf("the tree was not taken: %q", s.Note())
	}
	if s.Session().Tick() != 150 {
		t.Errorf("at tick %d", s.Session().Tick())
	}
	press(t, s, "d")
	if !strings.Contains(s.Note(), "the tree of seat 0 thinks otherwise from tick") || s.Session().Tick() <= 150 {
		t.Errorf("%q at tick %d", s.Note(), s.Session().Tick())
	}
	press(t, s, "right", "g", "escape")
	s.Paint(1280, 720)
}

// TestSizes: every size gives a whole picture, opaque everywhere.
func TestSizes(t *testing.T) {
	for _, scene := range scenes {
		s := scene.make(t)
		for _, size := range []image.Point{{X: 1, Y: 1}, {X: 2000, Y: 500}, {X: 800, Y: 1400}} {
			for _, scale := range []float64{1, 2.5} {
				s.SetScale(scale)
				img := s.Paint(size.X, size.Y)
				if img.Rect.Dx() < size.X || img.Rect.Dy() < size.Y {
					t.Errorf("%v: a picture of %v", size, img.Rect)
				}
				for i := 3; i < len(img.Pix); i += 4 {
					if img.Pix[i] != 255 {
						t.Fatalf("%s, %v: pixel %d is not opaque", scene.name, size, i/4)
					}
				}
			}
		}
	}
}

// TestFaultIsShown: a damaged match gives a message in the picture and can be
// gone back in.
func TestFaultIsShown(t *testing.T) {
	ctx := context.Background()
	r := play(t, tag.New(), games.Config{Ticks: 200, Seats: 2}, 3, hunter, hunter)
	r.Hashes[1].Value++
	s := screen.New(screen.Params{Session: open(t, tag.New(), r)})
	if err := s.Seek(ctx, 150); err != nil {
		t.Fatal(err)
	}
	if s.Session().Fault() == nil || !has(s.Paint(1280, 720), paint.Red) {
		t.Error("the fault is not shown")
	}
	press(t, s, "right", "home")
	if s.Session().Fault() != nil || s.Session().Tick() != 0 {
		t.Errorf("at tick %d with %v", s.Session().Tick(), s.Session().Fault())
	}
}

// TestLongMatch: a long match whose keyframes cannot be used is executed beside what
// is shown, and says both.
func TestLongMatch(t *testing.T) {
	const ticks = 20_500
	r := play(t, tag.New(), games.Config{Ticks: ticks, Seats: 2}, 3, hunter, hunter)
	r.Unkeyed = replay.ErrKeyframes
	s := screen.New(screen.Params{Session: open(t, tag.New(), r), Camera: tagCamera})
	if !strings.Contains(s.Note(), "keyframes cannot be used; the match is executed instead") {
		t.Errorf("note %q", s.Note())
	}
	press(t, s, "right")
	before := s.Paint(1000, 600)
	seen := false
	for s.Session().Far(ticks) {
		changed, err := s.Advance(t.Context(), 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, is := s.Session().Exploring(); is && changed && !seen {
			seen = true
			if same(before, s.Paint(1000, 600)) {
				t.Error("the bar does not say how far it is")
			}
		}
	}
	if s.Session().Tick() != 1 {
		t.Errorf("what is shown has gone to tick %d", s.Session().Tick())
	}
}

// BenchmarkPaint paints 1280 by 720 pixels with a tree of 2000 nodes; the match
// goes on by a tick a picture.
func BenchmarkPaint(b *testing.B) {
	ctx := context.Background()
	r := play(b, arena.New(), games.Config{Map: "generated:7", Seats: 2, Ticks: 2000}, 6, large(2000), shipped(b, "arena/rookie"))
	for name, keys := range map[string][]string{"text": nil, "drawn": {"t"}} {
		b.Run(name, func(b *testing.B) {
			s := at(b, screen.New(screen.Params{Session: open(b, arena.New(), r)}), 300)
			press(b, s, keys...)
			for b.Loop() {
				if err := s.Seek(ctx, 300+(s.Session().Tick()-299)%1000); err != nil {
					b.Fatal(err)
				}
				s.Paint(1280, 720)
			}
		})
	}
}
