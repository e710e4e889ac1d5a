package werewolf_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dryad/bt"
	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	_ "dryad/internal/fixedseed"
	"dryad/vocab"
)

func TestVocabularyIsValid(t *testing.T) {
	if err := werewolf.New().Vocabulary().Validate(); err != nil {
		t.Fatal(err)
	}
}

func TestComplete(t *testing.T) {
	c, err := werewolf.New().Complete(games.Config{})
	if err != nil || c.Seats != 7 || c.Mode != "classic" || c.Ticks == 0 || !bytes.Contains(c.Rules, []byte(`"werewolves":2`)) {
		t.Errorf("%+v, %v", c, err)
	}
	again, err := werewolf.New().Complete(c)
	if err != nil || !bytes.Equal(again.Rules, c.Rules) {
		t.Errorf("completing again gives %s, %v", again.Rules, err)
	}
	eight, err := werewolf.New().Complete(games.Config{Rules: json.RawMessage(`{"players":8,"werewolves":2}`)})
	if err != nil || eight.Seats != 8 {
		t.Errorf("%+v, %v", eight, err)
	}
	for want, c := range map[string]games.Config{
		"rules":   {Mode: "poker"},
		"players": {Seats: 2},
		"lasts":   {Ticks: -1},
		"seats":   {Seats: 7, Rules: json.RawMessage(`{"players":8}`)},
		"unknown": {Rules: json.RawMessage(`{"x":1}`)},
	} {
		if _, err := werewolf.New().New(c, 1); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want an error about %s", c, err, want)
		}
	}
}

// rambler decides at random, now and then illegally.
type rambler struct{}

func (rambler) Decide(_ context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	switch {
	case draw.IntN(20) == 0:
		return rules.Pass(), errors.New("confused")
	case draw.IntN(20) == 0:
		return rules.Point(15), nil
	case v.Act == rules.Speak:
		return rules.Say("I suspect " + rules.Name(v.Alive.Nth(draw.IntN(v.Alive.Len()))) + "."), nil
	case v.Act == rules.Offer:
		return rules.Bid(draw.IntN(rules.MaxBid + 1)), nil
	}
	return rules.Point(v.Legal.Nth(draw.IntN(v.Legal.Len()))), nil
}

// tick plays one tick of a world with ramblers.
func tick(t *rapid.T, w games.World, seed uint64) {
	for s := range games.Seat(w.Seats()) {
		if w.Perceive(s) {
			p := werewolf.NewPlayer(context.Background(), rambler{}, seed, s)
			if err := p.Tick(w.Body(s)); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.Step()
}

// TestSnapshots plays, and goes on from a snapshot in another world: the same
// hashes, events and result.
func TestSnapshots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		config := games.Config{Mode: rapid.SampledFrom(rules.Modes()).Draw(t, "mode"), Seats: rapid.IntRange(4, 13).Draw(t, "seats")}
		w, err := werewolf.New().New(config, seed)
		if err != nil {
			t.Fatal(err)
		}
		other, err := werewolf.New().New(config, seed)
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 40).Draw(t, "cut") {
			if _, over := w.Result(); over {
				break
			}
			tick(t, w, seed)
		}
		if err := other.Restore(w.Snapshot(nil)); err != nil {
			t.Fatal(err)
		}
		for n := 0; ; n++ {
			if w.Hash() != other.Hash() || w.Now() != other.Now() {
				t.Fatalf("tick %d and %d: the hashes differ", w.Now(), other.Now())
			}
			if n > 0 && len(w.Events()) != len(other.Events()) {
				t.Fatalf("tick %d: %v and %v", w.Now(), w.Events(), other.Events())
			}
			if _, over := w.Result(); over {
				break
			}
			tick(t, w, seed)
			tick(t, other, seed)
		}
	})
}

// TestCommands: what is committed comes back from its bytes, and the dead and
// the asked-nothing do not act.
func TestCommands(t *testing.T) {
	w, _ := werewolf.NewWorld(games.Config{}, 3)
	v := werewolf.New().Vocabulary()
	if len(v.Channels) != 4 {
		t.Fatal("channels")
	}
	for {
		if _, over := w.Result(); over {
			break
		}
		for s := range games.Seat(7) {
			b := w.Body(s).(*werewolf.Body)
			if !w.Perceive(s) {
				continue
			}
			if b.View().Act == rules.None || !b.View().Alive.Has(s) {
				t.Fatalf("seat %d acts and is asked nothing", s)
			}
			if err := werewolf.NewPlayer(context.Background(), rambler{}, 5, s).Tick(b); err != nil {
				t.Fatal(err)
			}
			commands := b.AppendCommands(nil)
			if err := b.SetCommands(commands); err != nil {
				t.Fatalf("%q: %v", commands, err)
			}
			if got := b.AppendCommands(nil); !bytes.Equal(got, commands) {
				t.Errorf("%q came back as %q", commands, got)
			}
			for _, bad := range [][]byte{{200}, {0, 0}, []byte("two\nlines"), {0xff, 0xfe}, bytes.Repeat([]byte("x"), rules.MaxSpeech+1)} {
				before := b.AppendCommands(nil)
				if b.SetCommands(bad) == nil && b.View().Act != rules.Speak {
					t.Errorf("%s: %q was accepted", b.View().Act, bad)
				}
				if b.View().Act != rules.Speak && !bytes.Equal(before, b.AppendCommands(nil)) {
					t.Errorf("refused commands changed something")
				}
			}
			if err := b.SetCommands(commands); err != nil {
				t.Fatal(err)
			}
		}
		w.Step()
	}
}

