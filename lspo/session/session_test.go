package session_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	wolf "dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/rules"
	"dryad/job"
	"dryad/lspo/evaluate"
	"dryad/lspo/session"
)

func open(t *testing.T, folder string, s session.Settings) *session.Session {
	t.Helper()
	o, err := session.Open(t.Context(), session.Params{Folder: folder, Settings: s})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Close() })
	return o
}

// tiny is a run of Werewolf that takes no time.
func tiny() session.Settings {
	return session.Settings{Game: session.Werewolf, Embedder: session.NGrams, Iterations: 1, Seed: 1, Players: 5, Games: 8, CFR: 1, Steps: 5}
}

// TestResume: a run that was stopped between two stages, and whose process has
// ended, goes on to the same figures as one that was not stopped.
func TestResume(t *testing.T) {
	whole, parts := t.TempDir(), t.TempDir()
	if r, err := open(t, whole, tiny()).Run(t.Context(), session.RunParams{}); err != nil || r.Stopped != job.Finished || r.Page == "" {
		t.Fatalf("%+v, %v", r, err)
	}
	s := open(t, parts, tiny())
	r, err := s.Run(t.Context(), session.RunParams{Budget: job.NewBudget(0, 1e-9)})
	if err != nil || r.Stopped != job.MaxMinutes || len(r.Iterations) != 0 || r.Page != "" {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, err := s.Iterations(t.Context()); !errors.Is(err, session.ErrNothing) {
		t.Errorf("%v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err := open(t, parts, tiny()).Run(t.Context(), session.RunParams{}); err != nil || r.Stopped != job.Finished {
		t.Fatalf("%+v, %v", r, err)
	}
	one, err1 := os.ReadFile(filepath.Join(whole, session.ResultFile))
	other, err2 := os.ReadFile(filepath.Join(parts, session.ResultFile))
	if err := errors.Join(err1, err2); err != nil || !bytes.Equal(one, other) {
		t.Errorf("%v: %s and %s", err, one, other)
	}
}

// TestEvaluate: a run is measured against an agent of one's own; its cells are
// kept, and the same evaluation plays none of them again.
func TestEvaluate(t *testing.T) {
	folder := t.TempDir()
	s := open(t, folder, tiny())
	if _, err := s.Run(t.Context(), session.RunParams{}); err != nil {
		t.Fatal(err)
	}
	iterations, err := s.Iterations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	made := 0
	measure := func() *evaluate.Result {
		r, err := evaluate.Run(t.Context(), evaluate.Params{
			Game: s.Werewolf(), Iterations: iterations, Games: 10, Seeds: []uint64{1, 2}, Memory: s.Memory(),
			Baselines: []evaluate.Player{{Name: "mine", Agent: func() (wolf.Agent, error) { made++; return agents.Random{}, nil }}},
			Acts:      func(_ *rules.View, text string) (int, bool) { return len(text) % 2, true },
		})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first := measure()
	if len(first.Baselines) != 1 || first.Baselines[0].AsWolves.Games != 20 || len(first.Clusters) != 4 || made != 4 {
		t.Errorf("%+v, %d agents", first, made)
	}
	if second := measure(); fmt.Sprint(second) != fmt.Sprint(first) || made != 4 {
		t.Errorf("measured again: %+v, %d agents", second, made)
	}
	if err := s.WriteEvaluation(first); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(folder, "page.html")
	if err := s.WriteReport(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(page); err != nil || !strings.Contains(string(text), "mine") {
		t.Errorf("the page does not show the evaluation (%v)", err)
	}
	if _, err := evaluate.Run(context.Background(), evaluate.Params{Game: s.Werewolf()}); err == nil {
		t.Error("nothing to measure: no error")
	}
}

// TestRefuses: settings that make no sense are errors, and leave nothing.
func TestRefuses(t *testing.T) {
	for want, change := range map[string]func(*session.Settings){
		"name a game":   func(s *session.Settings) { s.Game = "" },
		"does not play": func(s *session.Settings) { s.Game = "chess" },
		"out of range":  func(s *session.Settings) { s.Games = -1 },
		"0 to below 1":  func(s *session.Settings) { s.Momentum = 1 },
	} {
		settings, folder := tiny(), t.TempDir()
		change(&settings)
		_, err := session.Open(t.Context(), session.Params{Folder: folder, Settings: settings})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", want, err)
		}
		if left, _ := os.ReadDir(folder); len(left) > 0 {
			t.Errorf("%q: left %v", want, left)
		}
	}
}

// TestNames: a strategy can be named, one that is not there cannot.
func TestNames(t *testing.T) {
	s := open(t, t.TempDir(), session.Settings{Game: session.RPSLS, Embedder: session.NGrams, Iterations: 1})
	if _, err := s.Run(t.Context(), session.RunParams{}); err != nil {
		t.Fatal(err)
	}
	names, err := s.Name(t.Context(), []string{"1/player/0=first"})
	if err != nil || names[session.Strategy(1, "player", 0)] != "first" {
		t.Errorf("%v, %v", names, err)
	}
	if _, err := s.Name(t.Context(), []string{"2/player/0=x"}); err == nil {
		t.Error("a strategy of no iteration: no error")
	}
	if s.Werewolf() != nil {
		t.Error("no game of Werewolf was run")
	}
	if _, err := s.Iterations(t.Context()); err == nil {
		t.Error("no iterations of Werewolf: no error")
	}
}
