package follow_test

import (
	"context"
	"runtime"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"dryad/catalog"
	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/live"
	"dryad/viewer/live/attach"
	"dryad/viewer/live/follow"
	"dryad/viewer/screen"
	"dryad/viewer/source"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// begin starts a match that is recorded.
func begin(t *testing.T, ticks int) *match.Match {
	t.Helper()
	p, faults := policy.Parse("p", []byte("policy p for tag\n\ntree main:\n  task: move_to random_cell\n"), tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	m, err := match.New(match.Params{Game: tag.New(), Config: games.Config{Ticks: ticks}, Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	return m
}

// TestFollower: a screen keeps up with a match, and with the one that follows it,
// which is looked at as the one before.
func TestFollower(t *testing.T) {
	server, err := live.Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	m := begin(t, 20)
	server.Publish(m.Outcome().Replay)
	dial := func(ctx context.Context) (*attach.Client, *replay.Replay, error) { return live.Dial(ctx, server.URL()) }
	client, r, err := dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	open := func(r *replay.Replay) (source.Match, error) { return source.Of(r, catalog.Networks{}) }
	first, err := open(r)
	if err != nil {
		t.Fatal(err)
	}
	x, err := first.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	s := screen.New(screen.Params{Session: x})
	s.SetLayout(screen.Tree)
	x.Watch(1)
	f := follow.Start(t.Context(), follow.Params{Client: client, Record: r, Dial: dial, Open: open})
	defer f.Close()
	until := func(what string, is func() bool) {
		t.Helper()
		for !is() {
			next, _, err := f.Feed(t.Context(), s)
			if err != nil {
				t.Fatal(what, err)
			}
			if next != nil {
				s = next
			}
			runtime.Gosched()
		}
	}
	play := func(m *match.Match, tick int) {
		for m.Now() < tick && m.Step() {
		}
		server.Publish(m.Outcome().Replay)
	}
	play(m, 7)
	until("the match", func() bool { return s.Session().Tick() == 7 })
	play(m, 20)
	until("its end", func() bool { return s.Session().Tick() == 20 && s.Session().Replay().Over })
	next := begin(t, 30)
	server.Begin(next.Outcome().Replay)
	until("the next match", func() bool { return s.Session() != x })
	play(next, 30)
	until("its end", func() bool { return s.Session().Tick() == 30 })
	if s.Session().Seat() != 1 || !strings.Contains(string(s.View()), `"layout":"tree"`) {
		t.Errorf("seat %d, %s", s.Session().Seat(), s.View())
	}
	server.Close()
	until("the end", func() bool { return strings.Contains(s.Note(), "not served any more") })
}