// TestTimeTellsNothing: a night takes as many ticks as the game had werewolves,
// however many are dead.
func TestTimeTellsNothing(t *testing.T) {
	for option, want := range map[string]int{"": 2, `,"night_talk":true`: 4} {
		timeTellsNothing(t, option, want)
	}
}

func timeTellsNothing(t *testing.T, option string, want int) {
	w, _ := werewolf.NewWorld(games.Config{Rules: json.RawMessage(`{"deal":["werewolf","werewolf","seer","doctor","villager","villager","villager"]` + option + `}`)}, 3)
	ticks := map[int]int{}
	for w.Table().Round() < 3 {
		if _, over := w.Result(); over {
			break
		}
		if w.Table().Phase() == rules.Night {
			ticks[w.Table().Round()]++
		}
		for s := range games.Seat(7) {
			if !w.Perceive(s) {
				continue
			}
			b := w.Body(s).(*werewolf.Body)
			d := rules.Pass()
			if b.View().Act == rules.Ballot && b.View().Legal.Has(1) {
				d = rules.Point(1)
			}
			if err := b.Decide(d); err != nil {
				t.Fatal(err)
			}
		}
		w.Step()
	}
	if w.Table().Alive().Has(1) || ticks[1] != want || ticks[2] != want {
		t.Errorf("ticks of the nights %v", ticks)
	}
}

// TestDuplicateDeal: the same seed deals the same, whoever plays.
func TestDuplicateDeal(t *testing.T) {
	a, _ := werewolf.NewWorld(games.Config{}, 11)
	b, _ := werewolf.NewWorld(games.Config{}, 11)
	for range 20 {
		if _, over := a.Result(); over {
			break
		}
		for s := range games.Seat(7) {
			if a.Perceive(s) {
				_ = werewolf.NewPlayer(context.Background(), rambler{}, 1, s).Tick(a.Body(s))
			}
		}
		a.Step()
	}
	for s := range games.Seat(7) {
		if a.Team(s) != b.Team(s) {
			t.Errorf("seat %d is on team %d and %d", s, a.Team(s), b.Team(s))
		}
	}
}

// TestTasks drives the tasks as a tree would.
func TestTasks(t *testing.T) {
	g := werewolf.New()
	v := g.Vocabulary()
	w, _ := werewolf.NewWorld(games.Config{Rules: json.RawMessage(`{"deal":["werewolf","werewolf","seer","doctor","villager","villager","villager"]}`)}, 3)
	do := func(s games.Seat, task string, args ...games.Value) bt.Status {
		t.Helper()
		i, ok := v.Task(task)
		if !ok {
			t.Fatalf("no task %s", task)
		}
		b := w.Body(s)
		status, used := g.Task(i).Tick(b, games.Call{Args: args, Started: true, May: 15, Draw: 1}, nil)
		b.Commit(used)
		return status
	}
	at := func(s int32) games.Value {
		return games.Value{Given: true, Target: games.Target{Kind: vocab.Agent, ID: s}}
	}
	perceive := func() {
		for s := range games.Seat(7) {
			w.Perceive(s)
		}
	}
	perceive()
	if do(0, "vote", at(3)) != bt.Failure || do(0, "kill", at(1)) != bt.Failure || do(0, "kill", at(4)) != bt.Success {
		t.Error("night tasks")
	}
	if do(2, "inspect", at(0)) != bt.Success || do(3, "protect", at(4)) != bt.Success {
		t.Error("night tasks of the village")
	}
	w.Step()
	perceive()
	if c, _ := v.Chooser("proposal"); true {
		if target, ok := w.Body(1).Choose(c, 0); !ok || target.ID != 4 || do(1, "kill", at(target.ID)) != bt.Success {
			t.Error("the proposal is not seen")
		}
	}
	w.Step()
	texts := []string{}
	for s := range games.Seat(7) {
		perceive()
		status := bt.Failure
		switch s {
		case 2:
			status = do(s, "report", at(0), games.Value{})
		case 3:
			status = do(s, "claim", games.Value{Given: true, Number: float64(rules.Doctor - 1)})
		case 4:
			status = do(s, "defend", at(4))
		default:
			status = do(s, "accuse", at(0))
		}
		if status != bt.Success {
			t.Errorf("seat %d: %v", s, status)
		}
		w.Step()
		texts = append(texts, w.Events()[0].Text)
	}
	if !strings.Contains(texts[2], "player_0") || !strings.Contains(texts[2], "werewolf") || !strings.Contains(texts[3], "doctor") {
		t.Errorf("%q", texts)
	}
	perceive()
	var value [2]float64
	found, _ := v.Reading("found_wolf")
	voting, _ := v.Reading("voting")
	if w.Body(2).Observe([]int32{int32(found), int32(voting)}, value[:]); value != [2]float64{1, 1} {
		t.Errorf("the seer reads %v", value)
	}
	if do(2, "vote", at(0)) != bt.Success || do(4, "abstain") != bt.Success {
		t.Error("votes")
	}
	w.Step()
	if w.Table().Alive().Has(0) {
		t.Error("the only vote did not count")
	}
}

