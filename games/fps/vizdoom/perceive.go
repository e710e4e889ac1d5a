package vizdoom

import (
	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// take makes what the seats are told the present state.
func (w *World) take(t *told) {
	for _, c := range t.sectors {
		w.heights.Floor[c[0]], w.heights.Ceiling[c[0]] = fixed.Fixed(c[1]), fixed.Fixed(c[2])
	}
	if t.pictures != nil {
		w.shown = t.pictures
		for _, p := range t.pictures {
			w.filmed += len(p)
		}
	}
	if t.over {
		w.end(-1, byEngine)
		if w.mode.monsters > 0 { // nothing else ends such a scenario
			w.actors[0].Deaths++
		}
	}
	for s := range t.seats {
		a := &w.actors[s]
		a.WasX, a.WasY = a.X, a.Y
		if t.seats[s].self != nil {
			w.feel(s, t.seats[s].self)
		}
	}
	w.score(t)
	for s := range t.seats {
		if t.seats[s].self != nil && w.actors[s].Alive != 0 {
			w.watch(s, t)
			w.watchItems(s, t.seats[s].seen)
			w.roam(s)
		}
	}
}

// feel brings a seat's knowledge of its own state up to date.
func (w *World) feel(s int, self []int32) {
	a := &w.actors[s]
	now := w.head.Tick
	alive := self[selfDead] == 0 && self[selfHealth] > 0
	entered := alive && (a.Alive == 0 || a.Known == 0)
	if !alive {
		if a.Alive != 0 || a.Known == 0 {
			w.leave(s)
		}
		a.Known, a.Alive, a.Health = 1, 0, 0
		a.Before.Deaths, a.Before.Taken = self[selfDeaths], self[selfTaken]
		a.Monsters = self[selfMonsters]
		return
	}
	x, y, z := fixed.Fixed(self[selfX]), fixed.Fixed(self[selfY]), fixed.Fixed(self[selfZ])
	vx, vy := fixed.Fixed(self[selfVX]), fixed.Fixed(self[selfVY])
	if entered {
		w.enter(s)
		a.X, a.Y, a.Before.Taken = x, y, self[selfTaken]
	}
	moved := fixed.Abs(x-a.X) + fixed.Abs(y-a.Y)
	if moved < 64*fixed.One { // no teleport
		a.Walk(fixed.Approximate(x-a.X, y-a.Y))
	}
	if (a.MoveX != 0 || a.MoveY != 0) && moved < fixed.One {
		a.Pushing++
	} else {
		a.Pushing = 0
	}
	if taken := self[selfTaken] - a.Before.Taken; taken > 0 {
		w.hurt(s, taken, vx, vy)
	}
	a.Before.Taken = self[selfTaken]

	a.X, a.Y, a.Z, a.VX, a.VY, a.VZ = x, y, z, vx, vy, fixed.Fixed(self[selfVZ])
	a.Angle, a.Pitch = fixed.Angle(uint32(self[selfAngle])), self[selfPitch]
	spot := w.level.Map.Check(&w.heights, x, y, maps.Radius)
	a.Sector = spot.Sector
	if a.Floor = spot.Floor; self[selfGround] != 0 {
		a.Floor = z
	}
	a.Burning = 0
	if a.Sector >= 0 && z <= a.Floor && w.level.Map.Sectors[a.Sector].Damage.Amount > 0 && now >= a.Shielded {
		a.Burning = 1
	}
	w.carry(s, self, entered)
	hits, dealt := self[selfHits], self[selfDealt]
	if hits > a.TotalHit {
		a.Hits = min(a.Hits+1, a.Shots)
	}
	a.TotalHit, a.DamageDealt, a.DamageTaken, a.Monsters = hits, dealt, self[selfTaken], self[selfMonsters]
	a.Known, a.Alive = 1, 1
}

// enter notes that a seat has entered: what it knew of others is forgotten, as in the
// arena.
func (w *World) enter(s int) {
	a := &w.actors[s]
	a.Spawned, a.Hurt, a.HurtBy = w.head.Tick, fps.Never, 0
	a.Owned, a.Weapon, a.Wanted, a.Slot3 = 1<<fps.Fist, int32(fps.Pistol), int32(fps.Pistol), -1
	a.Slots = [7]int32{}
	a.Ammo = [fps.Ammos]int32{}
	a.Backpack, a.Berserk, a.Invulnerable, a.Shielded, a.Pushing = 0, 0, 0, 0, 0
	a.Ready = w.head.Tick
	for j := range w.count() {
		c := w.contact(s, j)
		c.Visible, c.Seen = 0, fps.Never
	}
	for o := range w.actors {
		if o != s {
			w.contact(o, s).Alive = 1
		}
	}
	w.event(games.Event{Kind: "spawn", Seat: games.Seat(s), Other: games.NoSeat, Known: []games.Seat{games.Seat(s)}})
}

// leave notes that a seat has died, which is announced.
func (w *World) leave(s int) {
	for o := range w.actors {
		if o != s {
			c := w.contact(o, s)
			c.Alive, c.Visible, c.Seen = 0, 0, fps.Never
		}
	}
}

const (
	friction   = 0xE800 // share of the speed kept on the ground
	thrustUnit = 1024   // speed gained a tick for one unit of thrust
	leastPush  = fixed.One / 8
)

// hurt notes damage. Where it came from the engine does not tell: it is felt by the
// push, which is what the speed has changed beyond the seat's own doing.
func (w *World) hurt(s int, damage int32, vx, vy fixed.Fixed) {
	a := &w.actors[s]
	x, y := a.VX, a.VY
	if a.Z <= a.Floor {
		x = fixed.Mul(x+fixed.Fixed(a.MoveX*thrustUnit), friction)
		y = fixed.Mul(y+fixed.Fixed(a.MoveY*thrustUnit), friction)
	}
	if dx, dy := vx-x, vy-y; fixed.Approximate(dx, dy) >= leastPush {
		a.HurtAngle = fixed.Atan2(-dy, -dx)
	} else {
		a.HurtAngle = a.Angle
	}
	a.Hurt, a.HurtBy = w.head.Tick, damage
	w.event(games.Event{Kind: "damage", Seat: games.NoSeat, Other: games.Seat(s), Value: float64(damage), X: int32(a.X), Y: int32(a.Y), Known: []games.Seat{games.Seat(s)}})
}

// carry brings up to date what a seat carries, and what it has picked up.
func (w *World) carry(s int, self []int32, entered bool) {
	a := &w.actors[s]
	before := a.Self
	a.Health, a.Armour = max(self[selfHealth], 0), max(self[selfArmour], 0)
	if a.Armour == 0 {
		a.Absorb = 0
	} else if a.Absorb == 0 {
		a.Absorb = 3
	}
	a.Ammo = [fps.Ammos]int32{fps.Bullets: self[selfBullets], fps.Shells: self[selfShells], fps.Rockets: self[selfRockets], fps.Cells: self[selfCells]}
	for t := range fps.Ammos {
		a.Ammo[t] = max(a.Ammo[t], 0)
		if a.Ammo[t] > t.Capacity() {
			a.Backpack = 1
		}
	}
	var slots [7]int32
	copy(slots[:], self[selfWeapon1:selfWeapon7+1])
	if slots[2] == 1 && a.Slots[2] == 0 {
		a.Slot3 = w.nearestOf(a, fps.Shotgun, fps.SuperShotgun)
	}
	a.Slots = slots
	a.Owned = owned(slots, a.Slot3)
	a.Weapon = int32(inHand(self[selfSlot], a))
	w.fired(a, &before)
	if self[selfReady] != 0 {
		a.Ready = min(a.Ready, w.head.Tick)
	} else {
		a.Ready = max(a.Ready, w.head.Tick+1)
	}
	if entered {
		before = a.Self // what it has now is what it enters with
	}
	w.pickedUp(s, &before)
}

// owned returns the set of weapons that the counts of the slots mean.
func owned(slots [7]int32, slot3 int32) int32 {
	set := int32(1 << fps.Fist)
	if slots[0] > 1 {
		set |= 1 << fps.Chainsaw
	}
	switch {
	case slots[2] > 1:
		set |= 1<<fps.Shotgun | 1<<fps.SuperShotgun
	case slots[2] == 1 && slot3 == int32(fps.SuperShotgun):
		set |= 1 << fps.SuperShotgun
	case slots[2] == 1:
		set |= 1 << fps.Shotgun
	}
	for slot, weapon := range [...]fps.Weapon{1: fps.Pistol, 3: fps.Chaingun, 4: fps.RocketLauncher, 5: fps.PlasmaRifle, 6: fps.BFG} {
		if slots[slot] > 0 {
			set |= 1 << weapon // slots 1 and 3 add the fist, which is there
		}
	}
	return set
}

// inHand returns the weapon of a slot. Where the slot has two, it is the one that was
// asked for, unless the engine has changed it for want of shells.
func inHand(slot int32, a *actor) fps.Weapon {
	has := func(w fps.Weapon) bool { return a.Owned>>w&1 != 0 }
	switch slot {
	case 1:
		if has(fps.Chainsaw) && fps.Weapon(a.Wanted) != fps.Fist {
			return fps.Chainsaw
		}
		return fps.Fist
	case 2:
		return fps.Pistol
	case 3:
		if has(fps.SuperShotgun) && (!has(fps.Shotgun) || fps.Weapon(a.Wanted) != fps.Shotgun && a.Ammo[fps.Shells] >= 2) {
			return fps.SuperShotgun
		}
		return fps.Shotgun
	case 4:
		return fps.Chaingun
	case 5:
		return fps.RocketLauncher
	case 6:
		return fps.PlasmaRifle
	case 7:
		return fps.BFG
	}
	return fps.Weapon(a.Weapon)
}

// fired counts the shots of a tick by the ammunition that is gone.
func (w *World) fired(a *actor, before *fps.Self) {
	if a.Weapon != before.Weapon {
		return
	}
	f := fps.Weapon(a.Weapon).Facts()
	if f.Ammo == fps.NoAmmo {
		return
	}
	if spent := before.Ammo[f.Ammo] - a.Ammo[f.Ammo]; spent >= f.PerShot {
		a.Shots += spent / f.PerShot
		a.Ready = w.head.Tick + f.Refire - f.Windup
	}
}

const itemReach = 20*fixed.One + maps.Radius

// near reports whether an item lies within a distance of an actor that it can reach
// from where it stands.
func near(a *actor, item *fps.Item, reach fixed.Fixed) bool {
	return fixed.Abs(item.X-a.X) < reach && fixed.Abs(item.Y-a.Y) < reach && item.Z-a.Z < maps.Height && a.Z-item.Z <= 8*fixed.One
}

// nearestOf returns which of two weapons lies nearest to an actor; the first when
// neither does.
func (w *World) nearestOf(a *actor, one, other fps.Weapon) int32 {
	best, way := one, fixed.Fixed(128*fixed.One)
	for k := range w.level.Items {
		f, item := w.level.Facts(int32(k)), &w.level.Items[k]
		if f.Class != fps.WeaponItem || f.Weapon != one && f.Weapon != other {
			continue
		}
		if d := fixed.Approximate(item.X-a.X, item.Y-a.Y); d < way {
			best, way = f.Weapon, d
		}
	}
	return int32(best)
}

// pickedUp notes the items within reach that explain what a seat has more than before.
// One within reach that does not is gone, or of no use now: in either case there is
// nothing to fetch for a while, unless it is seen again.
func (w *World) pickedUp(s int, before *fps.Self) {
	a := &w.actors[s]
	items := len(w.level.Items)
	for k := range w.level.Items {
		item := &w.level.Items[k]
		if !near(a, item, itemReach) || w.gone[s*items+k] > w.head.Tick {
			continue
		}
		f := w.level.Facts(int32(k))
		var got bool
		switch f.Class {
		case fps.HealthItem:
			got = a.Health > before.Health
		case fps.ArmourItem:
			got = a.Armour > before.Armour
		case fps.AmmoItem:
			got = a.Ammo[f.Ammo] > before.Ammo[f.Ammo]
		case fps.WeaponItem:
			got = a.Owned&^before.Owned>>f.Weapon&1 != 0 || f.Ammo != fps.NoAmmo && a.Ammo[f.Ammo] > before.Ammo[f.Ammo]
		case fps.PowerItem: // nothing tells that it was taken but that it lies within reach
			got = true
			switch f.Power {
			case fps.Berserk:
				a.Berserk = 1
			case fps.Invulnerable:
				a.Invulnerable = w.head.Tick + f.Ticks
			case fps.Shielded:
				a.Shielded = w.head.Tick + f.Ticks
			}
		}
		switch {
		case got:
			w.gone[s*items+k] = w.head.Tick + f.Respawn
		case near(a, item, itemReach-4*fixed.One):
			w.gone[s*items+k] = w.head.Tick + f.Respawn/2
		default:
			continue
		}
		if w.mode.found > 0 && int32(k) >= w.free {
			w.gone[s*items+k] = never
		}
		if got {
			a.Picked[f.Class]++
			w.event(games.Event{Kind: "pick_up", Seat: games.Seat(s), Other: games.NoSeat, What: f.Name, X: int32(a.X), Y: int32(a.Y), Known: []games.Seat{games.Seat(s)}})
		}
	}
}

// watch brings a seat's memory of the others up to date.
func (w *World) watch(s int, t *told) {
	n := w.count()
	a := &w.actors[s]
	now := w.head.Tick
	for _, id := range t.seats[s].lost {
		for j := range n {
			if w.bodied[s*n+j] == id {
				w.lose(s, j)
			}
		}
	}
	var seen [64]bool // by actor
	v := &w.views[s]
	*v = view{}
	for k := range t.seats[s].seen {
		sight := &t.seats[s].seen[k]
		switch sight.kind {
		case rocketSight, plasmaSight, bfgSight:
			if int(v.Count) < len(v.Missiles) && fixed.Approximate(sight.x()-a.X, sight.y()-a.Y) < 1024*fixed.One {
				v.Missiles[v.Count] = fps.Missile{X: sight.x(), Y: sight.y(), Z: sight.z(),
					VX: fixed.Fixed(sight.at[3]), VY: fixed.Fixed(sight.at[4]), VZ: fixed.Fixed(sight.at[5])}
				v.Count++
			}
			continue
		case playerSight, monsterSight:
		default:
			continue
		}
		j := w.who(s, sight, t)
		if j < 0 || j == s {
			continue
		}
		c := w.contact(s, j)
		c.X, c.Y, c.Z, c.Angle = sight.x(), sight.y(), sight.z(), sight.angle()
		c.VX, c.VY = fixed.Fixed(sight.at[3]), fixed.Fixed(sight.at[4])
		c.Seen, c.Alive = now, 1
		if c.Visible == 0 {
			c.Visible, c.Since = 1, now
		}
		seen[j] = true
	}
	for j := range n {
		c := w.contact(s, j)
		if !seen[j] {
			c.Visible = 0
		}
		if j < len(w.actors) && j != s && w.actors[j].Bot == 0 && w.actors[j].Team == a.Team && w.actors[j].Alive != 0 {
			o := &w.actors[j] // members of a team tell each other
			c.X, c.Y, c.Z, c.VX, c.VY, c.Angle = o.X, o.Y, o.Z, o.VX, o.VY, o.Angle
			c.Health, c.Weapon, c.Seen, c.Alive = o.Health, o.Weapon, now, 1
		}
		if c.Alive == 0 && j < len(w.actors) && w.actors[j].Bot != 0 && now-w.lostAt[s*n+j] > w.level.Rules.Respawn {
			c.Alive = 1 // the engine's bots come back as soon as they may
		}
	}
}

// lose notes that a body which a seat has seen lives no more.
func (w *World) lose(s, j int) {
	at := s*w.count() + j
	w.bodied[at], w.lostAt[at] = -1, w.head.Tick
	c := w.contact(s, j)
	c.Alive, c.Visible, c.Seen = 0, 0, fps.Never
}

// who returns which actor a seat sees, or -1. Seats are told apart by where they are, or
// were in the tick before: the engine of the first seat shows it where the others were.
// The engine's bots, and monsters, are told apart by their bodies: a body that was not
// seen before is given to the one that was lost first.
func (w *World) who(s int, v *sight, t *told) int {
	n := w.count()
	from, to := 0, len(w.actors)
	if v.kind == monsterSight {
		from, to = len(w.actors), n
	} else {
		for j := range w.actors {
			if self := t.seats[j].self; self != nil && self[selfX]>>16 == v.at[0]>>16 && self[selfY]>>16 == v.at[1]>>16 {
				return j
			}
		}
		for j := range w.actors {
			if a := &w.actors[j]; t.seats[j].self != nil && a.WasX>>16 == v.at[0]>>16 && a.WasY>>16 == v.at[1]>>16 {
				return j
			}
		}
	}
	best := -1
	for j := from; j < to; j++ {
		at := s*n + j
		if w.bodied[at] == v.id {
			return j
		}
		if j < len(w.actors) && w.actors[j].Bot == 0 || w.bodied[at] >= 0 {
			continue
		}
		if best < 0 || w.lostAt[at] < w.lostAt[s*n+best] {
			best = j
		}
	}
	if best < 0 { // more bodies than there are players: one was lost unseen
		for j := from; j < to; j++ {
			if (j >= len(w.actors) || w.actors[j].Bot != 0) && (best < 0 || w.contact(s, j).Seen < w.contact(s, best).Seen) {
				best = j
			}
		}
	}
	if best >= 0 {
		w.bodied[s*n+best] = v.id
	}
	return best
}

// itemSweep is the number of ticks in which a seat has looked at the places of all
// items, and itemSight how far it can tell that none lies there.
const (
	itemSweep    = 35
	itemDistance = 1200 * fixed.One
)

// watchItems lets a seat learn which items are there: those that it sees are, and those
// whose place it sees without them are not.
func (w *World) watchItems(s int, seen []sight) {
	n := len(w.level.Items)
	a := &w.actors[s]
	now := w.head.Tick
	gone := w.gone[s*n : (s+1)*n]
	there := func(k int) bool {
		item := &w.level.Items[k]
		for i := range seen {
			v := &seen[i]
			if v.kind == itemSight+sightKind(item.Kind) && fixed.Abs(v.x()-item.X) < 8*fixed.One && fixed.Abs(v.y()-item.Y) < 8*fixed.One {
				return true
			}
		}
		return false
	}
	for k := range gone {
		if gone[k] > now && there(k) {
			gone[k] = 0
		}
	}
	if w.mode.found > 0 {
		w.find(gone, seen)
	}
	phase := int(now+int32(s)*7) % itemSweep
	view := fixed.Degrees(int(w.rules.FieldOfView) - 10)
	eye := maps.Point{X: a.X, Y: a.Y, Z: a.Z + maps.ViewHeight}
	for k := phase * n / itemSweep; k < (phase+1)*n/itemSweep; k++ {
		item := &w.level.Items[k]
		dx, dy := item.X-a.X, item.Y-a.Y
		if gone[k] > now || fixed.Approximate(dx, dy) > itemDistance || !fixed.Atan2(dy, dx).Within(a.Angle, view) || there(k) {
			continue
		}
		if w.level.Map.Sees(&w.heights, eye, item.X, item.Y, item.Z, item.Z+16*fixed.One) {
			// How long it will be gone is not known: half the usual time.
			gone[k] = now + w.level.Facts(int32(k)).Respawn/2
			if w.mode.found > 0 && int32(k) >= w.free {
				gone[k] = never
			}
		}
	}
}

// find notes items that a scenario has put down since.
func (w *World) find(gone []int32, seen []sight) {
	now := w.head.Tick
	for i := range seen {
		v := &seen[i]
		room := -1
		for k := int(w.free); k < len(gone); k++ {
			item := &w.level.Items[k]
			if v.kind != itemSight+sightKind(item.Kind) {
				room = -1
				break
			}
			if gone[k] <= now && fixed.Abs(v.x()-item.X) < 8*fixed.One && fixed.Abs(v.y()-item.Y) < 8*fixed.One {
				room = -1
				break
			}
			if gone[k] == never && room < 0 {
				room = k
			}
		}
		if room >= 0 {
			w.level.Items[room].Place = fps.Place{X: v.x(), Y: v.y(), Z: v.z(), Node: w.level.NodeAt(v.x(), v.y())}
			gone[room] = 0
		}
	}
}

// roam notes where in the map a seat is.
func (w *World) roam(s int) {
	a := &w.actors[s]
	n := w.level.NodeAt(a.X, a.Y)
	if n < 0 {
		return
	}
	a.Node = n
	word := &w.visited[s*w.visitWords()+int(n>>6)]
	if *word>>(n&63)&1 == 0 {
		*word |= 1 << (n & 63)
		a.Explored += int32(w.level.Nav.Area(int(n)))
	}
}

// event records what happened in the tick.
func (w *World) event(e games.Event) {
	e.Tick = int(w.head.Tick)
	w.events = append(w.events, e)
}
