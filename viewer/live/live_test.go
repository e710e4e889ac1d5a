package live_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"dryad/games"
	"dryad/games/fps/maps/wad"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/live"
	"dryad/viewer/session"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const wanderer = "policy wanderer for tag\n\ntree main:\n  selector:\n    sequence hunt:\n      condition: is_it\n      task: move_to nearest_player\n    task: move_to random_cell\n"

func tree(t *testing.T, source string) match.Entrant {
	t.Helper()
	p, faults := policy.Parse("p", []byte(source), tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	return match.Tree(p)
}

// TestWatchWhileItIsPlayed: a viewer that attaches before the match begins, and
// one that attaches in the middle, come to the states of the match, over a
// change of hands.
func TestWatchWhileItIsPlayed(t *testing.T) {
	ctx := t.Context()
	defer http.DefaultClient.CloseIdleConnections()
	server, err := live.Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	m, err := match.New(match.Params{Game: tag.New(), Config: games.Config{Ticks: 120}, Seed: 4, Entrants: []match.Entrant{tree(t, wanderer), tree(t, wanderer)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	server.Publish(m.Outcome().Replay)
	type viewer struct {
		client  *live.Client
		record  *replay.Replay
		session *session.Session
	}
	attach := func() *viewer {
		t.Helper()
		client, r, err := live.Dial(ctx, server.URL())
		if err != nil {
			t.Fatal(err)
		}
		s, err := session.Open(match.PlaybackParams{Game: tag.New(), Replay: r, Resolve: match.Resolver(tag.New(), policy.Params{})})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		return &viewer{client, r, s}
	}
	follow := func(v *viewer) {
		t.Helper()
		p, err := v.client.Next(ctx, v.record.Have())
		if err != nil {
			t.Fatal(err)
		}
		if err := v.session.Extend(p); err != nil {
			t.Fatal(err)
		}
		if err := v.session.Seek(ctx, v.session.Ticks()); err != nil {
			t.Fatal(err)
		}
	}
	early := attach()
	var late *viewer
	for m.Step() {
		switch m.Now() {
		case 40:
			// The seat changes hands after this state was published.
			server.Publish(m.Outcome().Replay)
			follow(early)
			if err := m.Replace(1, tree(t, strings.Replace(wanderer, "wanderer", "other", 1))); err != nil {
				t.Fatal(err)
			}
			server.Publish(m.Outcome().Replay)
			follow(early)
			if name := early.record.PolicyAt(1, 40).Name; name != "other" {
				t.Errorf("seat 1 is played by %s", name)
			}
			late = attach()
		case 41, 77, 120:
			server.Publish(m.Outcome().Replay)
			for _, v := range []*viewer{early, late} {
				follow(v)
				if got, want := v.session.World().Hash(), m.World().Hash(); v.session.Tick() != m.Now() || got != want {
					t.Errorf("tick %d: the viewer is at %d with %x, the match with %x", m.Now(), v.session.Tick(), got, want)
				}
				if mind := v.session.Mind(1); mind.Policy.Name != "other" {
					t.Errorf("tick %d: the viewer shows %s", m.Now(), mind.Policy.Name)
				}
			}
		}
	}
	server.Publish(m.Outcome().Replay)
	follow(early)
	follow(late)
	if !early.record.Over || !late.record.Over {
		t.Error("the viewers do not know that the match is over")
	}
	if p, err := early.client.Next(ctx, early.record.Have()); err != nil || p.Ticks != 120 || p.From != 120 {
		t.Errorf("after the end: %+v, %v", p, err)
	}
}

// TestFollow sends every part, and ends with the match.
func TestFollow(t *testing.T) {
	defer http.DefaultClient.CloseIdleConnections()
	server, err := live.Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	m, err := match.New(match.Params{Game: tag.New(), Config: games.Config{Ticks: 30}, Entrants: []match.Entrant{tree(t, wanderer), tree(t, wanderer)}, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	server.Publish(m.Outcome().Replay)
	client, r, err := live.Dial(t.Context(), server.URL())
	if err != nil {
		t.Fatal(err)
	}
	parts := make(chan replay.Part)
	ended := make(chan error, 1)
	go func() { ended <- client.Follow(t.Context(), r.Have(), r.Over, parts) }()
	played := make(chan struct{})
	go func() {
		defer close(played)
		for m.Step() {
			server.Publish(m.Outcome().Replay)
		}
		server.Publish(m.Outcome().Replay)
	}()
	for p := range parts {
		if err := r.Append(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	<-played
	if !r.Over || r.Ticks != 30 || r.FinalHash() != m.World().Hash() {
		t.Errorf("%d ticks, over %v", r.Ticks, r.Over)
	}
}

// TestToken: nothing is given without it, or under another name.
func TestToken(t *testing.T) {
	defer http.DefaultClient.CloseIdleConnections()
	server, err := live.Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	root := server.URL()[:strings.LastIndex(strings.TrimSuffix(server.URL(), "/"), "/")]
	for _, url := range []string{root + "/replay", root + "/0000/replay", server.URL() + "other"} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", url, answer.Status)
		}
	}
	if _, _, err := live.Dial(context.Background(), "http://example.org/x/"); err == nil {
		t.Error("an address of another machine is taken")
	}
	if _, _, err := live.Dial(t.Context(), root+"/0000/"); err == nil {
		t.Error("a wrong token is taken")
	}
}

// TestMap: a page gets the map of the match with it, where it lies in a file that
// the page does not have.
func TestMap(t *testing.T) {
	defer http.DefaultClient.CloseIdleConnections()
	server, err := live.Serve()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	for name, file := range map[string]string{"FREEDM:MAP01": "FREEDM.WAD", "generated:7": "", "": ""} {
		m, err := match.New(match.Params{Game: tag.New(), Config: games.Config{Ticks: 1}, Entrants: []match.Entrant{tree(t, wanderer), tree(t, wanderer)}, Record: true})
		if err != nil {
			t.Fatal(err)
		}
		defer m.Close()
		r := *m.Outcome().Replay
		r.Config.Map = name
		server.Begin(&r)
		client, _, err := live.Dial(t.Context(), server.URL())
		if err != nil {
			t.Fatal(err)
		}
		got, data, err := client.Map(t.Context())
		if err != nil || !strings.EqualFold(got, file) || (len(data) > 0) != (file != "") {
			t.Errorf("the map %q comes as %q with %d bytes: %v", name, got, len(data), err)
			continue
		}
		if len(data) > 0 {
			if w, err := wad.Parse(got, data); err != nil || w.Name != got {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