func FuzzRestore(f *testing.F) {
	w, _ := werewolf.NewWorld(games.Config{}, 1)
	f.Add(w.Snapshot(nil))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, snapshot []byte) {
		w, err := werewolf.NewWorld(games.Config{}, 1)
		if err != nil {
			t.Fatal(err)
		}
		before := w.Hash()
		if err := w.Restore(snapshot); err != nil {
			if w.Hash() != before {
				t.Error("a refused snapshot changed the world")
			}
			return
		}
		if got := w.Snapshot(nil); !bytes.Equal(got, snapshot) {
			t.Errorf("% x came back as % x", snapshot, got)
		}
	})
}

func FuzzCommands(f *testing.F) {
	f.Add([]byte{3}, false)
	f.Add([]byte("hello"), true)
	f.Fuzz(func(t *testing.T, commands []byte, speech bool) {
		w, err := werewolf.NewWorld(games.Config{Seats: 4}, 1)
		if err != nil {
			t.Fatal(err)
		}
		for speech && w.Table().Phase() == rules.Night {
			for s := range games.Seat(4) {
				w.Perceive(s)
			}
			w.Step()
		}
		for s := range games.Seat(4) {
			if w.Perceive(s) && w.Body(s).SetCommands(commands) == nil {
				if got := w.Body(s).AppendCommands(nil); !bytes.Equal(got, commands) {
					t.Errorf("% x came back as % x", commands, got)
				}
			}
		}
		w.Step()
	})
}

// TestBooks: a book deals by its number and the seed, and not as no book does; its
// name is checked.
func TestBooks(t *testing.T) {
	deal := func(book string, seed uint64) (roles [7]rules.Role) {
		w, err := werewolf.NewWorld(games.Config{Map: book}, seed)
		if err != nil {
			t.Fatal(err)
		}
		for s := range roles {
			roles[s] = w.Table().Role(games.Seat(s))
		}
		return roles
	}
	if first, again := deal("deals:1", 5), deal("deals:1", 5); first != again {
		t.Error("a page deals differently")
	}
	alike := 0
	for seed := range uint64(20) {
		if deal("deals:1", seed) == deal("deals:2", seed) || deal("deals:1", seed) == deal("", seed) {
			alike++
		}
	}
	if alike > 5 {
		t.Errorf("%d of 20 deals are those of another book", alike)
	}
	for _, name := range []string{"deals:", "deals:x", "deals:-1", "map01"} {
		if _, err := werewolf.New().Complete(games.Config{Map: name}); err == nil {
			t.Errorf("%q is a book", name)
		}
	}
}

// noter notes what it was told so far.
type noter struct{}

func (noter) Decide(_ context.Context, v *rules.View, _ *rand.Rand) (rules.Decision, error) {
	d := rules.Pass()
	d.Note = fmt.Sprintf("note %d of %s", len(v.Notes), rules.Name(v.Seat))
	for i, note := range v.Notes {
		if want := fmt.Sprintf("note %d of %s", i, rules.Name(v.Seat)); note.Text != want || note.Round < 1 {
			return d, fmt.Errorf("note %d is %+v", i, note)
		}
	}
	return d, nil
}

// TestNotes: a seat's notes come back to it alone, are part of a snapshot, and are
// no part of the match.
func TestNotes(t *testing.T) {
	w, err := werewolf.NewWorld(games.Config{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	players := make([]*werewolf.Player, w.Seats())
	for s := range players {
		players[s] = werewolf.NewPlayer(t.Context(), noter{}, 1, games.Seat(s))
	}
	for !w.Table().Over() {
		for s := range players {
			if !w.Perceive(games.Seat(s)) {
				continue
			}
			if err := players[s].Tick(w.Body(games.Seat(s))); err != nil {
				t.Fatal(err)
			}
			if note := w.Body(games.Seat(s)).(*werewolf.Body).Decision().Note; note != "" {
				t.Errorf("the decision keeps the note %q", note)
			}
			again := werewolf.NewPlayer(t.Context(), noter{}, 1, games.Seat(s))
			if err := again.Restore(players[s].Snapshot(nil)); err != nil {
				t.Fatal(err)
			}
			players[s] = again
		}
		w.Step()
	}
	for s, p := range players {
		if n, err := p.Faults(); n > 0 {
			t.Errorf("seat %d: %v", s, err)
		}
	}
	if err := players[0].Restore([]byte("3")); err == nil {
		t.Error("a damaged snapshot: no error")
	}
}
