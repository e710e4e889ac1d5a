package maps_test

import (
	"math/rand/v2"
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// sectorBySearch finds the sector at a point with no index: the side of the
// nearest line that a ray to the east meets.
func sectorBySearch(m *maps.Map, x, y fixed.Fixed) int {
	// The ray runs between two of the coordinates that vertices can have.
	y |= 1
	best, sector := int64(1)<<62, maps.NoSector
	for i := range m.Lines {
		l := &m.Lines[i]
		if (l.Y > y) == (l.Y+l.DY > y) {
			continue
		}
		at := int64(l.X) + int64(l.DX)*(int64(y)-int64(l.Y))/int64(l.DY)
		if at >= int64(x) && at < best {
			best, sector = at, int(l.Sector(l.Side(x, y)))
		}
	}
	return sector
}

func TestSectorAtAgainstSearch(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	total, differ := 0, 0
	eachMap(t, func(t *testing.T, m *maps.Map) {
		for range 300 {
			x := m.MinX + fixed.Fixed(r.Int64N(int64(m.MaxX)-int64(m.MinX)))
			y := m.MinY + fixed.Fixed(r.Int64N(int64(m.MaxY)-int64(m.MinY)))
			total++
			if got, want := m.SectorAt(x, y), sectorBySearch(m, x, y); got != want {
				differ++
			}
		}
	})
	// Maps have lines whose two sides contradict their surroundings; there
	// the two methods may see different ones.
	if differ*500 > total {
		t.Errorf("%d of %d points differ", differ, total)
	}
	t.Logf("%d of %d points differ", differ, total)
}
