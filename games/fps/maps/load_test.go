package maps_test

import (
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

func TestAllMapsLoad(t *testing.T) {
	eachMap(t, func(t *testing.T, m *maps.Map) {
		if n := len(m.DeathmatchStarts()); n < 4 && m.Name != "freedoom2.wad:MAP12" {
			t.Errorf("%s: %d deathmatch starts", m.Name, n)
		}
	})
}

// Every start of every map must be inside the map, and a player must fit
// there: this checks reading, location and collision at once.
func TestStartsFit(t *testing.T) {
	eachMap(t, func(t *testing.T, m *maps.Map) {
		h := m.Heights()
		for _, s := range m.DeathmatchStarts() {
			spot := m.Check(&h, s.X, s.Y, maps.Radius)
			if spot.Sector < 0 || spot.Blocked || spot.Ceiling-spot.Floor < maps.Height {
				t.Errorf("%s: start at %d,%d: %+v", m.Name, fixed.ToInt(s.X), fixed.ToInt(s.Y), spot)
			}
		}
	})
}
