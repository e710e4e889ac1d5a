package session_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"dryad/bt"
	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/session"
)

const hunter = `
policy hunter for tag

key hunts: int = 0 in agent

tree main:
  selector:
    sequence hunt:
      condition: is_it and it_distance < 100
      set: hunts = hunts + 1
      task: move_to nearest_player
    sequence escape:
      condition: not is_it and it_distance < 6
      task: flee it_player
    task: move_to random_cell
`

func entrant(t testing.TB, source string) match.Entrant {
	t.Helper()
	p, faults := policy.Parse("test", []byte(source), tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	return match.Tree(p)
}

// record plays a match of tag in which seat 1 changes hands at tick 160.
func record(t testing.TB, ticks int) *replay.Replay {
	t.Helper()
	e := entrant(t, hunter)
	m, err := match.New(match.Params{Game: tag.New(), Config: games.Config{Ticks: ticks}, Seed: 3, Entrants: []match.Entrant{e, e, e}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	for m.Step() {
		if m.Now() == 160 {
			if err := m.Replace(1, entrant(t, strings.Replace(hunter, "policy hunter", "policy edited", 1))); err != nil {
				t.Fatal(err)
			}
		}
	}
	return m.Outcome().Replay
}

func open(t testing.TB, r *replay.Replay) *session.Session {
	t.Helper()
	s, err := session.Open(match.PlaybackParams{Game: tag.New(), Replay: r, Resolve: match.Resolver(tag.New(), policy.Params{})})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// TestSeekEqualsPlaying: whatever was looked at before, a tick shows the same.
func TestSeekEqualsPlaying(t *testing.T) {
	ctx := context.Background()
	r := record(t, 600)
	straight := open(t, r)
	type view struct {
		mind any
		read []session.Series
	}
	look := func(s *session.Session, seat games.Seat) view {
		m := s.Mind(seat)
		return view{[]any{m.Tick, m.Root, m.Ticks, m.Status, m.Tally, m.Decisions, m.Keys}, s.Readings(seat)}
	}
	want := map[int][]view{}
	for tick := 1; tick <= 600; tick++ {
		if err := straight.Seek(ctx, tick); err != nil {
			t.Fatal(err)
		}
		want[tick] = []view{look(straight, 0), look(straight, 1)}
	}
	s := open(t, r)
	for _, tick := range []int{450, 20, 161, 160, 159, 600, 1, 0, 500, 501, 281, 280, 279, 900, 600} {
		if err := s.Seek(ctx, tick); err != nil {
			t.Fatal(err)
		}
		at := min(tick, 600)
		if s.Tick() != at {
			t.Fatalf("at tick %d, not %d", s.Tick(), at)
		}
		if at == 0 {
			continue
		}
		for seat, v := range want[at] {
			if got := look(s, games.Seat(seat)); !reflect.DeepEqual(got, v) {
				t.Errorf("tick %d, seat %d:\n%+v, from the start\n%+v", at, seat, got, v)
			}
		}
	}
}

func TestClock(t *testing.T) {
	ctx := context.Background()
	s := open(t, record(t, 200))
	if changed, err := s.Advance(ctx, time.Second); changed || err != nil || s.Tick() != 0 {
		t.Errorf("a halted match moved: %v, %v", changed, err)
	}
	if err := s.Toggle(ctx); err != nil {
		t.Fatal(err)
	}
	for range 8 { // a second of 10 ticks, in parts that add up exactly
		if _, err := s.Advance(ctx, 125*time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	if s.Tick() != 10 {
		t.Errorf("tick %d after a second", s.Tick())
	}
	for range 20 {
		s.Faster(1)
	}
	if s.Speed() != 64 {
		t.Errorf("speed %g", s.Speed())
	}
	for range 8 {
		if _, err := s.Advance(ctx, 125*time.Millisecond); err != nil {
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
	if s.Speed() != 0.125 {
		t.Errorf("speed %g", s.Speed())
	}
	if err := s.Step(ctx, 5); err != nil || s.Tick() != 5 || s.Playing() {
		t.Errorf("a step leads to %d, %v", s.Tick(), err)
	}
}

func TestMarksAndJumps(t *testing.T) {
	ctx := context.Background()
	s := open(t, record(t, 600))
	s.Claim([]session.Mark{{Tick: 300, Seat: 0, Text: "seat 0 stands still"}})
	last := 0
	classes := map[session.Class]int{}
	for _, m := range s.Marks() {
		if m.Tick < last {
			t.Fatalf("marks are out of order at %+v", m)
		}
		last = m.Tick
		classes[m.Class]++
	}
	if classes[session.Kill] < 2 || classes[session.Change] != 1 || classes[session.Claim] != 1 {
		t.Fatalf("marks %v", classes)
	}
	for _, c := range []struct {
		class session.Class
		tick  int
	}{{session.Change, 160}, {session.Claim, 300}} {
		if found, err := s.Jump(ctx, false, c.class); !found || err != nil || s.Tick() != c.tick {
			t.Errorf("the next %s: %v, %v, tick %d", c.class, found, err, s.Tick())
		}
	}
	if found, err := s.Jump(ctx, true, session.Change, session.Claim); !found || err != nil || s.Tick() != 160 {
		t.Errorf("back: %v, %v, tick %d", found, err, s.Tick())
	}
	if found, _ := s.Jump(ctx, true, session.Claim); found || s.Tick() != 160 {
		t.Errorf("there is no claim before tick 160; now at %d", s.Tick())
	}
	if recent := s.Recent(1); len(recent) != 1 || recent[0].Text != "edited takes seat 1" {
		t.Errorf("recent %+v", recent)
	}
}

// node returns the identity of the first node with a line.
func node(t *testing.T, s *session.Session, text string) uint64 {
	t.Helper()
	for _, n := range s.Mind(0).Nodes {
		if n.Text == text {
			return n.ID
		}
	}
	t.Fatalf("there is no node %q", text)
	return 0
}

// TestFind: what is found is what a walk through all ticks finds.
func TestFind(t *testing.T) {
	ctx := context.Background()
	r := record(t, 600)
	walk := open(t, r)
	flee := node(t, walk, "task: flee it_player")
	at := map[session.When][]int{}
	before := bt.Idle
	for tick := 1; tick <= 600; tick++ {
		if err := walk.Seek(ctx, tick); err != nil {
			t.Fatal(err)
		}
		m := walk.Mind(0)
		var now bt.Status
		for i := range m.Nodes {
			if m.Nodes[i].ID == flee {
				now = m.Status[i]
			}
		}
		if now != bt.Idle && before != bt.Running {
			at[session.Starts] = append(at[session.Starts], tick)
		}
		if now != before {
			at[session.Changes] = append(at[session.Changes], tick)
		}
		if now == bt.Success || now == bt.Failure || now == bt.Idle && before == bt.Running {
			at[session.Ends] = append(at[session.Ends], tick)
		}
		before = now
	}
	if len(at[session.Starts]) < 2 {
		t.Fatalf("the match tells nothing: %v", at)
	}
	s := open(t, r)
	for _, here := range []int{0, 1, 140, 300, 599, 600} {
		if err := s.Seek(ctx, here); err != nil {
			t.Fatal(err)
		}
		var readings []session.Series
		if here > 0 {
			readings = s.Readings(0)
		}
		for when, ticks := range at {
			for _, back := range []bool{false, true} {
				want, any := 0, false
				for _, tick := range ticks {
					if back && tick < here || !back && tick > here && !any {
						want, any = tick, true
					}
				}
				got, found, err := s.Find(ctx, session.Query{Seat: 0, Node: flee, Event: when, Back: back})
				if err != nil || found != any || got != want {
					t.Errorf("from %d, %s, back %v: %d, %v, %v; want %d, %v", here, when, back, got, found, err, want, any)
				}
			}
		}
		if s.Tick() != here || here > 0 && !reflect.DeepEqual(s.Readings(0), readings) {
			t.Errorf("after looking, tick %d is at %d or shows other readings", here, s.Tick())
		}
	}
}

func TestBreakpoints(t *testing.T) {
	ctx := context.Background()
	s := open(t, record(t, 600))
	flee := node(t, s, "task: flee it_player")
	want, found, err := s.Find(ctx, session.Query{Node: flee, Event: session.Starts})
	if err != nil || !found {
		t.Fatal(found, err)
	}
	run := func() {
		t.Helper()
		if err := s.Seek(ctx, 0); err != nil {
			t.Fatal(err)
		}
		if err := s.Toggle(ctx); err != nil {
			t.Fatal(err)
		}
		for s.Playing() {
			if _, err := s.Advance(ctx, 100*time.Millisecond); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.ToggleBreak(0, flee, session.Starts)
	if run(); s.Tick() != want || s.Stopped() == nil || s.Stopped().Text != "task: flee it_player starts" {
		t.Errorf("halted at %d: %+v, want %d", s.Tick(), s.Stopped(), want)
	}
	s.ToggleBreak(0, flee, session.Starts)
	if run(); s.Tick() != 600 || s.Stopped() != nil || len(s.Breaks()) != 0 {
		t.Errorf("without a breakpoint halted at %d: %+v", s.Tick(), s.Stopped())
	}
	if err := s.BreakOn(0, "hunts >= 1"); err != nil {
		t.Fatal(err)
	}
	run()
	if stop := s.Stopped(); stop == nil || stop.Text != "hunts >= 1 became true" {
		t.Errorf("halted at %d: %+v", s.Tick(), stop)
	}
	s.ClearBreaks()
	for _, bad := range []string{"hunts +", "no_such_word > 1", "it_distance"} {
		if err := s.BreakOn(0, bad); err == nil {
			t.Errorf("%q is taken for a breakpoint", bad)
		}
	}
	if err := s.BreakOn(7, "is_it"); err == nil || !strings.Contains(err.Error(), "seat 7") {
		t.Errorf("seat 7: %v", err)
	}
}

func TestForkAndCompare(t *testing.T) {
	ctx := context.Background()
	s := open(t, record(t, 400))
	if err := s.Seek(ctx, 200); err != nil {
		t.Fatal(err)
	}
	same, faults, err := s.Fork(ctx, session.ForkParams{Tick: 200, Seat: 0, Source: s.Replay().PolicyAt(0, 200).Source})
	if err != nil || !faults.OK() {
		t.Fatal(faults, err)
	}
	compare := func(r *replay.Replay) session.Difference {
		t.Helper()
		other, err := s.Another(r)
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		d, err := session.Compare(ctx, s, other)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if d := compare(same); d.State >= 0 || d.Thought >= 0 || d.Compared != 400 {
		t.Errorf("the same tree: %v", d)
	}
	still := strings.Replace(hunter, "task: move_to random_cell", "task: stay 3s", 1)
	other, faults, err := s.Fork(ctx, session.ForkParams{Tick: 200, Seat: 0, Source: still})
	if err != nil || !faults.OK() {
		t.Fatal(faults, err)
	}
	d := compare(other)
	if d.State < 200 || d.Thought < 201 || d.Seat != 0 || d.Thought > d.State {
		t.Errorf("another tree: %v", d)
	}
	if _, faults, err = s.Fork(ctx, session.ForkParams{Tick: 200, Source: "policy x for tag\n\ntree main:\n  task: fly\n"}); err != nil || faults.OK() {
		t.Errorf("a faulty tree: %v, %v", faults, err)
	}
	if s.Tick() != 200 {
		t.Errorf("forking moved the session to %d", s.Tick())
	}
}

func TestFaultIsKept(t *testing.T) {
	ctx := context.Background()
	r := record(t, 200)
	r.Hashes[1].Value++
	s := open(t, r)
	if err := s.Seek(ctx, 150); err == nil || s.Fault() == nil {
		t.Fatalf("error %v, fault %v", err, s.Fault())
	}
	var divergence *match.DivergenceError
	if !errors.As(s.Fault(), &divergence) || divergence.Tick != 100 {
		t.Errorf("fault %v", s.Fault())
	}
	if err := s.Seek(ctx, 50); err != nil || s.Fault() != nil || s.Tick() != 50 {
		t.Errorf("going back: tick %d, %v", s.Tick(), err)
	}
}

func TestReadings(t *testing.T) {
	s := open(t, record(t, 200))
	if err := s.Seek(context.Background(), 150); err != nil {
		t.Fatal(err)
	}
	series := s.Readings(0)
	if len(series) != tag.New().Vocabulary().Readings() || len(series[0].Values) < 90 || len(series[0].Values) > 120 {
		t.Fatalf("%d readings, %d values", len(series), len(series[0].Values))
	}
	for _, x := range series {
		if x.Name == "it_distance" && !strings.HasSuffix(x.Text, "cells") {
			t.Errorf("%+v", x)
		}
	}
	decided := s.Mind(0).Decisions
	if len(decided) == 0 {
		t.Fatal("no condition was decided")
	}
	for n, d := range decided {
		if why := d.Why(); !strings.Contains(why, "is_it is ") && !strings.Contains(why, "it_distance = ") {
			t.Errorf("node %d: %q", n, why)
		}
	}
}

func BenchmarkAdvance(b *testing.B) {
	ctx := context.Background()
	s := open(b, record(b, 20_000))
	b.ReportAllocs()
	for b.Loop() {
		if s.Tick() >= s.Ticks() {
			if err := s.Seek(ctx, 0); err != nil {
				b.Fatal(err)
			}
		}
		if err := s.Seek(ctx, s.Tick()+1); err != nil {
			b.Fatal(err)
		}
	}
}
