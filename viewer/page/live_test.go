package page_test

import (
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/fps/arena"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/viewer/live"
)

// tree is an entrant of tag.
func tree(t *testing.T, source string) match.Entrant {
	t.Helper()
	p, faults := policy.Parse("p", []byte(source), tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	return match.Tree(p)
}

// begin starts a match of tag that is recorded.
func begin(t *testing.T, ticks int) *match.Match {
	t.Helper()
	m, err := match.New(match.Params{Game: tag.New(), Config: games.Config{Ticks: ticks}, Entrants: []match.Entrant{tree(t, wanderer), tree(t, wanderer)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	return m
}

// play plays a match up to a tick and lets it be watched.
func play(m *match.Match, server *live.Server, tick int) {
	for m.Now() < tick && m.Step() {
	}
	server.Publish(m.Outcome().Replay)
}

// TestLivePage attaches a page in a real browser to a match before it begins,
// follows it over a change of policy, goes back, detaches, attaches again in the
// middle, and goes on to the match that follows.
func TestLivePage(t *testing.T) {
	kit, err := built()
	if err != nil {
		t.Fatal(err)
	}
	server, err := live.Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	server.SetPage(kit.Live())
	b := start(t, server.URL())
	b.evaluate(`new Promise(done => {
		const look = () => document.getElementById("message").textContent.includes("not begun") ? done("") : requestAnimationFrame(look);
		look();
	})`)
	m := begin(t, 60)
	server.Publish(m.Outcome().Replay)
	b.until("s.tick == 0 && s.ticks == 0")
	play(m, server, 20)
	b.until("s.tick == 20")

	// A saved policy takes the seat, and the tree is shown at once.
	if err := m.Replace(0, tree(t, strings.Replace(wanderer, "policy wanderer", "policy other", 1))); err != nil {
		t.Fatal(err)
	}
	play(m, server, 30)
	b.until(`s.tick == 30 && s.policy == "other"`)

	// Who goes back stays there while the match goes on.
	b.press("ArrowLeft", "")
	b.until("s.tick == 29")
	play(m, server, 40)
	if s := b.until("s.ticks == 40"); s.Tick != 29 {
		t.Errorf("the page that went back is at tick %d", s.Tick)
	}
	b.press("End", "")
	b.until("s.tick == 40")

	// Detach and attach again.
	b.open("about:blank")
	play(m, server, 50)
	b.open(server.URL())
	b.until(`s.tick == 50 && s.ticks == 50 && s.policy == "other"`)
	b.press("v", "v")
	b.until(`s.view.includes('"layout":"first"')`)
	play(m, server, 60)
	b.until("s.tick == 60 && s.over")

	// Another match begins, of another game, and is looked at in the same way.
	next, err := match.New(match.Params{Game: arena.New(), Config: games.Config{Map: "FREEDM:MAP01", Seats: 2, Ticks: 10}, Entrants: []match.Entrant{idle(t), idle(t)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	defer next.Close()
	server.Begin(next.Outcome().Replay)
	b.until("s.tick == 0")
	play(next, server, 10)
	b.until(`s.tick == 10 && s.over && s.view.includes('"layout":"first"')`)
	server.Close()
	b.until(`s.note.includes("not served any more")`)
}

// idle is an entrant of the arena that explores.
func idle(t *testing.T) match.Entrant {
	t.Helper()
	p, faults := policy.Parse("p", []byte("policy idle for arena\n\ntree main:\n  task: explore\n"), arena.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	return match.Tree(p)
}
