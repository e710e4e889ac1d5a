package viewer_test

import (
	"context"
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"
	"time"

	"dryad/bt"
	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer"
)

const hunter = `
policy hunter for tag

tree main:
  selector:
    sequence hunt:
      condition: is_it
      task: move_to nearest_player
    sequence escape:
      condition: it_distance < 6
      task: flee it_player
    task: move_to random_cell
`

// record plays a match of tag in which seat 1 changes hands at tick 60.
func record(t testing.TB) *replay.Replay {
	t.Helper()
	entrant := func(source string) match.Entrant {
		p, faults := policy.Parse("test", []byte(source), tag.New(), policy.Params{})
		if p == nil {
			t.Fatal(faults)
		}
		return match.Tree(p)
	}
	e := entrant(hunter)
	m, err := match.New(match.Params{Game: tag.New(), Config: games.Config{Ticks: 200}, Seed: 3, Entrants: []match.Entrant{e, e, e}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	for m.Step() {
		if m.Now() == 60 {
			if err := m.Replace(1, entrant(strings.Replace(hunter, "policy hunter", "policy edited", 1))); err != nil {
				t.Fatal(err)
			}
		}
	}
	return m.Outcome().Replay
}

// paint is a camera of one colour.
func paint(games.World, games.Seat, int, int) (image.Image, error) {
	img := image.NewRGBA(image.Rect(0, 0, 4, 3))
	for i := range img.Pix {
		img.Pix[i] = 0xc0
		if i%4 == 3 {
			img.Pix[i] = 0xff
		}
	}
	return img, nil
}

func open(t testing.TB, r *replay.Replay, camera viewer.Camera) *viewer.Session {
	t.Helper()
	s, err := viewer.Open(match.PlaybackParams{Game: tag.New(), Replay: r, Resolve: match.Resolver(tag.New(), policy.Params{})}, camera)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func TestSeekShowsTheTreeOfTheTick(t *testing.T) {
	ctx := context.Background()
	r := record(t)
	straight := open(t, r, nil)
	rows := map[int][]viewer.Row{0: straight.Rows()}
	facts := map[int][]viewer.Fact{}
	for tick := 1; tick <= 200; tick++ {
		if err := straight.Seek(ctx, tick); err != nil {
			t.Fatal(err)
		}
		rows[tick], facts[tick] = straight.Rows(), straight.Readings()
	}
	s := open(t, r, nil)
	for _, tick := range []int{150, 20, 61, 60, 59, 200, 1, 0, 500} {
		if err := s.Seek(ctx, tick); err != nil {
			t.Fatal(err)
		}
		at := min(tick, 200)
		if s.Tick() != at {
			t.Fatalf("at tick %d, not %d", s.Tick(), tick)
		}
		for i, row := range s.Rows() {
			if row != rows[at][i] {
				t.Errorf("tick %d, node %d: %+v, from the start %+v", at, i, row, rows[at][i])
			}
		}
		for i, fact := range s.Readings() {
			if fact != facts[at][i] {
				t.Errorf("tick %d: %+v, from the start %+v", at, fact, facts[at][i])
			}
		}
	}
	if got := rows[150]; len(got) != 8 || got[0].Depth != 0 || got[2].Depth != 2 || !strings.Contains(got[2].Text, "is_it") {
		t.Errorf("rows %+v", got)
	}
	if rows[0][0].Status != bt.Idle {
		t.Error("a node has a status before the first tick")
	}
	if len(facts[150]) != 2 || facts[150][0].Name != "it_distance" || !strings.HasSuffix(facts[150][0].Value, "cells") || facts[150][1].Name != "is_it" {
		t.Errorf("readings %+v", facts[150])
	}
}

func TestAdvanceKeepsTheGamesSpeed(t *testing.T) {
	ctx := context.Background()
	s := open(t, record(t), nil)
	if changed, err := s.Advance(ctx, time.Second); changed || err != nil || s.Tick() != 0 {
		t.Errorf("a halted match moved: %v, %v", changed, err)
	}
	if err := s.Toggle(ctx); err != nil {
		t.Fatal(err)
	}
	for range 50 { // a second of 10 ticks
		if _, err := s.Advance(ctx, 20*time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	if s.Tick() < 9 || s.Tick() > 10 {
		t.Errorf("tick %d after a second", s.Tick())
	}
	for range 20 {
		s.Faster(1)
	}
	if s.Speed() != 16 {
		t.Errorf("speed %g", s.Speed())
	}
	for range 200 {
		if _, err := s.Advance(ctx, 20*time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	if s.Tick() != 200 || s.Playing() {
		t.Errorf("tick %d, playing %v: the match should have halted at its end", s.Tick(), s.Playing())
	}
	if err := s.Toggle(ctx); err != nil || s.Tick() != 0 || !s.Playing() {
		t.Errorf("playing again begins at tick %d, %v", s.Tick(), err)
	}
	for range 20 {
		s.Faster(-1)
	}
	if s.Speed() != 0.1 {
		t.Errorf("speed %g", s.Speed())
	}
	if err := s.Step(ctx, 5); err != nil || s.Tick() != 5 || s.Playing() {
		t.Errorf("a step leads to %d, %v", s.Tick(), err)
	}
}

func TestSeats(t *testing.T) {
	s := open(t, record(t), nil)
	for _, want := range []games.Seat{1, 2, 0} {
		if s.Next(1); s.Seat() != want {
			t.Errorf("seat %d, want %d", s.Seat(), want)
		}
	}
	if s.Next(-1); s.Seat() != 2 {
		t.Errorf("seat %d before the first", s.Seat())
	}
	s.Watch(9)
	if s.Seat() != 2 {
		t.Error("a seat that there is not was chosen")
	}
}

func TestFaultIsShown(t *testing.T) {
	ctx := context.Background()
	r := record(t)
	r.Hashes[1].Value++
	s := open(t, r, paint)
	if err := s.Seek(ctx, 150); err == nil || s.Fault() == nil {
		t.Fatalf("error %v, fault %v", err, s.Fault())
	}
	var divergence *match.DivergenceError
	if !errors.As(s.Fault(), &divergence) || divergence.Tick != 100 {
		t.Errorf("fault %v", s.Fault())
	}
	viewer.Paint(s, 1000, 700)
	if err := s.Seek(ctx, 50); err != nil || s.Fault() != nil || s.Tick() != 50 {
		t.Errorf("going back: tick %d, %v", s.Tick(), err)
	}
}

func TestPaint(t *testing.T) {
	ctx := context.Background()
	r := record(t)
	s := open(t, r, paint)
	if err := s.Seek(ctx, 120); err != nil {
		t.Fatal(err)
	}
	for _, size := range []image.Point{{X: 1280, Y: 800}, {X: 1, Y: 1}, {X: 2000, Y: 500}} {
		img := viewer.Paint(s, size.X, size.Y)
		if img.Rect.Dx() < size.X || img.Rect.Dy() < size.Y {
			t.Errorf("%v: a picture of %v", size, img.Rect)
		}
		for i := 3; i < len(img.Pix); i += 4 {
			if img.Pix[i] != 255 {
				t.Fatalf("%v: pixel %d is not opaque", size, i/4)
			}
		}
	}
	img := viewer.Paint(s, 1280, 800)
	if counts(img)[color.RGBA{0xc0, 0xc0, 0xc0, 0xff}] < 50_000 {
		t.Error("the camera's pictures are not there")
	}
	// What is said is seen: another tick, another seat and another speed give
	// other pictures.
	same := func(a, b *image.RGBA) bool { return string(a.Pix) == string(b.Pix) }
	if !same(img, viewer.Paint(s, 1280, 800)) {
		t.Error("painting twice gives two pictures")
	}
	s.Faster(1)
	faster := viewer.Paint(s, 1280, 800)
	s.Next(1)
	other := viewer.Paint(s, 1280, 800)
	if err := s.Step(ctx, 1); err != nil {
		t.Fatal(err)
	}
	if same(img, faster) || same(faster, other) || same(other, viewer.Paint(s, 1280, 800)) {
		t.Error("a change is not seen")
	}
}

// counts returns how many pixels there are of each colour.
func counts(img *image.RGBA) map[color.RGBA]int {
	n := map[color.RGBA]int{}
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			n[img.RGBAAt(x, y)]++
		}
	}
	return n
}

func TestWithoutPictures(t *testing.T) {
	s := open(t, record(t), nil)
	viewer.Paint(s, 900, 600)
	if got := s.State(); got != "before the first tick" {
		t.Errorf("state %q", got)
	}
	if moments := s.Recent(3); len(moments) != 0 {
		t.Errorf("events before the first tick: %+v", moments)
	}
	if err := s.Seek(context.Background(), 200); err != nil {
		t.Fatal(err)
	}
	if moments := s.Recent(2); len(moments) != 2 || moments[0].Event.Tick < moments[1].Event.Tick || !strings.Contains(moments[0].Text, "tag by") {
		t.Errorf("events %+v", moments)
	}
}

func BenchmarkPaint(b *testing.B) {
	s := open(b, record(b), nil)
	if err := s.Seek(context.Background(), 120); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		viewer.Paint(s, 1280, 800)
	}
}
