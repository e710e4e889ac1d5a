package screen_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/tag"
	"dryad/replay"
	"dryad/viewer/screen"
)

// TestForkOutside: with an editor outside of the screen, what it leaves is checked
// and played on; a faulty tree, an editor that fails and one that changes nothing are
// told, and what comes after escape is dropped.
func TestForkOutside(t *testing.T) {
	ctx := context.Background()
	r := play(t, tag.New(), games.Config{Ticks: 400, Seats: 3}, 3, hunter, hunter, hunter)
	var kept *replay.Replay
	var results chan screen.Edited
	var source string
	opened := 0
	s := screen.New(screen.Params{
		Session: open(t, tag.New(), r), Camera: tagCamera, Save: func(r *replay.Replay) (string, error) { kept = r; return "fork.replay", nil },
		Edit: func(_ context.Context, text string) <-chan screen.Edited {
			opened++
			source, results = text, make(chan screen.Edited, 1)
			return results
		},
	})
	at(t, s, 150)
	advance := func(e screen.Edited) bool {
		t.Helper()
		results <- e
		changed, err := s.Advance(ctx, 0)
		if err != nil {
			t.Fatal(err)
		}
		s.Paint(1000, 600)
		return changed
	}
	press(t, s, "g")
	if changed, err := s.Advance(ctx, 0); changed || err != nil || opened != 1 || source != r.PolicyAt(0, 150).Source {
		t.Fatalf("opened %d times, changed %v, %v, with\n%s", opened, changed, err, source)
	}
	// A tree that comes after escape is dropped, and g opens no second editor
	// beside one that is there.
	press(t, s, "escape", "g")
	if opened != 1 {
		t.Error("a second editor was opened beside the first")
	}
	if advance(screen.Edited{Source: "policy late for tag\n\ntree main:\n  task: stay\n"}) || kept != nil {
		t.Error("a tree was taken whose fork was left")
	}
	press(t, s, "escape")
	for _, e := range []screen.Edited{{Err: errors.New("no such editor")}, {Source: source}, {Source: "policy bad for tag\n\ntree main:\n  task: fly\n"}} {
		press(t, s, "g")
		if !advance(e) || !s.Typing() || kept != nil {
			t.Errorf("%+v is taken, or not told", e)
		}
		press(t, s, "escape")
	}
	press(t, s, "g")
	good := strings.ReplaceAll("policy stays for tag\n\ntree main:\n  task: stay 1s\n", "\n", "\r\n")
	if !advance(screen.Edited{Source: good}) || s.Typing() || kept == nil || !strings.Contains(kept.PolicyAt(0, 200).Source, "stay 1s") {
		t.Errorf("the tree was not taken: %q", s.Note())
	}
}
