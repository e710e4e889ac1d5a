package train

import (
	"context"
	"reflect"
	"testing"

	"dryad/games"
	"dryad/games/fps/arena"
	"dryad/match"
	"dryad/policy"
)

// TestLongerMatch: a match that begins in a replay is longer than the recorded one, and
// the seats are where they were nevertheless.
func TestLongerMatch(t *testing.T) {
	t.Parallel()
	const text = "policy hunter for arena\n\ntree main:\n  selector:\n    sequence:\n      condition: has_enemy_in_view\n      task: shoot nearest_enemy_in_view\n    task: explore\n"
	tree, faults := policy.Parse("hunter", []byte(text), arena.New(), policy.Params{})
	if tree == nil {
		t.Fatal(faults)
	}
	o, err := match.Run(context.Background(), match.Params{Game: arena.New(), Seed: 1, Record: true,
		Entrants: []match.Entrant{match.Tree(tree), match.Tree(tree)}, Config: games.Config{Map: "generated:1", Seats: 2, Ticks: 500}})
	if err != nil {
		t.Fatal(err)
	}
	d := newDrill(&Params{Settings: Settings{Task: "aim", Ticks: 300}})
	want, err := d.run(o.Replay, nil)
	if err != nil {
		t.Fatal(err)
	}
	longer := *o.Replay
	longer.Config, longer.Hashes = d.config(played{start: &start{o.Replay, 450}}), nil
	got, err := d.run(&longer, nil)
	if err != nil {
		t.Fatal(err)
	}
	if longer.Config.Ticks != 750 || len(want[0]) != 500 || !reflect.DeepEqual(got, want) {
		t.Errorf("in a match of %d ticks the seats were elsewhere", longer.Config.Ticks)
	}
}
