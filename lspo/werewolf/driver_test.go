package werewolf_test

import (
	"context"
	"testing"

	"dryad/games"
	wolf "dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/rules"
	"dryad/lspo/werewolf"
	"dryad/match"
	"dryad/match/table"
	"dryad/rating"
	"dryad/replay"
)

// TestSelfPlayIsAMatch: every match of self-play is the match of its seed, and a
// replay of it can be written, read, verified and sought in.
func TestSelfPlayIsAMatch(t *testing.T) {
	g, space := once(t, werewolf.Clusters).game, once(t, werewolf.Clusters).it.Space
	speaker, err := werewolf.Embedded{}.Speaker(once(t, werewolf.Clusters).it.Policy)
	if err != nil {
		t.Fatal(err)
	}
	config, err := table.Config(g.Set())
	if err != nil {
		t.Fatal(err)
	}
	for n := range space.Games {
		r, err := g.Recording(context.Background(), space, n, "test")
		if err != nil {
			t.Fatal(err)
		}
		file, err := replay.Encode(r)
		if err != nil {
			t.Fatal(err)
		}
		if r, err = replay.Decode(file); err != nil {
			t.Fatal(err)
		}
		v, err := match.Verify(context.Background(), match.PlaybackParams{Game: wolf.New(), Replay: r})
		if err != nil || v.StateHash != r.FinalHash() {
			t.Fatalf("match %d: %v", n, err)
		}
		policy := &werewolf.SelfPlayPolicy{Speaker: speaker}
		again, err := table.Play(context.Background(), table.Params{Config: config, Seed: r.Seed, Village: policy, Wolves: policy})
		if err != nil || again.Outcome.Hash != r.FinalHash() {
			t.Fatalf("match %d: package match plays the seed otherwise, %v", n, err)
		}
		if n > 0 {
			continue
		}
		b, err := match.NewPlayback(match.PlaybackParams{Game: wolf.New(), Replay: r, KeyEvery: 5})
		if err != nil {
			t.Fatal(err)
		}
		for _, tick := range []int{r.Ticks, 3, r.Ticks / 2} {
			if err := b.Seek(context.Background(), tick); err != nil {
				t.Error(err)
			}
		}
		b.Close()
	}
	if _, err := g.Recording(context.Background(), space, len(space.Games), "test"); err == nil {
		t.Error("a match that was not played: no error")
	}
}

// TestMeetIsAMatch: match i of a cell is the one that package match plays by the
// same seed.
func TestMeetIsAMatch(t *testing.T) {
	g := small(t, nil)
	const n, seed = 12, 9
	cell, err := g.Meet(context.Background(), agents.Random{}, agents.Heuristic{}, n, seed, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range cell.Outcomes {
		p := match.Params{Game: wolf.New(), Config: games.Config{Mode: "classic", Seats: 4}, Seed: games.Mix(seed, uint64(i))}
		p.Sides = []match.Entrant{
			rules.Village: table.Seat(context.Background(), replay.Policy{}, agents.Heuristic{}),
			rules.Wolves:  table.Seat(context.Background(), replay.Policy{}, agents.Random{}),
		}
		o, err := match.Run(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		want := map[int]rating.Outcome{rules.Wolves: rating.Win, rules.Village: rating.Loss, -1: rating.Draw}[o.Result.Winner]
		if cell.Outcomes[i] != want {
			t.Errorf("match %d: %v for the werewolves, package match has %v", i, cell.Outcomes[i], want)
		}
	}
}
