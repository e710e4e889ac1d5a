package classic_test

import (
	"testing"

	"dryad/cfr"
	"dryad/cfr/classic"
)

// keyedGame is a game without what speeds up its compilation: states have keys
// only, and are never written over.
type keyedGame struct{ cfr.Game }

func (g keyedGame) Root() cfr.State { return keyed{g.Game.Root()} }

type keyed struct{ state cfr.State }

func (s keyed) Player() cfr.Player          { return s.state.Player() }
func (s keyed) Actions() []cfr.Action       { return s.state.Actions() }
func (s keyed) Probabilities() []float64    { return s.state.Probabilities() }
func (s keyed) Child(i int) cfr.State       { return keyed{s.state.Child(i)} }
func (s keyed) AppendKey(dst []byte) []byte { return s.state.AppendKey(dst) }
func (s keyed) Returns(dst []float64)       { s.state.Returns(dst) }

// TestCodesAndReuse: codes and states that are written over compile to the same
// tree as keys and new states.
func TestCodesAndReuse(t *testing.T) {
	for _, size := range [][3]int{{2, 1, 4}, {2, 2, 2}, {3, 1, 2}} {
		game, err := classic.LiarsDiceOf(size[0], size[1], size[2])
		if err != nil {
			t.Fatal(err)
		}
		fast, err := cfr.Compile(game, cfr.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		slow, err := cfr.Compile(keyedGame{game}, cfr.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if fast.Fingerprint() != slow.Fingerprint() || fast.Histories() != slow.Histories() || fast.Depth() != slow.Depth() || fast.TotalInfosets() != slow.TotalInfosets() {
			t.Fatalf("%s: another tree", game.Name())
		}
		for i := range fast.TotalInfosets() {
			a, b := fast.Infoset(i), slow.Infoset(i)
			if a.Key != b.Key || a.Player != b.Player {
				t.Fatalf("%s: set %d is %v, %v", game.Name(), i, a, b)
			}
			if at, ok := fast.Lookup(a.Player, a.Key); !ok || at != i {
				t.Fatalf("%s: %q is looked up as %d", game.Name(), a.Key, at)
			}
		}
	}
}
