package lspo_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestPromptingSeats: react and recon play at an endpoint that fails and answers
// nonsense now and then: they lose those turns, which are counted, and the match
// goes to its end.
func TestPromptingSeats(t *testing.T) {
	t.Parallel()
	s := newChatServer(t, "k")
	args := []string{"play", "werewolf", "--seat", "react", "--seat", "recon", "--seat", "react", "--seat", "recon", "--seat", "heuristic", "--seat", "talker", "--seat", "sla",
		"--model", "m", "--base-url", s.URL + "/v1", "--key-variable", "TEST_KEY", "--json"}
	status, out, log := command(t, map[string]string{"TEST_KEY": "k"}, args...)
	if status != 0 {
		t.Fatalf("status %d: %s", status, log)
	}
	var result struct {
		Reason string `json:"reason"`
		Seats  []struct {
			Policy    string             `json:"policy"`
			LostTurns int                `json:"lost_turns"`
			Metrics   map[string]float64 `json:"metrics"`
		} `json:"seats"`
		Forfeits []any `json:"forfeits"`
		Events   []struct {
			Kind string `json:"kind"`
			Seat int    `json:"seat"`
			Text string `json:"text"`
		} `json:"events"`
	}
	lastLine(t, out, &result)
	lost, said := 0, 0
	for i, seat := range result.Seats {
		lost += seat.LostTurns
		if i > 3 && seat.LostTurns > 0 || float64(seat.LostTurns) > seat.Metrics["passes"] {
			t.Errorf("seat %d, %s, lost %d turns and passed %g", i, seat.Policy, seat.LostTurns, seat.Metrics["passes"])
		}
	}
	for _, e := range result.Events {
		if e.Kind == "say" && e.Seat < 4 && e.Text != "" {
			said++
		}
	}
	if lost == 0 || said == 0 || len(result.Forfeits) > 0 || !strings.Contains(log, "lost ") || !strings.Contains(log, "model m: ") {
		t.Errorf("%d turns lost, %d speeches, %v: %s", lost, said, result.Forfeits, log)
	}
	if status, _, log := command(t, nil, "play", "werewolf", "--seat", "react", "--seat", "human"); status == 0 || !strings.Contains(log, "need something to ask") {
		t.Errorf("status %d: %s", status, log)
	}
	if status, _, log := command(t, nil, "play", "tag", "--seat", "x.dryad", "--model", "m"); status == 0 || !strings.Contains(log, "for the seats react and recon") {
		t.Errorf("status %d: %s", status, log)
	}
}

// TestPromptingBaselines: with a model, lspo eval measures against both as well.
func TestPromptingBaselines(t *testing.T) {
	t.Parallel()
	s := newChatServer(t, "")
	dir := filepath.Join(t.TempDir(), "run")
	if status, _, log := command(t, nil, "lspo", "run", "werewolf", "--players", "4", "--clusters", "1", "--cfr", "1", "--steps", "5", "--iterations", "1", "--games", "12", "--embedder", "ngrams", "--run", dir); status != 0 {
		t.Fatalf("status %d: %s", status, log)
	}
	status, out, log := command(t, nil, "lspo", "eval", dir, "--games", "2", "--model", "m", "--base-url", s.URL+"/v1", "--json")
	if status != 0 {
		t.Fatalf("status %d: %s", status, log)
	}
	var result struct {
		Baselines []struct {
			Agent string `json:"agent"`
		} `json:"baselines"`
	}
	lastLine(t, out, &result)
	var names []string
	for _, b := range result.Baselines {
		names = append(names, b.Agent)
	}
	if got := strings.Join(names, " "); !strings.HasSuffix(got, "react recon") || s.chats == 0 {
		t.Errorf("measured against %s with %d questions", got, s.chats)
	}
}
