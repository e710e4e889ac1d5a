package arena

import (
	"testing"

	"dryad/games"
	"dryad/games/fps/fixed"
)

// By the rule unknown_items a seat knows of an item from the tick on in which
// it sees it, and keeps knowing; without it, from the first tick on.
func TestUnknownItems(t *testing.T) {
	g, err := smallGround()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		rules         string
		before, after int // items known before and after a look at them
	}{
		{`{}`, 5, 5},
		{`{"unknown_items":true}`, 0, 5},
		{`{"unknown_items":true,"no_items":true}`, 0, 0},
	} {
		w := smallBy(t, g, games.Config{Map: "small", Seats: 1, Ticks: 1 << 20, Rules: []byte(c.rules)})
		known := func() int {
			n := 0
			for k := range w.level.Items {
				if w.gone[k] <= w.head.Tick {
					n++
				}
			}
			return n
		}
		look := func(degrees int) {
			w.put(self, fixed.FromInt(368), fixed.FromInt(384), fixed.Degrees(degrees))
			for range itemSweep {
				w.Step()
			}
		}
		for i := range w.gone { // the entry may have been in view of some
			if w.level.Rules.UnknownItems {
				w.gone[i] = never
			}
		}
		look(270)
		if got := known(); got != c.before {
			t.Errorf("%s: %d items known before they were seen, want %d", c.rules, got, c.before)
		}
		look(100)
		look(270)
		if got := known(); got != c.after {
			t.Errorf("%s: %d items known after they were seen, want %d", c.rules, got, c.after)
		}
	}
}
