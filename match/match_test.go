package match_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/bt"
	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/replay"
)

// drifter is a player in Go that remembers something: it keeps a direction
// for some ticks, and then draws another.
type drifter struct {
	seed  uint64
	ticks uint64
}

func (d *drifter) Tick(games.Body) error { return nil }

func (d *drifter) Finish(body games.Body) error {
	d.ticks++
	r := rand.New(rand.NewPCG(d.seed, d.ticks/4))
	return body.SetCommands([]byte{byte(1 + r.IntN(4))})
}

func (d *drifter) Rest(games.Body) {}

func (d *drifter) Snapshot(buf []byte) []byte {
	return fmt.Appendf(buf, "%d %d", d.seed, d.ticks)
}

func (d *drifter) Restore(snapshot []byte) error {
	_, err := fmt.Fscanf(bytes.NewReader(snapshot), "%d %d", &d.seed, &d.ticks)
	return err
}

func drift(name string) match.Entrant {
	return match.Entrant{Record: replay.Policy{Name: name}, Make: func(_ match.PlayerContext, _ games.Seat, seed uint64) (match.Player, error) {
		return &drifter{seed: seed}, nil
	}}
}

// hunter flees whoever is it, and hunts when it is it, by the game's own
// tasks.
func hunter(name string) match.Entrant {
	return match.Entrant{Record: replay.Policy{Name: name}, Make: func(match.PlayerContext, games.Seat, uint64) (match.Player, error) {
		return match.Func(hunt), nil
	}}
}

func hunt(b games.Body) error {
	v := tag.New().Vocabulary()
	isIt, _ := v.Reading("is_it")
	chooser, task := "it_player", "flee"
	var value [1]float64
	if b.Observe([]int32{int32(isIt)}, value[:]); value[0] == 1 {
		chooser, task = "nearest_player", "move_to"
	}
	c, _ := v.Chooser(chooser)
	i, _ := v.Task(task)
	target, _ := b.Choose(c, 0)
	status, used := tag.New().Task(i).Tick(b, games.Call{Args: []games.Value{{Given: true, Target: target}}, Started: true, May: 1}, nil)
	if status == bt.Failure {
		used = 0
	}
	b.Commit(used)
	return nil
}

// faulty plays like the hunter until a tick in which it fails.
func faulty(name string, tick int, fail func(games.Body) error) match.Entrant {
	return match.Entrant{Record: replay.Policy{Name: name}, Make: func(room match.PlayerContext, _ games.Seat, _ uint64) (match.Player, error) {
		return match.Func(func(b games.Body) error {
			if room.Now() >= tick {
				return fail(b)
			}
			return hunt(b)
		}), nil
	}}
}

func params(entrants ...match.Entrant) match.Params {
	return match.Params{Game: tag.New(), Config: games.Config{Map: "generated:3", Ticks: 200}, Seed: 11, Entrants: entrants,
		Program: "test", Record: true, HashEvery: 7}
}

