package arena

import (
	"cmp"
	"slices"
	"strings"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
)

var (
	_ games.Surveyed    = (*World)(nil)
	_ games.FightKeeper = (*chronicle)(nil)
)

// Survey implements [games.Surveyed]. Lengths are map units.
func (w *World) Survey() games.Survey {
	unit := func(x fixed.Fixed) float64 { return float64(x) / float64(fixed.One) }
	m := w.level.Map
	s := games.Survey{
		Seats: make([]games.Standing, w.seats),
		West:  unit(m.MinX), South: unit(m.MinY), East: unit(m.MaxX), North: unit(m.MaxY),
	}
	for i := range s.Seats {
		a := &w.actors[i]
		weapon := fps.Weapon(a.Weapon).Facts()
		ammunition := -1.0
		if weapon.Ammo != fps.NoAmmo {
			ammunition = float64(a.Ammo[weapon.Ammo])
		}
		s.Seats[i] = games.Standing{
			X: unit(a.X), Y: unit(a.Y), Z: unit(a.Z), Team: int(a.Team), Present: a.Alive != 0 && a.Spawned != fps.Never,
			Health: max(0, float64(a.Health)), Armour: float64(a.Armour), Ammunition: ammunition,
			Weapon: strings.ReplaceAll(weapon.Name, "_", " "), Points: float64(a.Kills - a.Suicides),
		}
	}
	for _, p := range w.points {
		s.Points = append(s.Points, float64(p))
	}
	return s
}

// Fights implements [games.FightKeeper].
func (c *chronicle) Fights() []games.Fight {
	var list []games.Fight
	for _, f := range append(slices.Clone(c.ended), c.fights...) {
		one := games.Fight{From: int(f.first), To: int(f.last), Distance: float64(f.distance), First: f.fired, Dealt: f.dealt, Died: f.dead}
		for i, seat := range f.seats {
			one.Seats[i], one.Health[i], one.Armour[i] = games.Seat(seat), float64(f.health[i]), float64(f.armour[i])
			one.Weapon[i], one.Saw[i] = strings.ReplaceAll(nameOf(f.weapon[i]), "_", " "), -1
			if f.saw[i] != fps.Never {
				one.Saw[i] = int(f.saw[i])
			}
		}
		list = append(list, one)
	}
	slices.SortStableFunc(list, func(a, b games.Fight) int { return cmp.Compare(a.From, b.From) })
	return list
}
