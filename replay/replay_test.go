package replay_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"dryad/games"
	_ "dryad/internal/fixedseed"
	"dryad/replay"
)

// sample returns a small replay with everything in it.
func sample() *replay.Replay {
	r := &replay.Replay{
		Program: "0.1.0", Game: "tag", GameVersion: 1,
		Config: games.Config{Map: "generated:7", Mode: "tag", Seats: 2, Ticks: 3},
		Seed:   1<<63 + 5,
		Policies: []replay.Policy{
			{Name: "a", Source: "policy a for tag\n", Hash: "00ff"},
			{Name: "b"},
		},
		Swaps:    []replay.Swap{{Tick: 2, Seat: 1, Policy: replay.Policy{Name: "c"}}},
		Ticks:    3,
		Commands: make([]replay.Commands, 2),
		Hashes:   []replay.Hash{{Tick: 0, Value: 9}, {Tick: 3, Value: 1<<64 - 1}},
		Events:   []games.Event{{Tick: 2, Kind: "tag", Seat: 0, Other: 1, X: -4, Known: []games.Seat{0}}},
		Over:     true,
		Result:   games.Result{Scores: []float64{1, 0}, Points: []float64{3, 0}, Winner: 0, Reason: "time limit"},
		Metrics:  [][]games.Metric{{{Name: "points", Value: 3, Unit: "ticks", Better: 1}}, {{Name: "points"}}},
		Forfeits: []replay.Forfeit{{Tick: 1, Seat: 1, Class: "agent", Text: "panic"}},
		Notes:    []replay.Note{{Tick: 0, Seat: 0, Topic: replay.TopicMaker, Text: "champion 1.2"}, {Tick: 2, Seat: 1, Topic: replay.TopicStrategy, Text: "3: 40 %"}},
	}
	for _, c := range []string{"ab", "", "c"} {
		r.Commands[0].Append([]byte(c))
		r.Commands[1].Append(nil)
	}
	return r
}

func TestRoundTrip(t *testing.T) {
	r := sample()
	file, err := replay.Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	got, err := replay.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, got, cmp.Comparer(equalCommands)); diff != "" {
		t.Error(diff)
	}
	again, err := replay.Encode(got)
	if err != nil || !bytes.Equal(file, again) {
		t.Errorf("writing what was read gives other bytes, %v", err)
	}
	if got.FinalHash() != 1<<64-1 || got.PolicyAt(1, 1).Name != "b" || got.PolicyAt(1, 2).Name != "c" || got.PolicyAt(0, 2).Name != "a" {
		t.Error("FinalHash or PolicyAt is wrong")
	}
}

func equalCommands(a, b replay.Commands) bool {
	if a.Ticks() != b.Ticks() {
		return false
	}
	for t := range a.Ticks() {
		if !bytes.Equal(a.At(t), b.At(t)) {
			return false
		}
	}
	return true
}

func TestCommandsLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOf(rapid.SliceOfN(rapid.Byte(), 0, 5)).Draw(t, "commands")
		var c replay.Commands
		for _, w := range want {
			c.Append(w)
		}
		data, err := c.MarshalCBOR()
		if err != nil {
			t.Fatal(err)
		}
		var got replay.Commands
		if err := got.UnmarshalCBOR(data); err != nil {
			t.Fatal(err)
		}
		cut := rapid.IntRange(0, len(want)).Draw(t, "cut")
		prefix := got.Prefix(cut)
		prefix.Append([]byte("other"))
		for i, w := range want {
			if !bytes.Equal(got.At(i), w) || i < cut && !bytes.Equal(prefix.At(i), w) {
				t.Fatalf("tick %d: %v, want %v", i, got.At(i), w)
			}
		}
		if got.Ticks() != len(want) || prefix.Ticks() != cut+1 || string(prefix.At(cut)) != "other" {
			t.Fatal("wrong length")
		}
	})
}

func TestFaults(t *testing.T) {
	file, err := replay.Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(file)
	flipped[len(flipped)-3] ^= 1
	cases := []struct {
		name string
		file []byte
		want error
		say  string
	}{
		{"empty", nil, replay.ErrTruncated, "0 bytes"},
		{"other", []byte("IWAD\x00\x00"), replay.ErrNotReplay, "does not begin"},
		{"first line", file[:10], replay.ErrTruncated, "10 bytes"},
		{"head", file[:30], replay.ErrTruncated, "30 bytes"},
		{"half", file[:len(file)-40], replay.ErrTruncated, " of "},
		{"flipped", flipped, replay.ErrDamaged, "checksum"},
		{"longer", append(bytes.Clone(file), 0), replay.ErrDamaged, "follow"},
		{"newer", append([]byte("dryad replay 3\n"), file[15:]...), replay.ErrVersion, "its format is 3, this dryad reads 1 and 2"},
		{"version", []byte("dryad replay x\n"), replay.ErrDamaged, `"x"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.replay")
			if err := os.WriteFile(path, c.file, 0o644); err != nil {
				t.Fatal(err)
			}
			_, err := replay.ReadFile(path)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.say) || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v, want one line about %q", err, c.say)
			}
		})
	}
}

// TestEveryTruncationIsTold cuts a file at every byte.
func TestEveryTruncationIsTold(t *testing.T) {
	file, err := replay.Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	for n := range file {
		if _, err := replay.Decode(file[:n]); !errors.Is(err, replay.ErrTruncated) {
			t.Fatalf("%d of %d bytes: %v", n, len(file), err)
		}
	}
}

func TestInconsistentReplaysAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*replay.Replay){
		"game":     func(r *replay.Replay) { r.Game = "" },
		"seats":    func(r *replay.Replay) { r.Config.Seats = 3 },
		"ticks":    func(r *replay.Replay) { r.Ticks = 4 },
		"commands": func(r *replay.Replay) { r.Commands[1] = r.Commands[1].Prefix(2) },
		"hashes":   func(r *replay.Replay) { r.Hashes[0].Tick = 3 },
		"swaps":    func(r *replay.Replay) { r.Swaps[0].Seat = 2 },
		"forfeits": func(r *replay.Replay) { r.Forfeits[0].Seat = -1 },
		"events":   func(r *replay.Replay) { r.Events[0].Other = 2 },
		"result":   func(r *replay.Replay) { r.Result.Scores = nil },
	} {
		t.Run(name, func(t *testing.T) {
			r := sample()
			spoil(r)
			if _, err := replay.Encode(r); err == nil {
				t.Error("it was written")
			}
		})
	}
}
