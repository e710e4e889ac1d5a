package tag_test

import (
	"testing"

	"dryad/games"
	"dryad/games/tag"
)

// FuzzRestore checks that a snapshot is refused or leaves a world that goes
// on.
func FuzzRestore(f *testing.F) {
	w, _ := tag.New().New(games.Config{Seats: 2}, 1)
	f.Add(w.Snapshot(nil))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, snapshot []byte) {
		w, err := tag.New().New(games.Config{Seats: 2}, 1)
		if err != nil {
			t.Fatal(err)
		}
		before := w.Hash()
		if err := w.Restore(snapshot); err != nil {
			if w.Hash() != before {
				t.Error("a refused snapshot changed the world")
			}
			return
		}
		for s := range games.Seat(2) {
			if w.Perceive(s) {
				act(w, s)
			}
		}
		if _, over := w.Result(); !over {
			w.Step()
		}
	})
}
