package match_test

import (
	"context"
	"strings"
	"testing"

	"dryad/games"
	"dryad/match"
	"dryad/replay"
)

// talker explains every tick with the same text.
type talker struct {
	drifter
	text string
}

func (t *talker) Explain() (topic, text string) { return replay.TopicStrategy, t.text }

// TestExplain: what a player explains is kept in a recorded match, at the tick that
// its commands lead to; no more of it than the record can hold; a snapshot takes it
// back; the match is the same.
func TestExplain(t *testing.T) {
	play := func(text string) *match.Match {
		t.Helper()
		talks := match.Entrant{Record: replay.Policy{Name: "talker"}, Make: func(_ match.PlayerContext, _ games.Seat, seed uint64) (match.Player, error) {
			return &talker{drifter{seed: seed}, text}, nil
		}}
		m, err := match.New(params(drift("other"), talks, drift("third")))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(m.Close)
		return m
	}
	m := play("why")
	for range 5 {
		m.Step()
	}
	snapshot, err := m.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	some := m.Outcome().Replay.Notes
	if len(some) == 0 || some[0] != (replay.Note{Tick: 1, Seat: 1, Topic: replay.TopicStrategy, Text: "why"}) {
		t.Fatalf("notes %v", some)
	}
	talked, err := m.Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Restore(snapshot); err != nil {
		t.Fatal(err)
	}
	if n := len(m.Outcome().Replay.Notes); n != len(some) {
		t.Errorf("%d notes in a snapshot that was taken with %d", n, len(some))
	}
	silent, err := play("").Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if talked.Hash != silent.Hash || len(silent.Replay.Notes) != 0 || len(talked.Replay.Notes) <= len(some) {
		t.Error("what is explained changes the match, or is lost")
	}
	much, err := play(strings.Repeat("long ", 5000)).Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	bytes := 0
	for _, n := range much.Replay.Notes {
		bytes += len(n.Text)
	}
	if bytes == 0 || bytes > 1<<20 {
		t.Errorf("%d bytes are kept", bytes)
	}
	if _, err := replay.Encode(much.Replay); err != nil {
		t.Error(err)
	}
}
