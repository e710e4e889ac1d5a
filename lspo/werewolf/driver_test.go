package werewolf_test

import (
	"context"
	"strconv"
	"strings"
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
	g, it := once(t, werewolf.Clusters).game, once(t, werewolf.Clusters).it
	space := it.Space
	speaker, err := werewolf.Embedded{}.Speaker(once(t, werewolf.Clusters).it.Policy)
	if err != nil {
		t.Fatal(err)
	}
	config, err := table.Config(g.Set())
	if err != nil {
		t.Fatal(err)
	}
	for n := range space.Games {
		r, err := g.Recording(context.Background(), werewolf.RecordingParams{Iteration: it, Match: n, Program: "test"})
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
		checkStrategies(t, r)
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
	if _, err := g.Recording(context.Background(), werewolf.RecordingParams{Iteration: it, Match: len(space.Games)}); err == nil {
		t.Error("a match that was not played: no error")
	}
}

// checkStrategies: each speech of a replay has a note of its seat and tick, which
// gives its strategy and probabilities that add up.
func checkStrategies(t *testing.T, r *replay.Replay) {
	t.Helper()
	speeches := 0
	for _, e := range r.Events {
		if e.Kind != rules.Spoke.String() || e.Text == "" {
			continue
		}
		speeches++
		var notes []replay.Note
		for _, n := range r.NotesOf(e.Seat, replay.TopicStrategy, e.Tick) {
			if n.Tick == e.Tick {
				notes = append(notes, n)
			}
		}
		if len(notes) != 1 || !strings.HasPrefix(notes[0].Text, "strategy ") {
			t.Fatalf("of the speech of seat %d at tick %d the notes say %v", e.Seat, e.Tick, notes)
		}
		_, solution, found := strings.Cut(notes[0].Text, "; solution: ")
		sum := 0
		for _, part := range strings.Split(solution, ", ") {
			fields := strings.Fields(part)
			percent, err := strconv.Atoi(fields[len(fields)-2])
			if err != nil {
				t.Fatalf("%q", part)
			}
			sum += percent
		}
		if parts := strings.Count(solution, ",") + 1; !found || sum < 100-parts-4 || sum > 100+parts {
			t.Errorf("the probabilities are %d %% together: %s", sum, notes[0].Text)
		}
	}
	if speeches == 0 || len(r.Notes) != speeches {
		t.Errorf("%d notes of %d speeches", len(r.Notes), speeches)
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
