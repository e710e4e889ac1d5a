package arena_test

import (
	"bytes"
	"testing"

	"dryad/games"
	"dryad/games/fps/arena"
)

// record plays a match and returns the commands of every tick and seat, and
// the hash after every tick.
func record(w games.World, drivers []*driver, ticks int) (commands [][][]byte, hashes []uint64) {
	for range ticks {
		var tick [][]byte
		for s, d := range drivers {
			var c []byte
			if w.Perceive(games.Seat(s)) {
				d.tick(w.Body(games.Seat(s)))
				c = w.Body(games.Seat(s)).AppendCommands(nil)
			}
			tick = append(tick, c)
		}
		w.Step()
		commands, hashes = append(commands, tick), append(hashes, w.Hash())
	}
	return commands, hashes
}

// replay carries out recorded commands without perceiving.
func replay(t *testing.T, w games.World, commands [][][]byte, hashes []uint64) {
	t.Helper()
	for i, tick := range commands {
		for s, c := range tick {
			w.Perceive(games.Seat(s))
			if err := w.Body(games.Seat(s)).SetCommands(c); err != nil {
				t.Fatal(err)
			}
		}
		w.Step()
		if w.Hash() != hashes[i] {
			t.Fatalf("tick %d: the replay's state differs", i+1)
		}
	}
}

func TestCommandsReplayToTheSameStates(t *testing.T) {
	config := games.Config{Map: anyMap(t), Seats: 4, Ticks: 700}
	w, drivers := newMatch(t, config, 3)
	commands, hashes := record(w, drivers, 700)
	again, _ := newMatch(t, config, 3)
	replay(t, again, commands, hashes)
	other, _ := newMatch(t, config, 4)
	if other.Hash() == again.Hash() {
		t.Error("another seed has the same hash")
	}
}

func TestSnapshotAndRestoreAtAnyTick(t *testing.T) {
	config := games.Config{Map: anyMap(t), Seats: 4, Ticks: 700}
	w, drivers := newMatch(t, config, 5)
	var snapshots [][]byte
	var commands [][][]byte
	var hashes []uint64
	for range 7 {
		snapshots = append(snapshots, w.Snapshot(nil))
		c, h := record(w, drivers, 100)
		commands, hashes = append(commands, c...), append(hashes, h...)
	}
	again, _ := newMatch(t, config, 5)
	for k := len(snapshots) - 1; k >= 0; k-- {
		if err := again.Restore(snapshots[k]); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(again.Snapshot(nil), snapshots[k]) {
			t.Fatalf("snapshot %d reads back differently", k)
		}
		replay(t, again, commands[k*100:(k+1)*100], hashes[k*100:(k+1)*100])
	}
}

func TestRestoreRefusesOtherAndDamagedSnapshots(t *testing.T) {
	config := games.Config{Map: anyMap(t), Ticks: 700}
	w, _ := newMatch(t, config, 1)
	other, _ := newMatch(t, config, 2)
	before := w.Hash()
	if err := w.Restore(other.Snapshot(nil)); err == nil {
		t.Error("a snapshot of another match was taken")
	}
	good := other.Snapshot(nil)
	for _, cut := range []int{0, 8, 23, len(good) / 2, len(good) - 1} {
		if err := other.Restore(good[:cut]); err == nil {
			t.Errorf("a snapshot of %d of %d bytes was taken", cut, len(good))
		}
	}
	if w.Hash() != before {
		t.Error("a refused snapshot changed the state")
	}
}

func TestIllegalConfigurations(t *testing.T) {
	game := arena.New()
	for _, c := range []games.Config{
		{Mode: "chess"}, {Seats: 33}, {Seats: -1}, {Ticks: -5}, {Ticks: 1 << 30},
		{Rules: []byte(`{"health":-1}`)}, {Rules: []byte(`{"helth":10}`)}, {Rules: []byte(`{"weapon":"banana"}`)},
		{Rules: []byte(`{} {}`)}, {Seats: 4, Mode: "team_deathmatch", Rules: []byte(`{"team_sizes":[1,2]}`)},
	} {
		if _, err := game.Complete(c); err == nil {
			t.Errorf("%+v was accepted", c)
		}
	}
	if _, err := game.New(games.Config{Map: "nowhere.wad:MAP01"}, 1); err == nil {
		t.Error("a map that does not exist was loaded")
	}
	c, err := game.Complete(games.Config{})
	if err != nil || c.Map != "generated:1" || c.Mode != "deathmatch" || c.Seats != 2 || c.Ticks != 2100 {
		t.Errorf("defaults are %+v, %v", c, err)
	}
}
