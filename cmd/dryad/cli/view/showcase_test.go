package view_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/view"
	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/viewer/live"
)

// TestShowcase watches a match of a job to its end, and then the one that was
// handed out last by then.
func TestShowcase(t *testing.T) {
	defer http.DefaultClient.CloseIdleConnections()
	var said bytes.Buffer
	env := &frame.Env{Context: t.Context(), Stdout: io.Discard, Stderr: &said, Getenv: func(string) string { return "" }}
	s, err := view.OpenShowcase(env)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, url, found := strings.Cut(strings.TrimSpace(said.String()), "dryad-viewer ")
	if !found {
		t.Fatal(said.String())
	}
	p, faults := policy.Parse("p", []byte("policy p for tag\n\ntree main:\n  task: move_to random_cell\n"), tag.New(), policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	begun := func(seed uint64) {
		s.Begun(match.Params{Game: tag.New(), Config: games.Config{Ticks: 8}, Seed: seed, Sides: []match.Entrant{match.Tree(p), match.Tree(p)}})
	}
	// watch follows a match to its end, and waits for the next.
	watch := func(client *live.Client, r *replay.Replay) {
		t.Helper()
		parts := make(chan replay.Part)
		ended := make(chan error, 1)
		go func() { ended <- client.Follow(t.Context(), r.Have(), r.Over, parts) }()
		for part := range parts {
			if err := r.Append(part); err != nil {
				t.Fatal(err)
			}
		}
		if err := <-ended; err != nil || !r.Over || r.Ticks != 8 {
			t.Fatalf("%d ticks, over %v, %v", r.Ticks, r.Over, err)
		}
		if _, err := match.Verify(t.Context(), match.PlaybackParams{Game: tag.New(), Replay: r}); err != nil {
			t.Error(err)
		}
	}
	begun(1)
	client, first, err := live.Dial(t.Context(), url) // waits for the first match
	if err != nil {
		t.Fatal(err)
	}
	// The first is under way: of the others only the last waits.
	for seed := range uint64(5) {
		begun(10 + seed)
	}
	watch(client, first)
	if err := client.Wait(t.Context()); !errors.Is(err, live.ErrNext) {
		t.Fatal(err)
	}
	client, second, err := live.Dial(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	watch(client, second)
	if first.Seed != 1 || second.Seed != 14 {
		t.Errorf("the matches of seeds %d and %d were shown", first.Seed, second.Seed)
	}
	if _, err := client.Next(t.Context(), replay.Have{}); err != nil {
		t.Error(err)
	}
}
