package tournament_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/games"
	"dryad/games/tag"
	"dryad/job"
	"dryad/match"
	"dryad/replay"
	"dryad/store"
	"dryad/tournament"
)

// runner flees by a step in a good direction with some probability, and
// otherwise in any: the higher the skill, the better it plays.
func runner(name string, skill float64) match.Entrant {
	return match.Entrant{Record: replay.Policy{Name: name, Hash: "hash of " + name, Source: "<" + name + ">"},
		Make: func(room match.PlayerContext, _ games.Seat, seed uint64) (match.Player, error) {
			flee, chase := tag.New().Task(1), tag.New().Task(0)
			return match.Func(func(b games.Body) error {
				r := rand.New(rand.NewPCG(seed, uint64(room.Now())))
				if r.Float64() > skill {
					return b.SetCommands([]byte{byte(1 + r.IntN(4))})
				}
				target, hunted := b.Choose(1, 0) // it_player
				task := flee
				if !hunted {
					target, _ = b.Choose(0, 0) // nearest_player
					task = chase
				}
				_, used := task.Tick(b, games.Call{Args: []games.Value{{Given: true, Target: target}}, May: 1}, nil)
				b.Commit(used)
				return nil
			}), nil
		}}
}

func params(t *testing.T) tournament.Params {
	t.Helper()
	s, err := store.Open(filepath.Join(t.TempDir(), "run.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return tournament.Params{
		Game: tag.New(), Config: games.Config{Ticks: 100}, Maps: []string{"generated:1", "generated:2"}, Seed: 5, Matches: 40,
		Competitors: []match.Entrant{runner("weak", 0.2), runner("strong", 1), runner("middling", 0.6)},
		Workers:     2, Store: s, ID: "t", Program: "test",
	}
}

func run(t *testing.T, ctx context.Context, p tournament.Params) *tournament.Result {
	t.Helper()
	r, err := tournament.Run(ctx, p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTable(t *testing.T) {
	p := params(t)
	r := run(t, context.Background(), p)
	if r.Stopped != job.Finished || r.Matches != 40 || r.Planned != 40 || len(r.Table) != 3 || len(r.Pairs) != 3 {
		t.Fatalf("%+v", r)
	}
	for i, name := range []string{"strong", "middling", "weak"} {
		row := r.Table[i]
		if row.Policy != name || row.CILow >= row.Rating || row.CIHigh <= row.Rating || row.WinRateLow > row.WinRate || row.WinRateHigh < row.WinRate {
			t.Errorf("row %d: %+v", i, row)
		}
	}
	games := 0
	for i, row := range r.Table {
		games += row.Games()
		for j := range r.Table {
			if sum := r.Payoff[i][j] + r.Payoff[j][i]; sum < 0.999 || sum > 1.001 {
				t.Errorf("payoff %d %d sums to %g", i, j, sum)
			}
		}
	}
	if games != 80 || r.Maps[0].Matches+r.Maps[1].Matches != 40 || r.Maps[1].Matches == 0 {
		t.Errorf("%d games, maps %v", games, r.Maps)
	}
	page, err := tournament.Report(t.Context(), p, r, tournament.ReportParams{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"strong", "&lt;weak&gt;", "<svg", "40 of 40 matches, finished"} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("the report has no %q", want)
		}
	}
	for _, never := range []string{"http:", "https:", "src=", "@import", "<script"} {
		if bytes.Contains(page, []byte(never)) {
			t.Errorf("the report holds %q: it must not load anything", never)
		}
	}
}

func TestSameTableForAnyNumberOfWorkersAndInterruptions(t *testing.T) {
	want := run(t, context.Background(), params(t))
	for _, workers := range []int{1, 4} {
		p := params(t)
		p.Workers = workers
		if diff := cmp.Diff(want, run(t, context.Background(), p)); diff != "" {
			t.Errorf("%d workers: %s", workers, diff)
		}
	}
	p := params(t)
	ctx, cancel := context.WithCancel(context.Background())
	var played atomic.Int32
	p.Keep = func(tournament.Fixture, *replay.Replay) (string, error) {
		if played.Add(1) == 11 {
			cancel()
		}
		return "", nil
	}
	first := run(t, ctx, p)
	if first.Stopped != job.Interrupted || first.Matches >= 40 {
		t.Errorf("interrupted: %+v", first)
	}
	rows, err := p.Store.Matches(context.Background(), p.ID)
	if err != nil || len(rows) < 10 || len(rows) >= 40 {
		t.Fatalf("%d matches are kept, %v", len(rows), err)
	}
	p.Keep = nil
	p.Budget = job.NewBudget(30, 0)
	if r := run(t, context.Background(), p); r.Stopped != job.MaxMatches || r.Matches != 30 {
		t.Errorf("with a budget: %+v", r)
	}
	p.Budget = job.NewBudget(0, 0)
	if diff := cmp.Diff(want, run(t, context.Background(), p)); diff != "" {
		t.Errorf("resumed: %s", diff)
	}
	again, err := tournament.Tabulate(context.Background(), p)
	if err != nil || cmp.Diff(want, again) != "" {
		t.Errorf("tabulated anew: %v", err)
	}
}

func TestMinutesBudget(t *testing.T) {
	p := params(t)
	p.Budget = job.NewBudget(0, 1e-9)
	if r := run(t, context.Background(), p); r.Stopped != job.MaxMinutes || r.Matches >= 40 {
		t.Errorf("%+v", r)
	}
}

func TestPairsShareSeedAndMap(t *testing.T) {
	p := params(t)
	seen := map[int]tournament.Fixture{}
	fixtures := make(chan tournament.Fixture, 40)
	p.Keep = func(f tournament.Fixture, r *replay.Replay) (string, error) {
		if r.Seed != f.Seed || r.Config.Map != f.Map || r.Policies[0].Name != p.Competitors[f.Sides[0]].Record.Name {
			return "", fmt.Errorf("the replay of %+v is another match", f)
		}
		fixtures <- f
		return fmt.Sprintf("replays/%d.replay", f.Index), nil
	}
	run(t, context.Background(), p)
	close(fixtures)
	for f := range fixtures {
		seen[f.Index] = f
	}
	for k := 0; k < 40; k += 2 {
		a, b := seen[k], seen[k+1]
		if a.Seed != b.Seed || a.Map != b.Map || a.Sides[0] != b.Sides[1] || a.Sides[1] != b.Sides[0] || a.Sides[0] == a.Sides[1] {
			t.Errorf("pair %d: %+v %+v", k/2, a, b)
		}
	}
	row, err := p.Store.Match(context.Background(), "t", "00000007")
	if err != nil || row.Replay != "replays/7.replay" || row.Map != seen[7].Map || row.Seed != seen[7].Seed {
		t.Errorf("%+v, %v", row, err)
	}
}

func TestForfeitsAndVoidMatches(t *testing.T) {
	p := params(t)
	p.Matches = 6
	broken := runner("middling", 1)
	broken.Make = func(match.PlayerContext, games.Seat, uint64) (match.Player, error) {
		return match.Func(func(games.Body) error { return errors.New("stalled") }), nil
	}
	p.Competitors[2] = broken
	r := run(t, context.Background(), p)
	if len(r.Forfeits) != 1 || r.Forfeits[0] != (tournament.ForfeitCount{Policy: "middling", Class: "agent", Count: 4}) || r.Table[2].Losses != 4 {
		t.Errorf("%+v", r)
	}
	p = params(t)
	p.Matches = 6
	broken.Make = func(match.PlayerContext, games.Seat, uint64) (match.Player, error) {
		return match.Func(func(games.Body) error { return match.ErrInfrastructure }), nil
	}
	p.Competitors[2] = broken
	r = run(t, context.Background(), p)
	if r.Void != 4 || r.Matches != 2 || r.Stopped != job.Finished {
		t.Errorf("%+v", r)
	}
}

func TestRefusals(t *testing.T) {
	for want, change := range map[string]func(*tournament.Params){
		"two policies at least": func(p *tournament.Params) { p.Competitors = p.Competitors[:1] },
		"named weak":            func(p *tournament.Params) { p.Competitors[1] = p.Competitors[0] },
		"one match":             func(p *tournament.Params) { p.Matches = 0 },
		"no map":                func(p *tournament.Params) { p.Maps = append(p.Maps, "nowhere") },
		"match 0000000": func(p *tournament.Params) {
			p.Keep = func(tournament.Fixture, *replay.Replay) (string, error) { return "", errors.New("disk full") }
		},
	} {
		p := params(t)
		change(&p)
		if _, err := tournament.Run(context.Background(), p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
