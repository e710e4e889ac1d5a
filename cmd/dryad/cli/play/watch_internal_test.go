package play

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
)

const watched = `policy watched for tag

tree main:
  selector:
    sequence hunt:
      condition: is_it
      task: move_to nearest_player
    task: stay 1s
`

// TestWatcher saves good and faulty versions of a policy while a match runs.
func TestWatcher(t *testing.T) {
	path := filepath.Join(t.TempDir(), "watched.dryad")
	saved := time.Unix(1_000_000_000, 0)
	save := func(text string) {
		t.Helper()
		saved = saved.Add(time.Second)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, saved, saved); err != nil {
			t.Fatal(err)
		}
	}
	var said strings.Builder
	env := &frame.Env{Context: context.Background(), Stderr: &said, Getenv: func(string) string { return "" }}
	save(watched)
	entrants, err := seats.SeatEntrants(env, []string{path, path}, tag.New(), nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := match.New(match.Params{Game: tag.New(), Config: games.Config{Ticks: 60}, Seed: 1, Entrants: entrants, Record: true})
	if err != nil {
		t.Fatal(err)
	}
	w := newWatcher(env, tag.New(), []string{path, path})
	versions := map[int]string{
		20: strings.Replace(watched, "1s", "3s", 1),
		30: strings.Replace(watched, "stay 1s", "fly", 1),
		40: strings.Replace(watched, "stay 1s", "flee it_player", 1),
	}
	for m.Step() {
		if text, ok := versions[m.Now()]; ok {
			save(text)
		}
		if err := w.look(m); err != nil {
			t.Fatal(err)
		}
	}
	swaps := m.Outcome().Replay.Swaps
	if len(swaps) != 4 || swaps[0].Tick != 20 || swaps[1].Seat != 1 || swaps[2].Tick != 40 {
		t.Errorf("swaps %+v", swaps)
	}
	for _, want := range []string{"tick 20: watched plays seat 0 from its new file", "fly", "tick 30: ", "the old one plays on", "tick 40: watched plays seat 1"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("nothing is said of %q in:\n%s", want, said.String())
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := w.look(m); err != nil {
		t.Errorf("a file that is gone: %v", err)
	}
}
