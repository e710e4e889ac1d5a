package thought_test

import (
	"testing"

	"dryad/games"
	"dryad/games/tag"
	"dryad/match"
	"dryad/policy"
	"dryad/viewer/thought"
)

// watched returns what a tree has counted after 40 and after 80 ticks, and the
// watcher.
func watched(t testing.TB) (early, late thought.State, w *thought.Watcher) {
	t.Helper()
	game := tag.New()
	p, faults := policy.Parse("test", []byte("policy test for tag\n\n"+thoughtful), game, policy.Params{})
	if p == nil {
		t.Fatal(faults)
	}
	m, err := match.New(match.Params{Game: game, Config: games.Config{Ticks: 80, Seats: 2}, Seed: 5, Entrants: []match.Entrant{match.Tree(p), match.Tree(p)}})
	if err != nil {
		t.Fatal(err)
	}
	tree := m.Player(0).(*match.TreePlayer)
	w = thought.Watch(tree.Agent(), game.Vocabulary())
	for m.Step() {
		w.Note(m.Now(), tree.Status())
		if m.Now() == 40 {
			early = w.Save()
		}
	}
	return early, w.Save(), w
}

// TestState: what a tree did so far is read as it was written, also as a difference,
// and is put back into a watcher.
func TestState(t *testing.T) {
	early, late, w := watched(t)
	first, second := early.Append(nil, thought.State{}), late.Append(nil, early)
	a, err := thought.ReadState(first, thought.State{})
	if err != nil || !a.Equal(early) {
		t.Fatal(err)
	}
	b, err := thought.ReadState(second, a)
	if err != nil || !b.Equal(late) || b.Equal(a) {
		t.Fatal(err)
	}
	w.Load(a)
	if s := w.Save(); !s.Equal(early) {
		t.Error("another state was put back")
	}
	for n := range second {
		if _, err := thought.ReadState(second[:n], a); err == nil {
			t.Errorf("%d of %d bytes are read", n, len(second))
		}
	}
}

// FuzzState reads arbitrary bytes: what is read can be written, and put back.
func FuzzState(f *testing.F) {
	early, late, w := watched(f)
	f.Add(early.Append(nil, thought.State{}))
	f.Add(late.Append(nil, early))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := thought.ReadState(data, early)
		if err != nil {
			return
		}
		if again, err := thought.ReadState(s.Append(nil, early), early); err != nil || !again.Equal(s) {
			t.Fatal("what was read is not written so", err)
		}
		w.Load(s)
		w.Mind()
	})
}
