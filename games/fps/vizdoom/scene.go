package vizdoom

import (
	"bytes"
	"fmt"
	"image"
	"image/png"

	"dryad/games"
	"dryad/games/fps"
)

var _ fps.Spectated = (*World)(nil)

// hurtShown is how many ticks a picture shows a wound.
const hurtShown = 12

// Scene returns what is known of the match: the seats by what they know of
// themselves, the engine's bots and the items by what was last seen of them.
func (w *World) Scene() fps.Scene {
	items := len(w.level.Items)
	s := fps.Scene{
		Level: &w.level, Tick: int(w.head.Tick), Teams: w.teams, Heights: w.heights,
		Figures: make([]fps.Figure, len(w.actors)), There: make([]bool, items), Points: append([]int32(nil), w.points...),
	}
	for i := range w.actors {
		a := &w.actors[i]
		f := &s.Figures[i]
		*f = fps.Figure{X: a.X, Y: a.Y, Z: a.Z, Angle: a.Angle, Pitch: a.Pitch, Team: a.Team, Seat: i, Alive: a.Alive != 0, Away: a.Known == 0,
			Health: a.Health, Armour: a.Armour, Weapon: fps.Weapon(a.Weapon), Kills: a.Kills, Deaths: a.Deaths, Hurt: w.head.Tick-a.Hurt <= hurtShown}
		if facts := f.Weapon.Facts(); facts.Ammo != fps.NoAmmo {
			f.Ammo = a.Ammo[facts.Ammo]
		}
		if a.Bot == 0 {
			continue
		}
		for o := range w.actors { // where a seat last saw it
			c := w.contact(o, i)
			if o != i && c.Seen != fps.Never && c.Alive != 0 {
				f.X, f.Y, f.Z, f.Angle, f.Alive, f.Away = c.X, c.Y, c.Z, c.Angle, true, false
			}
		}
	}
	for k := range items {
		for o := range w.actors {
			s.There[k] = s.There[k] || w.actors[o].Bot == 0 && w.gone[o*items+k] <= w.head.Tick
		}
	}
	for v := range w.views {
		for _, m := range w.views[v].Missiles[:w.views[v].Count] {
			s.Missiles = append(s.Missiles, fps.FlyingMissile{Missile: m, Weapon: fps.RocketLauncher})
		}
	}
	return s
}

// Pictured reports whether there is a picture of the engine of a seat now: while the
// match runs, and in one that is told again since the last picture that was filmed.
func (w *World) Pictured(seat games.Seat) bool {
	return w.link != nil && w.actors[seat].Bot == 0 || int(seat) < len(w.shown) && len(w.shown[seat]) > 0
}

// mostPixels bounds a picture of the engine.
const mostPixels = 1 << 22

// Picture returns what the engine draws for a seat, or has drawn when it was filmed
// last. It fails when there is none.
func (w *World) Picture(seat games.Seat) (image.Image, error) {
	var data []byte
	switch {
	case !w.Pictured(seat):
		return nil, fmt.Errorf("there is no picture of seat %d", seat)
	case w.link == nil:
		data = w.shown[seat]
	default:
		answer, err := w.link.ask(&request{Do: doRender, Seat: int(seat)}, w.game.params.Exchange)
		if err != nil {
			return nil, fmt.Errorf("ask the engine for a picture of seat %d: %w", seat, err)
		}
		data = answer.Picture
	}
	size, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || size.Width*size.Height > mostPixels {
		return nil, fmt.Errorf("the engine's picture of seat %d is none that can be read", seat)
	}
	return png.Decode(bytes.NewReader(data))
}
