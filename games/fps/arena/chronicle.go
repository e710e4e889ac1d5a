package arena

import (
	"fmt"
	"slices"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

var _ games.Chronicler = (*World)(nil)

// Chronicle implements [games.Chronicler].
func (w *World) Chronicle() games.Chronicle {
	c := &chronicle{
		w: w, now: make([]fps.Self, w.seats), sees: make([]bool, w.seats*len(w.actors)), since: make([]int32, w.seats*len(w.actors)),
		hands: map[handKey]*[2]float64{}, shots: map[shotKey]*volley{},
	}
	c.remember()
	return c
}

const (
	// fightGap is how long nothing may happen between two that fight, before
	// their fight counts as broken off.
	fightGap = 3 * maps.TicksPerSecond
	// opening is the part of a match that the weapon in hand is told of apart.
	opening = 20 * maps.TicksPerSecond
)

// bands are the distances at which shots and hits are counted, in map units.
var bands = [...]struct {
	below int32
	name  string
}{{200, "nearer than 200"}, {600, "200 to 600"}, {1 << 30, "farther than 600"}}

func bandOf(distance int32) int {
	for i := range bands {
		if distance < bands[i].below {
			return i
		}
	}
	return len(bands) - 1
}

type shotKey struct {
	seat   int
	weapon int32
	band   int // len(bands) when nobody was in view
}

type handKey struct {
	seat   int
	weapon int32
}

// volley is what a weapon did at a distance.
type volley struct {
	fired, hits, damage, kills float64
	hit                        int32 // tick of the last hit: a shot has many pellets
}

// chronicle watches the players of a match.
type chronicle struct {
	w        *World
	now      []fps.Self // every seat's own state after the last step
	sees     []bool     // by seat and actor, after the last step
	since    []int32    // tick since which it does, or does not
	hands    map[handKey]*[2]float64
	handKeys []handKey // in the order in which they were first seen
	shots    map[shotKey]*volley
	shotKeys []shotKey
	fights   []*fight // that go on
	ended    []*fight
	deaths   []games.Row
}

// fight is what two enemies do to each other without a long pause.
type fight struct {
	seats    [2]int // the lower one first
	first    int32
	last     int32
	health   [2]int32 // at the beginning
	armour   [2]int32
	weapon   [2]int32
	saw      [2]int32 // tick since which each saw the other; never if it did not
	distance int32
	fired    int // 0 or 1 for who fired first, -1 for nobody yet
	dealt    [2]float64
	dead     [2]bool
}

func (c *chronicle) at(seat, actor int) int { return seat*len(c.w.actors) + actor }

func (c *chronicle) remember() {
	for s := range c.now {
		c.now[s] = c.w.actors[s].Self
		for a := range c.w.actors {
			sees := c.w.actors[s].Alive != 0 && a != s && c.w.actors[a].Alive != 0 && c.w.contact(s, a).Visible != 0
			if i := c.at(s, a); sees != c.sees[i] {
				c.sees[i], c.since[i] = sees, c.w.head.Tick
			}
		}
	}
}

// apart is the distance of two actors in map units.
func (c *chronicle) apart(a, b int) int32 {
	x, y := &c.w.actors[a], &c.w.actors[b]
	return fixed.Hypot(x.X-y.X, x.Y-y.Y) / fixed.One
}

// target is the nearest enemy that a seat saw before this step.
func (c *chronicle) target(seat int) (enemy int, distance int32) {
	enemy = -1
	for a := range c.w.actors {
		if c.sees[c.at(seat, a)] && c.w.enemies(seat, a) {
			if d := c.apart(seat, a); enemy < 0 || d < distance {
				enemy, distance = a, d
			}
		}
	}
	return enemy, distance
}

// Watch implements [games.Chronicle].
func (c *chronicle) Watch() {
	w := c.w
	for s := range w.seats {
		a := &w.actors[s]
		if a.Alive != 0 {
			part := 0
			if w.head.Tick > opening {
				part = 1
			}
			c.hand(s, a.Weapon)[part]++
		}
		if fired := a.Shots - c.now[s].Shots; fired > 0 {
			enemy, distance := c.target(s)
			band := len(bands)
			if enemy >= 0 {
				band = bandOf(distance)
				c.fire(s, enemy)
			}
			c.shot(s, c.now[s].Weapon, band).fired += float64(fired)
		}
	}
	for _, e := range w.events {
		switch e.Kind {
		case "damage":
			c.damage(e)
		case "kill":
			c.kill(e)
		}
	}
	c.end(func(f *fight) bool { return w.head.Tick-f.last > fightGap })
	c.remember()
}

// end takes out the fights that are over.
func (c *chronicle) end(over func(f *fight) bool) {
	c.fights = slices.DeleteFunc(c.fights, func(f *fight) bool {
		if over(f) {
			c.ended = append(c.ended, f)
			return true
		}
		return false
	})
}

func (c *chronicle) hand(seat int, weapon int32) *[2]float64 {
	k := handKey{seat, weapon}
	if c.hands[k] == nil {
		c.hands[k] = new([2]float64)
		c.handKeys = append(c.handKeys, k)
	}
	return c.hands[k]
}

func (c *chronicle) shot(seat int, weapon int32, band int) *volley {
	k := shotKey{seat, weapon, band}
	if c.shots[k] == nil {
		c.shots[k] = &volley{hit: fps.Never}
		c.shotKeys = append(c.shotKeys, k)
	}
	return c.shots[k]
}

// between is the fight of two seats, which begins now if there is none; nil if
// one of them is no player.
func (c *chronicle) between(a, b int) *fight {
	if a >= c.w.seats || b >= c.w.seats || a == b {
		return nil
	}
	seats := [2]int{min(a, b), max(a, b)}
	at := slices.IndexFunc(c.fights, func(f *fight) bool { return f.seats == seats })
	if at < 0 {
		f := &fight{seats: seats, first: c.w.head.Tick, fired: -1, distance: c.apart(a, b)}
		for i, s := range seats {
			other := seats[1-i]
			f.health[i], f.armour[i], f.weapon[i], f.saw[i] = c.now[s].Health, c.now[s].Armour, c.now[s].Weapon, fps.Never
			if c.sees[c.at(s, other)] {
				f.saw[i] = c.since[c.at(s, other)]
			}
		}
		at = len(c.fights)
		c.fights = append(c.fights, f)
	}
	f := c.fights[at]
	f.last = c.w.head.Tick
	return f
}

// side is which of the two a seat is.
func (f *fight) side(seat int) int {
	if seat == f.seats[1] {
		return 1
	}
	return 0
}

func (c *chronicle) fire(seat, enemy int) {
	if f := c.between(seat, enemy); f != nil && f.fired < 0 {
		f.fired = f.side(seat)
	}
}

func weaponOf(name string) int32 {
	for i, n := range fps.WeaponNames() {
		if n == name {
			return int32(i)
		}
	}
	return -1
}

func (c *chronicle) damage(e games.Event) {
	by, to := int(e.Seat), int(e.Other)
	if by < 0 || to < 0 || by == to || !c.w.enemies(by, to) {
		return
	}
	if weapon := weaponOf(e.What); weapon >= 0 {
		v := c.shot(by, weapon, bandOf(c.apart(by, to)))
		v.damage += e.Value
		if v.hit != c.w.head.Tick {
			v.hit = c.w.head.Tick
			v.hits++
		}
	}
	if f := c.between(by, to); f != nil {
		if f.fired < 0 {
			f.fired = f.side(by)
		}
		f.dealt[f.side(by)] += e.Value
	}
}

func (c *chronicle) kill(e games.Event) {
	by, to := int(e.Seat), int(e.Other)
	if to < 0 {
		return // a monster
	}
	self := &c.now[to] // as it was before the last blow
	cause := e.What
	health := float64(self.Health)
	switch {
	case by == to:
		cause = "its own " + cause
	case by < 0:
		if cause == "" {
			cause = "the world"
		}
	case c.w.enemies(by, to):
		if weapon := weaponOf(e.What); weapon >= 0 {
			c.shot(by, weapon, bandOf(c.apart(by, to))).kills++
		}
		if f := c.between(by, to); f != nil {
			f.dead[f.side(to)] = true
			health = float64(f.health[f.side(to)])
		}
	}
	row := games.Row{Seat: games.Seat(to), Label: fmt.Sprintf("by %s, %s in hand", cause, nameOf(self.Weapon)),
		Values: []float64{1, health, float64(self.Health), float64(self.Armour)}}
	c.deaths = append(c.deaths, row)
	c.end(func(f *fight) bool { return f.seats[0] == to || f.seats[1] == to })
}

// Account implements [games.Chronicle].
func (c *chronicle) Account() []games.Table {
	shots := games.Table{Name: "weapons", Both: true,
		Title:   "Shots by weapon and by distance to the nearest enemy in view, hits by distance to whom was hit, in map units",
		Columns: []games.Column{{Name: "shots"}, {Name: "of them hits"}, {Name: "damage"}, {Name: "kills"}}}
	for _, k := range c.shotKeys {
		v := c.shots[k]
		where := "nobody in view"
		if k.band < len(bands) {
			where = bands[k.band].name
		}
		shots.Rows = append(shots.Rows, games.Row{Seat: games.Seat(k.seat), Label: nameOf(k.weapon) + ", " + where,
			Values: []float64{v.fired, v.hits, v.damage, v.kills}})
	}
	hands := games.Table{Name: "hands", Both: true, Title: "Time with each weapon in hand",
		Columns: []games.Column{{Name: "in the first 20 s of a match", Unit: "s"}, {Name: "later", Unit: "s"}}}
	for _, k := range c.handKeys {
		n := c.hands[k]
		hands.Rows = append(hands.Rows, games.Row{Seat: games.Seat(k.seat), Label: nameOf(k.weapon),
			Values: []float64{n[0] / maps.TicksPerSecond, n[1] / maps.TicksPerSecond}})
	}
	first := games.Table{Name: "fights", Title: "Its fights, by who saw and who fired first (a fight begins with a shot at an enemy in view or with damage, and is broken off when nothing happened for 3 s)",
		Columns: []games.Column{{Name: "fights"}, {Name: "the enemy died"}, {Name: "it died"},
			{Name: "own health at the start", Mean: true}, {Name: "the enemy's health", Mean: true}, {Name: "distance", Mean: true},
			{Name: "damage dealt", Mean: true}, {Name: "damage suffered", Mean: true}}}
	armed := games.Table{Name: "armed", Title: "Its fights, by the weapons in hand at the start",
		Columns: []games.Column{{Name: "fights"}, {Name: "the enemy died"}, {Name: "it died"}}}
	for _, f := range append(slices.Clone(c.ended), c.fights...) {
		for i, seat := range f.seats {
			won, lost := count(f.dead[1-i]), count(f.dead[i])
			first.Rows = append(first.Rows, games.Row{Seat: games.Seat(seat), Label: f.beginning(i), Values: []float64{
				1, won, lost, float64(f.health[i]), float64(f.health[1-i]), float64(f.distance), f.dealt[i], f.dealt[1-i]}})
			armed.Rows = append(armed.Rows, games.Row{Seat: games.Seat(seat), Label: nameOf(f.weapon[i]) + " against " + nameOf(f.weapon[1-i]),
				Values: []float64{1, won, lost}})
		}
	}
	deaths := games.Table{Name: "deaths", Title: "Its deaths, by cause",
		Columns: []games.Column{{Name: "deaths"}, {Name: "health when the fight began", Mean: true}, {Name: "health before the last blow", Mean: true}, {Name: "armour", Mean: true}},
		Rows:    c.deaths}
	return []games.Table{shots, hands, first, armed, deaths}
}

func nameOf(weapon int32) string { return fps.Weapon(weapon).Facts().Name }

func count(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// beginning says how the fight began for one of its sides.
func (f *fight) beginning(side int) string {
	own, other := f.saw[side], f.saw[1-side]
	var saw string
	switch {
	case own == fps.Never && other == fps.Never:
		saw = "neither saw the other"
	case other == fps.Never || own != fps.Never && own < other:
		saw = "it saw first"
	case own == other:
		saw = "both saw at once"
	default:
		saw = "the enemy saw first"
	}
	switch f.fired {
	case side:
		return saw + ", it fired first"
	case 1 - side:
		return saw + ", the enemy fired first"
	}
	return saw + ", nobody fired"
}
