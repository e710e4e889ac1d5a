package render_test

import (
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/render"
)

// testScene puts four players onto a map: the first at a start, the others
// before it where it can see them, with a shot in flight, trails and marks.
func testScene(m *maps.Map) *render.Scene {
	h := m.Heights()
	s := &render.Scene{Map: m, Heights: &h, Caption: "0:26"}
	start := m.DeathmatchStarts()[0]
	// Look where there is most room.
	best := fixed.Fixed(0)
	for d := range 16 {
		a := fixed.Angle(d) << 28
		spot := m.Check(&h, start.X, start.Y, maps.Radius)
		hit := m.Trace(&h, maps.Point{X: start.X, Y: start.Y, Z: spot.Floor + maps.ViewHeight}, a, 0, 2048*fixed.One)
		if hit.Distance > best {
			best, start.Angle = hit.Distance, a
		}
	}
	for i := range 4 {
		x, y := start.X, start.Y
		if i > 0 {
			far := best / 5 * fixed.Fixed(i)
			turn := start.Angle + fixed.Degrees(8*i-16)
			x, y = x+fixed.Mul(far, turn.Cos()), y+fixed.Mul(far, turn.Sin())
		}
		spot := m.Check(&h, x, y, maps.Radius)
		s.Actors = append(s.Actors, render.Actor{
			X: x, Y: y, Z: spot.Floor, Angle: start.Angle + fixed.Degrees(i*120), Team: i,
			Name: []string{"ada", "ben", "cleo", "dan"}[i], Health: 100 - 25*i, Armour: 50,
			Weapon: "shotgun", Ammo: 12, Score: i, Firing: i == 2 || i == 0, Dead: i == 3,
		})
		var trail []render.Spot
		for k := range 20 {
			trail = append(trail, render.Spot{X: start.X + (x-start.X)/20*fixed.Fixed(k), Y: start.Y + (y-start.Y)/20*fixed.Fixed(k)})
		}
		s.Trails = append(s.Trails, trail)
		s.Marks = append(s.Marks, render.Mark{X: x, Y: y, Kind: render.MarkKind(i % 3), Team: i})
	}
	for _, c := range []maps.Category{maps.Weapon, maps.Ammo, maps.Health, maps.Armour, maps.TeamFlag} {
		for _, t := range m.Of(c) {
			spot := m.Check(&h, t.X, t.Y, maps.Radius)
			s.Items = append(s.Items, render.Item{X: t.X, Y: t.Y, Z: spot.Floor, Type: t.Type})
		}
	}
	far := best / 3
	s.Missiles = []render.Missile{{
		X: start.X + fixed.Mul(far, start.Angle.Cos()), Y: start.Y + fixed.Mul(far, start.Angle.Sin()),
		Z: s.Actors[0].Z + 40*fixed.One, Kind: "rocket",
	}}
	return s
}

// withMonsters makes all but the first of a test scene's players monsters, one
// of each kind, at a distance of the first one, and adds a player that has not
// entered.
func withMonsters(s *render.Scene, apart fixed.Fixed) *render.Scene {
	last := s.Actors[len(s.Actors)-1]
	s.Actors = append(s.Actors, last, render.Actor{Away: true, Team: 2, Name: "away"})
	for i := range s.Actors[1:5] {
		a := &s.Actors[i+1]
		a.Monster, a.Name, a.Team, a.Dead, a.Firing = fps.Trooper+fps.Monster(i), "", 1, false, i == 3
		far := s.Actors[0].Angle + fixed.Degrees(18-12*i)
		a.X = s.Actors[0].X + fixed.Mul(apart, far.Cos())
		a.Y = s.Actors[0].Y + fixed.Mul(apart, far.Sin())
		a.Z = s.Map.Check(s.Heights, a.X, a.Y, maps.Radius).Floor
		a.Angle = far + fixed.West
	}
	return s
}
