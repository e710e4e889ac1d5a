package maps_test

import (
	"testing"

	"dryad/games/fps/maps"
	_ "dryad/internal/fixedseed"

	"pgregory.net/rapid"
)

// Packing a mover and unpacking it gives the same mover.
func TestMoverWordsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.Int32()
		a := maps.Mover{
			Sector: length.Draw(t, "sector"), Line: length.Draw(t, "line"),
			To: length.Draw(t, "to"), Back: length.Draw(t, "back"), Speed: length.Draw(t, "speed"),
			Wait: rapid.Int16().Draw(t, "wait"), Left: rapid.Int16().Draw(t, "left"),
			Direction: rapid.Int8().Draw(t, "direction"), Motion: maps.Motion(rapid.IntRange(0, 2).Draw(t, "motion")),
			Ceiling: rapid.Bool().Draw(t, "ceiling"), Crush: rapid.Bool().Draw(t, "crush"),
			Door: rapid.Bool().Draw(t, "door"), Lift: rapid.Bool().Draw(t, "lift"),
		}
		if got := maps.MoverOf(a.Words()); got != a {
			t.Fatalf("packed %+v, unpacked %+v", a, got)
		}
	})
}
