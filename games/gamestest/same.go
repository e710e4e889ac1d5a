package gamestest

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"dryad/games"
)

// moment is what can be seen of a world after a Step.
type moment struct {
	now    int
	hash   uint64
	events []games.Event
}

func momentOf(w games.World) moment {
	return moment{w.Now(), w.Hash(), slices.Clone(w.Events())}
}

// record plays the match and returns what happened, and the commands of every
// seat in every tick.
func (f *fixture) record(t *testing.T) (moments []moment, commands [][][]byte, last games.World) {
	t.Helper()
	w := f.world(t)
	moments = append(moments, moment{w.Now(), w.Hash(), nil})
	f.play(t, w, func(d *driver) bool {
		if len(commands) > 0 {
			moments = append(moments, momentOf(w))
		}
		tick := make([][]byte, w.Seats())
		for s, acts := range d.acts {
			if acts {
				tick[s] = w.Body(games.Seat(s)).AppendCommands([]byte{}) // not nil: it acts
			}
		}
		commands = append(commands, tick)
		return true
	})
	return append(moments, momentOf(w)), commands, w
}

// twoRuns tries that a match is a function of configuration and seed.
func twoRuns(t *testing.T, f *fixture) {
	one, _, a := f.record(t)
	other, _, b := f.record(t)
	if at := differ(one, other); at >= 0 {
		t.Fatalf("seed %d: two runs differ after %d steps", f.seed, at)
	}
	if !reflect.DeepEqual(resultOf(a), resultOf(b)) {
		t.Errorf("seed %d: results %+v and %+v", f.seed, resultOf(a), resultOf(b))
	}
	if len(one) < 2 {
		t.Errorf("seed %d: the match is over before it begins", f.seed)
	}
}

func resultOf(w games.World) games.Result {
	r, _ := w.Result()
	return r
}

// differ returns the first moment in which two runs differ, -1 for none.
func differ(a, b []moment) int {
	for i := range min(len(a), len(b)) {
		if a[i].hash != b[i].hash || a[i].now != b[i].now || len(a[i].events) != len(b[i].events) {
			return i
		}
		for k := range a[i].events {
			if !reflect.DeepEqual(a[i].events[k], b[i].events[k]) {
				return i
			}
		}
	}
	if len(a) != len(b) {
		return min(len(a), len(b))
	}
	return -1
}

// replayed tries that the recorded commands alone lead to the same states.
func replayed(t *testing.T, f *fixture) {
	want, commands, _ := f.record(t)
	w := f.world(t)
	got := []moment{{w.Now(), w.Hash(), nil}}
	for i, tick := range commands {
		if i > 0 {
			got = append(got, momentOf(w))
		}
		for s := range w.Seats() {
			seat := games.Seat(s)
			acts := w.Perceive(seat)
			if acts != (tick[s] != nil) {
				t.Fatalf("seed %d, tick %d: seat %d acts in one run only", f.seed, i, s)
			}
			if !acts {
				continue
			}
			if err := w.Body(seat).SetCommands(tick[s]); err != nil {
				t.Fatalf("seed %d, tick %d, seat %d: its own commands are refused: %v", f.seed, i, s, err)
			}
			if back := w.Body(seat).AppendCommands(nil); !bytes.Equal(back, tick[s]) {
				t.Fatalf("seed %d, tick %d, seat %d: commands %x come back as %x", f.seed, i, s, tick[s], back)
			}
		}
		w.Step()
	}
	if got = append(got, momentOf(w)); differ(want, got) >= 0 {
		t.Fatalf("seed %d: the replay differs after %d steps", f.seed, differ(want, got))
	}
}

// restored tries that a match goes on from a snapshot as it went on before, in
// the same world and in a fresh one.
func restored(t *testing.T, f *fixture) {
	_, commands, _ := f.record(t)
	for _, cut := range []int{0, len(commands) / 3, len(commands) * 2 / 3} {
		w := f.world(t)
		f.replay(t, w, commands[:cut])
		snapshot := w.Snapshot([]byte("kept"))
		if !bytes.HasPrefix(snapshot, []byte("kept")) {
			t.Fatal("Snapshot does not append to the buffer")
		}
		snapshot = snapshot[4:]
		hash := w.Hash()
		want := f.replay(t, w, commands[cut:])
		fresh := f.world(t)
		for name, other := range map[string]games.World{"the same world": w, "a fresh world": fresh} {
			if err := other.Restore(snapshot); err != nil {
				t.Fatalf("seed %d, tick %d: %s refuses its snapshot: %v", f.seed, cut, name, err)
			}
			if other.Hash() != hash || other.Now() != cut {
				t.Fatalf("seed %d, tick %d: %s is restored to another state", f.seed, cut, name)
			}
			if again := other.Snapshot(nil); !bytes.Equal(again, snapshot) {
				t.Fatalf("seed %d, tick %d: %s, restored, has another snapshot", f.seed, cut, name)
			}
			if got := f.replay(t, other, commands[cut:]); differ(want, got) >= 0 {
				t.Fatalf("seed %d, tick %d: %s goes on otherwise after %d steps", f.seed, cut, name, differ(want, got))
			}
		}
	}
}

// replay carries out commands and returns what happened.
func (f *fixture) replay(t *testing.T, w games.World, commands [][][]byte) []moment {
	t.Helper()
	var moments []moment
	for _, tick := range commands {
		for s := range w.Seats() {
			if !w.Perceive(games.Seat(s)) {
				continue
			}
			if err := w.Body(games.Seat(s)).SetCommands(tick[s]); err != nil {
				t.Fatal(err)
			}
		}
		w.Step()
		moments = append(moments, momentOf(w))
	}
	return moments
}

// refused tries damaged snapshots: each is refused and changes nothing, or leads
// to a state that can be played on.
func refused(t *testing.T, f *fixture) {
	_, commands, _ := f.record(t)
	w := f.world(t)
	f.replay(t, w, commands[:len(commands)/2])
	snapshot, hash := w.Snapshot(nil), w.Hash()
	random := games.Stream(f.seed, 1)
	damaged := [][]byte{nil, {0}, snapshot[:len(snapshot)/2], append(bytes.Clone(snapshot), 0)}
	for range 16 {
		other := bytes.Clone(snapshot)
		if len(other) > 0 {
			other[random.IntN(len(other))] ^= 1 << random.IntN(8)
		}
		damaged = append(damaged, other)
	}
	for _, d := range damaged {
		if bytes.Equal(d, snapshot) {
			continue
		}
		if err := w.Restore(d); err != nil && w.Hash() != hash {
			t.Fatalf("seed %d: a snapshot is refused (%v) and changes the world", f.seed, err)
		}
		if err := w.Restore(snapshot); err != nil || w.Hash() != hash {
			t.Fatalf("seed %d: the world cannot be restored after a damaged snapshot: %v", f.seed, err)
		}
	}
}
