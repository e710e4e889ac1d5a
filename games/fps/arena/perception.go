package arena

import (
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// contact returns what a seat remembers of an actor.
func (w *World) contact(seat, actor int) *fps.Contact {
	return &w.contacts[seat*len(w.actors)+actor]
}

// lookEvery is the number of ticks between two looks of a pair at each other:
// the dear test of the line of sight is spread over ticks by pair. What was in
// sight at the last look is followed until the next one.
func (w *World) lookEvery() int32 { return max(4, int32(len(w.actors))/4) }

// noticed is the distance at which somebody is noticed behind one's back.
const noticed = 48 * fixed.One

// perceive lets every living seat look and listen, at the end of a tick.
func (w *World) perceive() {
	w.look()
	for s := range w.seats {
		if w.actors[s].Alive == 0 {
			continue
		}
		w.watch(s)
		w.watchItems(s)
		w.roam(s)
	}
	for i := range w.actors {
		a := &w.actors[i]
		if (w.head.Tick+int32(i))%8 == 0 && a.Alive != 0 && fixed.Abs(a.VX)+fixed.Abs(a.VY) > 8*fixed.One {
			w.noise(i, stepNoise)
		}
	}
}

// look renews the lines of sight of the pairs whose turn it is.
func (w *World) look() {
	n := len(w.actors)
	every := w.lookEvery()
	pair := int32(0)
	for i := range n {
		if i >= w.seats {
			break // monsters do not look at each other
		}
		for j := i + 1; j < n; j++ {
			pair++
			if (pair+w.head.Tick)%every != 0 {
				continue
			}
			a, b := &w.actors[i], &w.actors[j]
			seen := false
			if a.Alive != 0 && b.Alive != 0 && (w.within(a, b) || w.within(b, a)) {
				// The direction alternates, since a head over an edge sees
				// more than it shows.
				if (w.head.Tick/every)&1 == 0 {
					a, b = b, a
				}
				seen = w.level.Map.Sees(&w.heights, a.eye(), b.X, b.Y, b.Z, b.Z+maps.Height)
			}
			bit := i*n + j
			if seen {
				w.sights[bit>>6] |= 1 << (bit & 63)
			} else {
				w.sights[bit>>6] &^= 1 << (bit & 63)
			}
		}
	}
}

// inSight reports whether two actors could see each other at the last look.
func (w *World) inSight(i, j int) bool {
	if i > j {
		i, j = j, i
	}
	bit := i*len(w.actors) + j
	return w.sights[bit>>6]>>(bit&63)&1 != 0
}

// within reports whether b is inside a's range and field of view.
func (w *World) within(a, b *actor) bool {
	return w.covers(a, b.X, b.Y)
}

// covers reports whether a place is inside an actor's range and field of view.
func (w *World) covers(a *actor, x, y fixed.Fixed) bool {
	dx, dy := int64(x-a.X)>>8, int64(y-a.Y)>>8
	square := dx*dx + dy*dy
	if square > w.sightSquare {
		return false
	}
	if square < (noticed>>8)*(noticed>>8) {
		return true
	}
	ahead := (dx*int64(a.Angle.Cos()) + dy*int64(a.Angle.Sin())) >> 16
	// ahead/length >= cosine, without a root.
	c := w.viewCosine
	if c >= 0 {
		return ahead > 0 && ahead*ahead>>14 >= square>>14*(c*c>>14)>>18
	}
	return ahead > 0 || ahead*ahead>>14 <= square>>14*(c*c>>14)>>18
}

// watch brings a seat's memory of the others up to date.
func (w *World) watch(s int) {
	a := &w.actors[s]
	for j := range w.actors {
		if j == s {
			continue
		}
		o, c := &w.actors[j], w.contact(s, j)
		if o.Alive == 0 {
			continue
		}
		ally := o.Team == a.Team
		visible := w.inSight(s, j) && w.within(a, o)
		if !visible && !ally {
			c.Visible = 0
			continue
		}
		c.X, c.Y, c.Z, c.VX, c.VY = o.X, o.Y, o.Z, o.VX, o.VY
		c.Angle, c.Weapon, c.Carrying = o.Angle, o.Weapon, o.Carrying
		c.Team = o.Team
		if ally { // members of a team tell each other
			c.Health = o.Health
		} else {
			c.Health = (o.Health + 24) / 25 * 25
		}
		c.Seen = w.head.Tick
		if visible {
			if c.Visible == 0 {
				c.Since = w.head.Tick
			}
			c.Visible = 1
		} else {
			c.Visible = 0
		}
	}
}

// itemSweep is the number of ticks in which a seat has looked at all items.
const itemSweep = 35

// watchItems lets a seat look whether some items are there.
func (w *World) watchItems(s int) {
	n := len(w.level.Items)
	if n == 0 {
		return
	}
	a := &w.actors[s]
	phase := int(w.head.Tick+int32(s)*7) % itemSweep
	for k := phase * n / itemSweep; k < (phase+1)*n/itemSweep; k++ {
		gone := &w.gone[s*n+k]
		absent := w.absent[k] > w.head.Tick
		if absent == (*gone > w.head.Tick) { // nothing new to see
			continue
		}
		item := &w.level.Items[k]
		z := w.itemHeight(k)
		if !w.covers(a, item.X, item.Y) || !w.level.Map.Sees(&w.heights, a.eye(), item.X, item.Y, z, z+16*fixed.One) {
			continue
		}
		if absent {
			// How long it will be gone is not known: half the usual time.
			*gone = w.head.Tick + w.level.Facts(int32(k)).Respawn*w.level.Rules.ItemRespawn/200
		} else {
			*gone = 0
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

// noise lets everybody within reach hear an actor.
func (w *World) noise(i int, reach int32) {
	a := &w.actors[i]
	r := int64(reach) * int64(w.level.Rules.Hearing) / 100 << 8
	for s := range w.seats {
		o := &w.actors[s]
		if o.Alive == 0 || o.Team == a.Team {
			continue
		}
		dx, dy := int64(o.X-a.X)>>8, int64(o.Y-a.Y)>>8
		if dx*dx+dy*dy <= r*r {
			w.noises[s] = fps.Noise{X: a.X, Y: a.Y, Z: a.Z, Tick: w.head.Tick}
		}
	}
}

// fillPercept points a seat's percept at what it may know.
func (w *World) fillPercept(s int) {
	p := &w.bodies[s].Percept
	a := &w.actors[s]
	p.Tick = w.head.Tick
	p.Noise = w.noises[s]
	p.Missiles = p.Missiles[:0]
	for k := range w.missiles {
		m := &w.missiles[k]
		if int(m.Owner) != s && w.covers(a, m.X, m.Y) && fixed.Approximate(m.X-a.X, m.Y-a.Y) < 1024*fixed.One &&
			w.level.Map.Sees(&w.heights, a.eye(), m.X, m.Y, m.Z-fixed.One, m.Z+fixed.One) {
			p.Missiles = append(p.Missiles, fps.Missile{X: m.X, Y: m.Y, Z: m.Z, VX: m.VX, VY: m.VY, VZ: m.VZ})
		}
	}
	w.fillBoard(s, &p.Board)
	p.Refresh()
}
