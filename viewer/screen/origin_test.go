package screen_test

import (
	"context"
	"strings"
	"testing"

	"dryad/games"
	"dryad/games/tag"
	"dryad/replay"
	"dryad/viewer/screen"
)

// TestOrigin: p shows how a tree was made where the replay says it, scrolls through
// a long prompt, and closes. Of another seat it says that nothing is known.
func TestOrigin(t *testing.T) {
	ctx := context.Background()
	r := play(t, tag.New(), games.Config{Ticks: 40, Seats: 3}, 3, hunter, hunter, hunter)
	key := func(s *screen.Screen, k screen.Key) string {
		t.Helper()
		if err := s.Key(ctx, k); err != nil {
			t.Fatal(err)
		}
		return string(s.Paint(1000, 600).Pix)
	}
	show := func(prompt string) *screen.Screen {
		r.Notes = []replay.Note{
			replay.NewNote(0, 1, replay.TopicMaker, "champion 1.2\nproposer: random"),
			replay.NewNote(0, 1, replay.TopicChange, "replace `main`:\n  task: stay\n"),
			replay.NewNote(0, 1, replay.TopicPrompt, prompt),
		}
		s := screen.New(screen.Params{Session: open(t, tag.New(), r), Camera: tagCamera})
		s.Session().Watch(1)
		return s
	}
	s := show("short")
	plain := string(s.Paint(1000, 600).Pix)
	first := key(s, screen.Letter('p'))
	if first == plain {
		t.Fatal("p shows nothing")
	}
	if said := strings.Join(s.Origin(), "\n"); !strings.Contains(said, "how the tree of seat 1 was made\nchampion 1.2") || s.Strategies() != nil {
		t.Errorf("it says %q, and %q", said, s.Strategies())
	}
	if key(s, screen.Key{Name: "down"}) != first {
		t.Error("a text that fits scrolls")
	}
	if key(s, screen.Key{Name: "escape"}) != plain {
		t.Error("escape does not close it")
	}
	if err := s.Key(ctx, screen.Key{Name: "tab"}); err != nil {
		t.Fatal(err)
	}
	key(s, screen.Letter('p'))
	if !strings.Contains(s.Note(), "does not say how the tree") {
		t.Errorf("of a seat without notes it says %q", s.Note())
	}

	s = show(strings.Repeat("a line of the prompt\n\n", 300) + "the end")
	long := key(s, screen.Letter('p'))
	if long == first {
		t.Error("another prompt looks the same")
	}
	end := key(s, screen.Key{Name: "end"})
	if end == long || key(s, screen.Key{Name: "pagedown"}) != end {
		t.Error("the end is not where scrolling ends")
	}
	if err := s.Wheel(ctx, 1e6); err != nil {
		t.Fatal(err)
	}
	if string(s.Paint(1000, 600).Pix) != long {
		t.Error("the wheel does not go back to the beginning")
	}
}
