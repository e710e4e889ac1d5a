package train_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/fps/arena"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/train"
)

// recorded plays a match of so many seats and returns its replay.
func recorded(t *testing.T, seed uint64, seats int) *replay.Replay {
	t.Helper()
	tree, faults := policy.Parse("marksman", []byte(strings.Replace(netTree, "net: shoot", "task: shoot", 1)), arena.New(), policy.Params{})
	if tree == nil {
		t.Fatal(faults)
	}
	entrants := make([]match.Entrant, seats)
	for i := range entrants {
		entrants[i] = match.Tree(tree)
	}
	o, err := match.Run(context.Background(), match.Params{Game: arena.New(), Seed: seed, Entrants: entrants, Record: true, HashEvery: 20,
		Config: games.Config{Map: fmt.Sprintf("generated:%d", seed), Seats: seats, Ticks: 500}})
	if err != nil {
		t.Fatal(err)
	}
	return o.Replay
}

// TestStarts: where matches begin changes what is learned, and is part of the settings
// that a checkpoint goes with.
func TestStarts(t *testing.T) {
	t.Parallel()
	r := recorded(t, 3, 2)
	p := train.Params{Settings: short("aim", train.DAgger)}
	p.Rounds, p.Ticks, p.Validation = 1, 200, -1
	own := finish(t, start(t, p))
	p.Starts = []*replay.Replay{r}
	inside := start(t, p)
	data := finish(t, inside)
	if bytes.Equal(own, data) || inside.Settings().Starts == "" {
		t.Error("beginning in a replay changes nothing")
	}
	p.Starts = []*replay.Replay{r, r}
	if _, err := train.Restore(p, data, nil); err == nil || !strings.Contains(err.Error(), "other settings") {
		t.Errorf("a checkpoint goes on with other replays: %v", err)
	}
}

// TestStartsRefused: replays in which nothing can begin are told.
func TestStartsRefused(t *testing.T) {
	t.Parallel()
	good := recorded(t, 4, 2)
	create := func(change func(r *replay.Replay, p *train.Params)) error {
		r := *good
		p := train.Params{Settings: short("aim", train.PPO), Starts: []*replay.Replay{&r}}
		change(&r, &p)
		_, err := train.New(p)
		return err
	}
	for want, err := range map[string]error{
		"of kuhn version":  create(func(r *replay.Replay, _ *train.Params) { r.Game = "kuhn" }),
		"no ticks":         create(func(r *replay.Replay, _ *train.Params) { r.Ticks = 0 }),
		"not the recorded": create(func(r *replay.Replay, _ *train.Params) { r.Seed++ }),
		"without playing":  create(func(_ *replay.Replay, p *train.Params) { p.Method, p.Lessons = train.Clone, []byte{1} }),
		"not both":         create(func(_ *replay.Replay, p *train.Params) { p.Games = "mode=deathmatch" }),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
}
