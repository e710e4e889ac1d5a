package tag_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dryad/bt"
	"dryad/games"
	"dryad/games/tag"
	_ "dryad/internal/fixedseed"
	"dryad/vocab"
)

func TestVocabularyIsValid(t *testing.T) {
	if err := tag.New().Vocabulary().Validate(); err != nil {
		t.Fatal(err)
	}
}

func TestComplete(t *testing.T) {
	got, err := tag.New().Complete(games.Config{})
	if err != nil || got.Map != "generated:1" || got.Mode != "tag" || got.Seats != 2 || got.Ticks != 300 {
		t.Errorf("defaults %+v, %v", got, err)
	}
	for want, c := range map[string]games.Config{
		"map":   {Map: "map01.wad:MAP01"},
		"mode":  {Mode: "deathmatch"},
		"seats": {Seats: 9},
		"ticks": {Ticks: -1},
		"rule":  {Rules: json.RawMessage(`{"x":1}`)},
	} {
		if _, err := tag.New().New(c, 1); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want an error about the %s", c, err, want)
		}
	}
}

// act drives one seat with the tasks themselves: whoever is it hunts, the
// others flee.
func act(w games.World, s games.Seat) {
	b := w.Body(s)
	v := tag.New().Vocabulary()
	isIt, _ := v.Reading("is_it")
	chooser, task := "it_player", "flee"
	var value [1]float64
	if b.Observe([]int32{int32(isIt)}, value[:]); value[0] == 1 {
		chooser, task = "nearest_player", "move_to"
	}
	c, _ := v.Chooser(chooser)
	i, _ := v.Task(task)
	target, ok := b.Choose(c, 0)
	if !ok {
		b.Commit(0)
		return
	}
	status, used := tag.New().Task(i).Tick(b, games.Call{Args: []games.Value{{Given: true, Target: target}}, Started: true, May: 1}, nil)
	if status == bt.Failure {
		used = 0
	}
	b.Commit(used)
}

func TestMatchPlays(t *testing.T) {
	w, err := tag.New().New(games.Config{Map: "generated:5", Seats: 3}, 9)
	if err != nil {
		t.Fatal(err)
	}
	tags := 0
	for {
		r, over := w.Result()
		if over {
			sum := 0.0
			for _, p := range r.Points {
				sum += p
			}
			if w.Now() != 300 || sum != 600 || r.Reason == "" {
				t.Errorf("%d ticks, %g points in all, result %+v", w.Now(), sum, r)
			}
			break
		}
		for s := range games.Seat(3) {
			if w.Perceive(s) {
				act(w, s)
			}
		}
		w.Step()
		tags += len(w.Events())
	}
	if tags < 3 {
		t.Errorf("%d tags in a match, want some", tags)
	}
}

// TestReplaysAndSnapshots plays with random commands, and from a snapshot
// again with the recorded ones.
func TestReplaysAndSnapshots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		config := games.Config{Seats: rapid.IntRange(2, 8).Draw(t, "seats"), Ticks: 60}
		cut := rapid.IntRange(0, 59).Draw(t, "cut")
		r := rand.New(rand.NewPCG(seed, 1))
		w, err := tag.New().New(config, seed)
		if err != nil {
			t.Fatal(err)
		}
		other, err := tag.New().New(config, seed)
		if err != nil {
			t.Fatal(err)
		}
		for w.Now() < 60 {
			if w.Now() == cut {
				if err := other.Restore(w.Snapshot(nil)); err != nil {
					t.Fatal(err)
				}
			}
			for s := range games.Seat(config.Seats) {
				acts := w.Perceive(s)
				if w.Now() >= cut && other.Perceive(s) != acts {
					t.Fatalf("tick %d: the copy disagrees who acts", w.Now())
				}
				if !acts {
					continue
				}
				var command []byte
				if d := r.IntN(5); d > 0 {
					command = []byte{byte(d)}
				}
				if err := w.Body(s).SetCommands(command); err != nil {
					t.Fatal(err)
				}
				if got := w.Body(s).AppendCommands(nil); !bytes.Equal(got, command) {
					t.Fatalf("commands %v came back as %v", command, got)
				}
				if w.Now() >= cut {
					if err := other.Body(s).SetCommands(command); err != nil {
						t.Fatal(err)
					}
				}
			}
			if w.Now() >= cut {
				other.Step()
			}
			w.Step()
			if w.Now() > cut && other.Hash() != w.Hash() {
				t.Fatalf("tick %d: hashes differ", w.Now())
			}
		}
	})
}

func TestRestoreRefuses(t *testing.T) {
	w, _ := tag.New().New(games.Config{Seats: 2}, 1)
	three, _ := tag.New().New(games.Config{Seats: 3}, 1)
	before := w.Hash()
	whole := w.Snapshot(nil)
	wall := bytes.Clone(whole)
	wall[6] = 0 // the corner
	late := bytes.Clone(whole)
	late[3] = 0xff
	for name, snapshot := range map[string][]byte{"other": three.Snapshot(nil), "short": whole[:9], "empty": nil, "wall": wall, "late": late} {
		if err := w.Restore(snapshot); err == nil || w.Hash() != before {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMalformedCommands(t *testing.T) {
	w, _ := tag.New().New(games.Config{}, 1)
	for _, c := range [][]byte{{0}, {5}, {1, 1}} {
		if err := w.Body(0).SetCommands(c); err == nil {
			t.Errorf("% x was accepted", c)
		}
	}
}

// TestStayAndNet exercises the task with state and the neural task.
func TestStayAndNet(t *testing.T) {
	w, _ := tag.New().New(games.Config{}, 1)
	b := w.Body(0)
	v := tag.New().Vocabulary()
	i, _ := v.Task("stay")
	state := make([]uint64, tag.New().Task(i).Words())
	for n, want := range []bt.Status{bt.Running, bt.Running, bt.Success} {
		if got, _ := tag.New().Task(i).Tick(b, games.Call{Args: []games.Value{{Number: 3}}, May: 1}, state); got != want {
			t.Errorf("tick %d of stay: %v, want %v", n, got, want)
		}
	}
	input := make([]float32, 8)
	call := games.Call{Args: []games.Value{{Target: games.Target{Kind: vocab.Agent, ID: 1}}}, May: 1}
	b.NetInput(0, call, input)
	if free := input[4] + input[5] + input[6] + input[7]; free < 1 || input[0] <= 0 {
		t.Errorf("input %v", input)
	}
	if used := b.NetOutput(0, call, []float32{0, 0, 1, 0, 0}); used != 1 {
		t.Errorf("channels %d", used)
	}
	b.Commit(1)
	if got := b.AppendCommands(nil); len(got) != 1 || got[0] != 2 {
		t.Errorf("commands %v", got)
	}
}
