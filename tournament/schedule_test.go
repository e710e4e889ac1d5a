package tournament_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dryad/games"
	"dryad/job"
	"dryad/match"
	"dryad/replay"
	"dryad/tournament"
)

// Each schedule has one table for any number of workers and after an
// interruption.
func TestSchedules(t *testing.T) {
	t.Parallel()

	for _, s := range []tournament.Schedule{
		{Kind: tournament.Gauntlet}, {Kind: tournament.Swiss, Rounds: 3, Groups: 2}, {Kind: tournament.Knockout, Groups: 2},
		{Kind: tournament.Ladder}, {Kind: tournament.RoundRobin, Sides: 3}, {Kind: tournament.Swiss, Sides: 3, Rounds: 2, Groups: 3},
	} {
		t.Run(string(s.Kind), func(t *testing.T) {
			start := func(workers int) tournament.Params {
				p := params(t)
				p.Competitors = append(p.Competitors, runner("fourth", 0.8), runner("fifth", 0.4))
				p.Schedule, p.Workers, p.Matches, p.Rating = s, workers, 24, tournament.OpenSkill
				p.Config.Seats = max(2, s.Sides)
				if s.Kind == tournament.Swiss || s.Kind == tournament.Knockout {
					p.Matches = 0
				}
				return p
			}
			want := run(t, t.Context(), start(1))
			if want.Stopped != job.Finished || want.Matches != want.Planned || want.Matches == 0 {
				t.Fatalf("%+v", want)
			}
			if s.Kind == tournament.Knockout && (want.Standing[0].Policy != "strong" || len(want.Rounds) < 3) {
				t.Errorf("%+v", want.Standing)
			}
			if diff := cmp.Diff(want, run(t, t.Context(), start(4))); diff != "" {
				t.Errorf("4 workers: %s", diff)
			}
			p := start(2)
			ctx, cancel := context.WithCancel(t.Context())
			var played atomic.Int32
			p.Keep = func(tournament.Fixture, *replay.Replay) (string, error) {
				if played.Add(1) == 7 {
					cancel()
				}
				return "", nil
			}
			if r := run(t, ctx, p); r.Stopped != job.Interrupted || r.Matches >= want.Matches {
				t.Errorf("interrupted: %+v", r)
			}
			p.Keep = nil
			if diff := cmp.Diff(want, run(t, t.Context(), p)); diff != "" {
				t.Errorf("resumed: %s", diff)
			}
		})
	}
}

// flaky fails for reasons of its surroundings in the first matches.
func flaky(inner match.Entrant, failures int32) match.Entrant {
	var made atomic.Int32
	whole := inner.Make
	inner.Make = func(at match.PlayerContext, seat games.Seat, seed uint64) (match.Player, error) {
		if made.Add(1) <= failures {
			return match.Func(func(games.Body) error { return match.ErrInfrastructure }), nil
		}
		return whole(at, seat, seed)
	}
	return inner
}

// A match in which something around a player failed is played again, and the
// table is that of a tournament in which nothing failed.
func TestInfrastructureIsPlayedAgain(t *testing.T) {
	t.Parallel()

	want := run(t, t.Context(), params(t))
	for _, schedule := range []tournament.Schedule{{}, {Kind: tournament.Ladder}} {
		p := params(t)
		p.Schedule = schedule
		want := want
		if schedule.Kind != "" {
			want = run(t, t.Context(), p)
			p = params(t)
			p.Schedule = schedule
		}
		p.Competitors[0] = flaky(p.Competitors[0], 3)
		if diff := cmp.Diff(want, run(t, t.Context(), p)); diff != "" {
			t.Errorf("%+v: %s", schedule, diff)
		}
	}
	// One that fails all the time is kept as such, and a later process tries again.
	p := params(t)
	whole := p.Competitors[0]
	p.Competitors[0] = flaky(whole, 1<<30)
	if r := run(t, t.Context(), p); r.Void == 0 || r.Void+r.Matches != 40 || len(r.Forfeits) != 1 || r.Forfeits[0].Class != match.ClassInfrastructure {
		t.Errorf("%+v", r)
	}
	p.Competitors[0] = whole
	if diff := cmp.Diff(want, run(t, t.Context(), p)); diff != "" {
		t.Errorf("a later process: %s", diff)
	}
}

func TestSchedulesThatAreRefused(t *testing.T) {
	for want, change := range map[string]func(*tournament.Params){
		"no schedule":          func(p *tournament.Params) { p.Schedule.Kind = "swis" },
		"ends by itself":       func(p *tournament.Params) { p.Schedule.Kind = tournament.Swiss },
		"needs as many":        func(p *tournament.Params) { p.Schedule.Sides = 4 },
		"between two sides":    func(p *tournament.Params) { p.Schedule = tournament.Schedule{Kind: tournament.Gauntlet, Sides: 3} },
		"which 3 sides cannot": func(p *tournament.Params) { p.Schedule.Sides, p.Config.Seats = 3, 4 },
		"needs an opponent":    func(p *tournament.Params) { p.Schedule = tournament.Schedule{Kind: tournament.Gauntlet, Heads: 3} },
	} {
		p := params(t)
		change(&p)
		if _, err := tournament.Run(context.Background(), p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
