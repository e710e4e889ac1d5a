package arena

import "dryad/games/fps"

var _ fps.Spectated = (*World)(nil)

// shotShown and hurtShown are how many ticks a picture shows a shot and a
// wound.
const (
	shotShown = 4
	hurtShown = 12
)

// Scene returns what a spectator sees. It shares the heights with the world
// and is valid until the next Step.
func (w *World) Scene() fps.Scene {
	s := fps.Scene{
		Level: &w.level, Tick: int(w.head.Tick), Teams: w.teams, Heights: w.heights,
		Figures: make([]fps.Figure, len(w.actors)), There: make([]bool, len(w.absent)),
		Objectives: append([]fps.Objective(nil), w.objectives...), Points: append([]int32(nil), w.points...),
	}
	for i := range w.actors {
		a := &w.actors[i]
		f := &s.Figures[i]
		*f = fps.Figure{X: a.X, Y: a.Y, Z: a.Z, Angle: a.Angle, Pitch: a.Pitch, Team: a.Team, Seat: i, Alive: a.Alive != 0, Away: a.Spawned == fps.Never,
			Health: a.Health, Armour: a.Armour, Weapon: fps.Weapon(a.Weapon), Carrying: a.Carrying, Kills: a.Kills, Deaths: a.Deaths}
		if i >= w.seats {
			f.Seat, f.Monster = -1, fps.Monster(a.Monster)
		}
		facts := f.Weapon.Facts()
		if facts.Ammo != fps.NoAmmo {
			f.Ammo = a.Ammo[facts.Ammo]
		}
		f.Fires = w.head.Tick-a.Fires <= shotShown
		f.Hurt = w.head.Tick-a.Hurt <= hurtShown
	}
	for k, until := range w.absent {
		s.There[k] = until <= w.head.Tick
	}
	for _, m := range w.missiles {
		s.Missiles = append(s.Missiles, fps.FlyingMissile{
			Missile: fps.Missile{X: m.X, Y: m.Y, Z: m.Z, VX: m.VX, VY: m.VY, VZ: m.VZ}, Weapon: fps.Weapon(m.Weapon)})
	}
	return s
}
