package generate_test

import (
	"testing"

	"dryad/games/fps/maps"
	"dryad/games/fps/maps/generate"
)

// Generated maps are the same every time, different for every seed, sound by
// the same checks as maps from files, and hold all that a match needs.
func TestGenerate(t *testing.T) {
	seen := map[[32]byte]string{}
	for _, family := range generate.Families() {
		for seed := range uint64(40) {
			m, err := generate.Map(family, seed)
			if err != nil {
				t.Fatal(err)
			}
			again, _ := generate.Map(family, seed)
			if m.Hash() != again.Hash() {
				t.Errorf("%s: two hashes", m.Name)
			}
			if other, ok := seen[m.Hash()]; ok {
				t.Errorf("%s equals %s", m.Name, other)
			}
			seen[m.Hash()] = m.Name
			if len(m.Unknown) > 0 {
				t.Errorf("%s: unknown specials %v", m.Name, m.Unknown)
			}
			if n := len(m.DeathmatchStarts()); n < 12 {
				t.Errorf("%s: %d deathmatch starts", m.Name, n)
			}
			for team := range 2 {
				if n := len(m.TeamStarts(team)); n < 4 {
					t.Errorf("%s: %d starts of team %d", m.Name, n, team)
				}
			}
			for _, c := range []maps.Category{maps.Weapon, maps.Ammo, maps.Health, maps.Armour, maps.TeamFlag} {
				if len(m.Of(c)) < 2 {
					t.Errorf("%s: %d things of category %d", m.Name, len(m.Of(c)), c)
				}
			}
			h := m.Heights()
			for i := range m.Things {
				th := &m.Things[i]
				k, ok := maps.KindOf(th.Type)
				if !ok {
					t.Errorf("%s: thing of unknown type %d", m.Name, th.Type)
				}
				if k.Category == maps.Decoration {
					continue
				}
				if s := m.Check(&h, th.X, th.Y, maps.Radius); s.Blocked || s.Ceiling-s.Floor < maps.Height {
					t.Errorf("%s: %s at %d,%d does not fit: %+v", m.Name, k.Name, th.X>>16, th.Y>>16, s)
				}
			}
		}
	}
}

func BenchmarkGenerate(b *testing.B) {
	b.ReportAllocs()
	for i := uint64(0); b.Loop(); i++ {
		if _, err := generate.Map(generate.Families()[i%5], i); err != nil {
			b.Fatal(err)
		}
	}
}