func run(t *testing.T, p match.Params) match.Outcome {
	t.Helper()
	o, err := match.Run(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestRunIsAFunction(t *testing.T) {
	a := run(t, params(hunter("a"), drift("b"), drift("c")))
	b := run(t, params(hunter("a"), drift("b"), drift("c")))
	if diff := cmp.Diff(a, b, cmp.Comparer(func(x, y *replay.Replay) bool { return bytes.Equal(encode(t, x), encode(t, y)) })); diff != "" {
		t.Error(diff)
	}
	if !a.Over || a.Ticks != 200 || len(a.Events) == 0 || len(a.Metrics) != 3 || a.Names[2] != "c" || a.Result.Reason != "time limit" || a.Inconclusive() {
		t.Errorf("outcome %+v", a)
	}
	p := params(hunter("a"), drift("b"), drift("c"))
	p.Seed++
	if run(t, p).Hash == a.Hash {
		t.Error("another seed gave the same match")
	}
	p = params(hunter("a"), drift("b"), drift("c"))
	p.Record = false
	if o := run(t, p); o.Hash != a.Hash || o.Replay != nil || o.Events != nil {
		t.Error("recording changes the match, or was not left out")
	}
}

func encode(t *testing.T, r *replay.Replay) []byte {
	t.Helper()
	file, err := replay.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestForfeits(t *testing.T) {
	cases := []struct {
		name, class, text string
		fail              func(games.Body) error
	}{
		{"panic", match.ClassAgent, "panic: nil map in dryad/match_test.TestForfeits", func(games.Body) error { panic("nil map") }},
		{"error", match.ClassAgent, "over budget", func(games.Body) error { return errors.New("over\nbudget") }},
		{"illegal", match.ClassIllegal, "malformed commands", func(b games.Body) error {
			return fmt.Errorf("%w: %w", match.ErrIllegal, b.SetCommands([]byte{77}))
		}},
		{"infrastructure", match.ClassInfrastructure, "gone away", func(games.Body) error {
			return fmt.Errorf("gone away: %w", match.ErrInfrastructure)
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			o := run(t, params(hunter("a"), faulty("b", 50, c.fail)))
			if len(o.Forfeits) != 1 {
				t.Fatalf("forfeits %v", o.Forfeits)
			}
			f := o.Forfeits[0]
			if f.Seat != 1 || f.Tick < 50 || f.Class != c.class || !strings.Contains(f.Text, c.text) || strings.Contains(f.Text, "\n") {
				t.Errorf("forfeit %+v, want %s: %s", f, c.class, c.text)
			}
			if o.Ticks != 200 || o.Result.Winner != 0 || o.Result.Scores[0] != 1 || o.Result.Scores[1] != 0 {
				t.Errorf("the match ended as %+v after %d ticks", o.Result, o.Ticks)
			}
			if o.Inconclusive() != (c.class == match.ClassInfrastructure) {
				t.Error("Void is wrong")
			}
			for tick := f.Tick; tick < o.Ticks; tick++ {
				if len(o.Replay.Commands[1].At(tick)) > 0 {
					t.Fatalf("the seat commands at tick %d", tick)
				}
			}
			if _, err := match.Verify(context.Background(), match.PlaybackParams{Game: tag.New(), Replay: o.Replay}); err != nil {
				t.Errorf("the replay of it: %v", err)
			}
		})
	}
	all := run(t, params(faulty("a", 0, func(games.Body) error { panic(1) }), faulty("b", 0, func(games.Body) error { panic(2) })))
	if len(all.Forfeits) != 2 || all.Result.Scores[0] != 0 || all.Result.Scores[1] != 0 || all.Result.Winner != -1 {
		t.Errorf("two forfeits: %+v", all.Result)
	}
	three := run(t, params(faulty("a", 0, func(games.Body) error { panic(1) }), hunter("b"), hunter("c")))
	sum := three.Result.Scores[1] + three.Result.Scores[2]
	if three.Result.Scores[0] != 0 || sum != 1 {
		t.Errorf("one forfeit of three: %+v", three.Result)
	}
}

func TestMatchRefuses(t *testing.T) {
	p := params(hunter("a"), hunter("b"))
	p.Config.Seats = 3
	if _, err := match.New(p); err == nil || !strings.Contains(err.Error(), "3 seats") {
		t.Errorf("three seats and two policies: %v", err)
	}
	p = params(hunter("a"), match.Entrant{Record: replay.Policy{Name: "nobody"}})
	if _, err := match.New(p); err == nil || !strings.Contains(err.Error(), "nobody") {
		t.Errorf("no way to make a player: %v", err)
	}
	p = params(hunter("a"), match.Entrant{Record: replay.Policy{Name: "b"}, Make: func(match.PlayerContext, games.Seat, uint64) (match.Player, error) { panic("boom") }})
	if _, err := match.New(p); err == nil || !strings.Contains(err.Error(), "boom") {
		t.Errorf("a player that panics when it is made: %v", err)
	}
	if _, err := match.New(match.Params{}); err == nil {
		t.Error("no game is accepted")
	}
}

func TestInterruptedMatchIsReplayable(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	p := params(hunter("a"), drift("b"))
	p.Config.Ticks = 5000
	p.Observe = func(m *match.Match) {
		if m.Now() == 100 {
			cancel()
		}
	}
	o, err := match.Run(ctx, p)
	if !errors.Is(err, context.Canceled) || o.Over || o.Ticks < 100 || o.Ticks >= 5000 {
		t.Fatalf("%d ticks, over %v, %v", o.Ticks, o.Over, err)
	}
	v, err := match.Verify(context.Background(), match.PlaybackParams{Game: tag.New(), Replay: o.Replay})
	if err != nil || v.Ticks != o.Ticks || v.StateHash != o.Hash {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestSnapshotGoesOnEqually(t *testing.T) {
	whole := run(t, params(hunter("a"), drift("b")))
	m, err := match.New(params(hunter("a"), drift("b")))
	if err != nil {
		t.Fatal(err)
	}
	for m.Now() < 60 {
		m.Step()
	}
	s, err := m.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	for m.Now() < 150 {
		m.Step()
	}
	late, err := m.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []*match.Snapshot{s, late, s} {
		if err := m.Restore(at); err != nil {
			t.Fatal(err)
		}
		if m.Now() != at.Tick() {
			t.Fatalf("at tick %d", m.Now())
		}
		o, err := m.Finish(context.Background())
		if err != nil || !bytes.Equal(encode(t, o.Replay), encode(t, whole.Replay)) {
			t.Errorf("from tick %d the match goes on otherwise, %v", at.Tick(), err)
		}
	}
	other, _ := match.New(params(hunter("a"), drift("b")))
	if err := other.Restore(s); err == nil {
		t.Error("a snapshot of another match was accepted")
	}
}
