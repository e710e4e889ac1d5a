package replay_test

import (
	"strings"
	"testing"

	"dryad/games"
	"dryad/replay"
)

// TestNotes: which notes hold when, after a change of policy and in a fork.
func TestNotes(t *testing.T) {
	r := sample() // another policy takes seat 1 in tick 2
	r.Notes = []replay.Note{
		replay.NewNote(0, 0, replay.TopicMaker, "a"),
		replay.NewNote(0, 1, replay.TopicMaker, "b"),
		replay.NewNote(1, 1, replay.TopicStrategy, "s"),
	}
	texts := func(list []replay.Note) string {
		var b strings.Builder
		for _, n := range list {
			b.WriteString(n.Text)
		}
		return b.String()
	}
	for _, c := range []struct {
		seat  games.Seat
		topic string
		tick  int
		want  string
	}{
		{0, replay.TopicMaker, 0, "a"}, {0, replay.TopicMaker, 3, "a"}, {1, replay.TopicMaker, 1, "b"}, {1, replay.TopicMaker, 2, ""},
		{1, replay.TopicStrategy, 0, ""}, {1, replay.TopicStrategy, 1, "s"}, {1, replay.TopicStrategy, 3, "s"}, {0, replay.TopicPrompt, 3, ""},
	} {
		if got := texts(r.NotesOf(c.seat, c.topic, c.tick)); got != c.want {
			t.Errorf("seat %d, %s, tick %d: %q, want %q", c.seat, c.topic, c.tick, got, c.want)
		}
	}
	for _, c := range []struct {
		tick int
		seat games.Seat
		want string
	}{{0, 0, "b"}, {0, 1, "a"}, {1, 1, "abs"}} {
		if got := texts(r.NotesBefore(c.tick, c.seat)); got != c.want {
			t.Errorf("before tick %d with another policy on seat %d: %q, want %q", c.tick, c.seat, got, c.want)
		}
	}
}

// TestNoteLimits: a long text is cut at a letter, and what is beyond the limits or
// out of order is refused.
func TestNoteLimits(t *testing.T) {
	r := sample()
	r.Notes = []replay.Note{replay.NewNote(0, 0, replay.TopicPrompt, strings.Repeat("ä", 1<<18))}
	if text := r.Notes[0].Text; len(text) > 1<<18 || !strings.HasSuffix(text, "ä\n(cut here)") {
		t.Errorf("cut to %d bytes", len(text))
	}
	if _, err := replay.Encode(r); err != nil {
		t.Error(err)
	}
	for name, notes := range map[string][]replay.Note{
		"text":  {{Text: strings.Repeat("a", 1<<18+1)}},
		"topic": {{Topic: strings.Repeat("a", 33)}},
		"order": {{Tick: 2}, {Tick: 1}},
		"tick":  {{Tick: 4}},
		"seat":  {{Seat: 2}},
		"none":  {{Seat: games.NoSeat}},
		"many":  make([]replay.Note, 1<<14+1),
	} {
		r.Notes = notes
		if _, err := replay.Encode(r); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
