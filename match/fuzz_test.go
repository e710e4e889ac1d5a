package match_test

import (
	"context"
	"testing"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
)

// FuzzVerify executes replays that say what no match has said: verification
// ends with an answer, never with a panic or a hang.
func FuzzVerify(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4}, "generated:3", 11, uint64(7), "policy p for tag\n\ntree main:\n  task: stay 1s\n", 2, 1)
	f.Add([]byte{9, 0, 255}, "freedm.wad:MAP01", 0, uint64(0), "", -1, 70000)
	f.Fuzz(func(t *testing.T, commands []byte, mapName string, hashTick int, seed uint64, source string, seat, swapTick int) {
		r := &replay.Replay{Program: "fuzz", Game: "tag", GameVersion: 1, Config: games.Config{Map: mapName, Mode: "tag", Seats: 2, Ticks: 60}, Seed: seed,
			Policies: []replay.Policy{{Name: "a", Source: source}, {Name: "b"}}, Ticks: min(len(commands), 60),
			Commands: make([]replay.Commands, 2), Metrics: make([][]games.Metric, 2),
			Swaps:    []replay.Swap{{Tick: swapTick, Seat: games.Seat(seat), Policy: replay.Policy{Name: "c", Source: source}}},
			Forfeits: []replay.Forfeit{{Tick: hashTick, Seat: games.Seat(seat), Class: "agent"}}}
		for tick := range r.Ticks {
			r.Commands[0].Append(commands[tick : tick+1])
			r.Commands[1].Append(nil)
		}
		r.Hashes = []replay.Hash{{Tick: r.Ticks, Value: uint64(hashTick)}}
		file, err := replay.Encode(r)
		if err != nil {
			return // the format refuses it
		}
		if r, err = replay.Decode(file); err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		for _, resolve := range []func(replay.Policy) (match.Entrant, error){nil, match.Resolver(tag.New(), policy.Params{})} {
			if v, err := match.Verify(context.Background(), match.PlaybackParams{Game: tag.New(), Replay: r, Resolve: resolve}); err == nil && v.Ticks != r.Ticks {
				t.Errorf("%d of %d ticks verify", v.Ticks, r.Ticks)
			}
		}
	})
}
