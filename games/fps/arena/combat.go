package arena

import (
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

const (
	handsHeight  = 36 * fixed.One
	knockback    = 8192 // speed that a point of damage gives
	missileSize  = 8 * fixed.One
	missileTicks = 5 * maps.TicksPerSecond
)

// endless reports whether an actor's shots cost nothing.
func (w *World) endless(i int) bool {
	return w.level.Rules.OnlyWeapon || w.mode.endless || w.actors[i].Monster != 0
}

// spread returns a deviation within limit, the middle being likelier.
func (w *World) spread(limit fixed.Angle) int32 {
	if limit == 0 {
		return 0
	}
	r := w.draw()
	a, b := int64(uint32(r)), int64(uint32(r>>32))
	return int32((a - b) * int64(limit) >> 32)
}

// slopeOf returns how much a way at a pitch rises for each unit.
func slopeOf(pitch int32) fixed.Fixed {
	angle := fixed.Angle(pitch)
	return fixed.Div(angle.Sin(), angle.Cos())
}

// fire lets a shot of the weapon in hand leave, if there is ammunition for it.
func (w *World) fire(i int) {
	a := &w.actors[i]
	f := fps.Weapon(a.Weapon).Facts()
	if !w.spend(i, f) {
		return
	}
	a.Fires = w.head.Tick
	a.Shots++
	if f.Missile() {
		w.launch(i, f)
	} else {
		w.shoot(i, f)
	}
	w.noise(i, f.Noise)
}

// spend takes the ammunition of a shot, and reports whether there was enough.
func (w *World) spend(i int, f *fps.WeaponFacts) bool {
	if !w.loaded(i, f) {
		return false
	}
	if f.Ammo != fps.NoAmmo && !w.endless(i) {
		w.actors[i].Ammo[f.Ammo] -= f.PerShot
	}
	return true
}

// loaded reports whether an actor has the ammunition for a shot of a weapon.
func (w *World) loaded(i int, f *fps.WeaponFacts) bool {
	return f.Ammo == fps.NoAmmo || w.endless(i) || w.actors[i].Ammo[f.Ammo] >= f.PerShot
}

// shoot fires a hitscan or melee weapon.
func (w *World) shoot(i int, f *fps.WeaponFacts) {
	hit := false
	// A first, careful pull of a single bullet goes where it is aimed.
	careful := f.Pellets == 1 && f.Ammo != fps.NoAmmo && w.actors[i].Streak == 0
	for range f.Pellets {
		a := &w.actors[i]
		angle, pitch := a.Angle, a.Pitch
		if !careful {
			angle += fixed.Angle(w.spread(f.Spread))
		}
		if f.Slope > 0 {
			pitch += w.spread(f.Slope)
		}
		victim, x, y := w.aimAt(i, angle, slopeOf(pitch), f.Reach*fixed.One)
		if victim < 0 {
			continue
		}
		damage := f.Unit * (1 + w.die(f.Sides))
		if f.Ammo == fps.NoAmmo && a.Berserk != 0 && fps.Weapon(a.Weapon) == fps.Fist {
			damage *= 10
		}
		hit = hit || w.enemies(i, victim)
		w.hurt(victim, i, damage, x, y, f.Name)
	}
	if hit {
		w.actors[i].Hits++
	}
}

// aimAt returns the first actor on a straight way, or -1, and where the way
// was seen from: the shooter's place.
func (w *World) aimAt(i int, angle fixed.Angle, slope, reach fixed.Fixed) (victim int, x, y fixed.Fixed) {
	a := &w.actors[i]
	from := maps.Point{X: a.X, Y: a.Y, Z: a.Z + handsHeight}
	r := w.level.Map.Ray(from, angle, slope, reach)
	victim, near := -1, fixed.Fixed(0)
	for j := range w.actors {
		o := &w.actors[j]
		if j == i || o.Alive == 0 {
			continue
		}
		if d, ok := r.Box(o.X, o.Y, o.Z, maps.Radius, maps.Height); ok && (victim < 0 || d < near) {
			victim, near = j, d
		}
	}
	if victim < 0 && !w.ground.shootable {
		return -1, a.X, a.Y
	}
	if victim >= 0 {
		r = w.level.Map.Ray(from, angle, slope, max(near, 1))
	}
	hit := w.level.Map.TraceRay(&w.heights, &r)
	if hit.Kind == maps.HitNothing {
		return victim, a.X, a.Y
	}
	if hit.Kind == maps.HitWall && w.level.Map.Specials[hit.Line].Trigger == maps.Shoot {
		w.trigger(i, hit.Line, maps.Shoot, int(hit.Side))
	}
	return -1, a.X, a.Y
}

// launch lets a missile fly.
func (w *World) launch(i int, f *fps.WeaponFacts) {
	if len(w.missiles) == cap(w.missiles) {
		return // the sky is full; the shot is a dud
	}
	a := &w.actors[i]
	speed := f.Speed * fixed.One
	slope := slopeOf(a.Pitch)
	// The speed is along the way, not along the ground.
	flat := fixed.Mul(speed, fixed.Angle(a.Pitch).Cos())
	w.missiles = append(w.missiles, missile{
		X: a.X, Y: a.Y, Z: a.Z + handsHeight,
		VX: fixed.Mul(flat, a.Angle.Cos()), VY: fixed.Mul(flat, a.Angle.Sin()), VZ: fixed.Mul(flat, slope),
		Owner: int32(i), Weapon: a.Weapon, Until: w.head.Tick + missileTicks,
	})
}

// flyMissiles moves every missile and lets those that met something burst.
func (w *World) flyMissiles() {
	kept := w.missiles[:0]
	for k := range w.missiles {
		m := w.missiles[k]
		if w.fly(&m) {
			kept = append(kept, m)
		}
	}
	w.missiles = kept
}

// fly moves one missile by a tick and reports whether it goes on.
func (w *World) fly(m *missile) bool {
	way := fixed.Hypot(m.VX, m.VY)
	if way == 0 || w.head.Tick >= m.Until {
		return false
	}
	from := maps.Point{X: m.X, Y: m.Y, Z: m.Z}
	r := w.level.Map.Ray(from, fixed.Atan2(m.VY, m.VX), fixed.Div(m.VZ, way), way)
	victim, near := -1, fixed.Fixed(0)
	for j := range w.actors {
		o := &w.actors[j]
		if int32(j) == m.Owner || o.Alive == 0 || fixed.Abs(o.X-m.X) > 64*fixed.One || fixed.Abs(o.Y-m.Y) > 64*fixed.One {
			continue
		}
		if d, ok := r.Box(o.X, o.Y, o.Z-missileSize, maps.Radius+missileSize, maps.Height+2*missileSize); ok && (victim < 0 || d < near) {
			victim, near = j, d
		}
	}
	hit := w.level.Map.TraceRay(&w.heights, &r)
	if hit.Kind != maps.HitNothing && (victim < 0 || hit.Distance < near) {
		if hit.Kind != maps.HitSky {
			// Step back from the wall, so that the blast is on this side.
			back := r.At(max(0, hit.Distance-fixed.One))
			w.burst(m, -1, back.X, back.Y, back.Z)
		}
		return false
	}
	if victim >= 0 {
		at := r.At(near)
		w.burst(m, victim, at.X, at.Y, at.Z)
		return false
	}
	m.X, m.Y, m.Z = m.X+m.VX, m.Y+m.VY, m.Z+m.VZ
	return true
}

// burst ends a missile at a place, on an actor or on none.
func (w *World) burst(m *missile, victim int, x, y, z fixed.Fixed) {
	f := fps.Weapon(m.Weapon).Facts()
	owner := int(m.Owner)
	hit := false
	if victim >= 0 {
		hit = w.enemies(owner, victim)
		w.hurt(victim, owner, f.Unit*(1+w.die(f.Sides)), m.X, m.Y, f.Name)
	}
	if f.Splash > 0 {
		hit = w.blast(owner, victim, f, x, y, z) || hit
	}
	if hit {
		w.actors[owner].Hits++
	}
}

// blast hurts everybody near an explosion that it can reach, and reports
// whether an enemy of the owner was among them.
func (w *World) blast(owner, direct int, f *fps.WeaponFacts, x, y, z fixed.Fixed) bool {
	hit := false
	radius := f.Splash * fixed.One
	for j := range w.actors {
		o := &w.actors[j]
		if o.Alive == 0 {
			continue
		}
		far := max(fixed.Abs(o.X-x), fixed.Abs(o.Y-y)) - maps.Radius
		far = max(far, o.Z-z, z-o.Z-maps.Height, 0)
		if far >= radius {
			continue
		}
		eye := maps.Point{X: x, Y: y, Z: z}
		if j != direct && !w.level.Map.Sees(&w.heights, eye, o.X, o.Y, o.Z, o.Z+maps.Height) {
			continue
		}
		hit = hit || w.enemies(owner, j)
		w.hurt(j, owner, f.Splash-far>>16, x, y, f.Name)
	}
	return hit
}
