package render

import (
	"fmt"
	"image"
	"math"
	"strings"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// Of turns what a spectator sees of a match into a scene. It shares the heights
// with the world: draw it before the world's next step.
func Of(s *fps.Scene) *Scene {
	out := &Scene{
		Map: s.Level.Map, Heights: &s.Heights,
		Caption: fmt.Sprintf("%d:%02d", s.Tick/maps.TicksPerSecond/60, s.Tick/maps.TicksPerSecond%60),
	}
	for i := range s.Figures {
		f := &s.Figures[i]
		a := Actor{
			X: f.X, Y: f.Y, Z: f.Z, Angle: f.Angle, Slope: slopeOf(f.Pitch), Team: int(f.Team),
			Name: fmt.Sprintf("seat %d", f.Seat), Health: int(f.Health), Armour: int(f.Armour),
			Weapon: strings.ReplaceAll(f.Weapon.String(), "_", " "), Ammo: int(f.Ammo),
			Score: int(f.Kills), Dead: !f.Alive, Away: f.Away, Firing: f.Fires, Frame: s.Tick / 4,
			Monster: f.Monster,
		}
		if f.Weapon.Facts().Ammo == fps.NoAmmo {
			a.Ammo = -1
		}
		if f.Seat < 0 {
			a.Name = ""
		}
		out.Actors = append(out.Actors, a)
	}
	for i, there := range s.There {
		if item := &s.Level.Items[i]; there {
			out.Items = append(out.Items, Item{X: item.X, Y: item.Y, Z: item.Z, Type: int32(s.Level.Facts(int32(i)).Thing)})
		}
	}
	for _, m := range s.Missiles {
		kind := "rocket"
		switch m.Weapon {
		case fps.PlasmaRifle:
			kind = "plasma"
		case fps.BFG:
			kind = "big"
		}
		out.Missiles = append(out.Missiles, Missile{X: m.X, Y: m.Y, Z: m.Z, Kind: kind})
	}
	for _, o := range s.Objectives {
		out.objective(s, &o)
	}
	return out
}

// objective adds a flag, wherever it is, or a place that counts.
func (s *Scene) objective(from *fps.Scene, o *fps.Objective) {
	if o.Kind != fps.FlagStand {
		s.Zones = append(s.Zones, Zone{X: o.X, Y: o.Y, Radius: 64 * fixed.One, Team: int(o.Owner)})
		return
	}
	s.Zones = append(s.Zones, Zone{X: o.X, Y: o.Y, Radius: 48 * fixed.One, Team: int(o.Owner)})
	flag := Item{X: o.X, Y: o.Y, Z: o.Z, Type: maps.TypeTeamFlag + o.Owner&3}
	if o.Home == 0 {
		flag.X, flag.Y, flag.Z = o.AtX, o.AtY, o.AtZ
		if o.Carrier >= 0 && int(o.Carrier) < len(from.Figures) {
			f := &from.Figures[o.Carrier]
			flag.X, flag.Y, flag.Z = f.X, f.Y, f.Z+maps.Height/2
		}
	}
	s.Items = append(s.Items, flag)
}

// slopeOf turns a signed angle into the rise for each unit of way.
func slopeOf(pitch int32) fixed.Fixed {
	t := math.Tan(float64(pitch) / (1 << 32) * 2 * math.Pi)
	return fixed.Fixed(min(max(t, -1), 1) * 65536)
}

// DrawSized draws the present state of a match of a shooter: through a seat's
// eyes, or from above for [games.NoSeat]. A size of 0 by 0 is the usual one.
func DrawSized(world games.World, seat games.Seat, width, height int) (image.Image, error) {
	w, ok := world.(fps.Spectated)
	if !ok {
		return nil, fmt.Errorf("draw a match: %T is no shooter", world)
	}
	spectated := w.Scene()
	scene := Of(&spectated)
	p := For(scene.Map)
	switch {
	case seat == games.NoSeat:
		return p.Above(scene, Plan{Width: width, Height: height}), nil
	case int(seat) < 0 || int(seat) >= len(scene.Actors):
		return nil, fmt.Errorf("draw a match: no seat %d", seat)
	}
	return p.Eyes(scene, int(seat), View{Width: width, Height: height}), nil
}
