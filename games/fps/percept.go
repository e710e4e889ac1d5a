package fps

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// Never stands in a tick for something that has not happened.
const Never int32 = -1 << 20

// Self is a player's knowledge of its own state. Lengths are 16.16 map units,
// moments are ticks of the match. All fields are 32 bits wide, so that a world
// can copy and digest it as plain memory.
type Self struct {
	X, Y, Z    fixed.Fixed
	VX, VY, VZ fixed.Fixed // a tick
	Floor      fixed.Fixed // height of the ground below
	Angle      fixed.Angle // where it looks
	Pitch      int32       // how far up, as a signed angle
	Sector     int32
	Node       int32 // place of the navigation graph it is at, or was last

	Team   int32
	Alive  int32 // 1 or 0
	Health int32
	Armour int32
	Absorb int32 // armour takes 1/Absorb of the damage; 0 without

	Weapon int32
	Owned  int32 // bit w: carries weapon w
	Ready  int32 // tick from which the weapon in hand can fire
	Ammo   [Ammos]int32

	Backpack     int32 // 1: may carry twice the ammunition
	Berserk      int32 // 1: the fist hits ten times as hard
	Invulnerable int32 // until this tick
	Shielded     int32 // until this tick floors do no harm

	Spawned   int32       // tick of the last entry
	Hurt      int32       // tick of the last damage
	HurtAngle fixed.Angle // where it came from
	HurtBy    int32       // amount
	Killed    int32       // tick of the last kill
	Burning   int32       // 1: the floor underfoot does harm
	Pushing   int32       // ticks for which a wall has stopped the way
	UseLine   int32       // line within reach that can be used, or -1
	Carrying  int32       // team of the flag carried plus 1, or 0

	Kills, Deaths, Suicides  int32
	Shots, Hits              int32
	DamageDealt, DamageTaken int32
}

// Contact is what a seat remembers of another player or monster.
type Contact struct {
	X, Y, Z  fixed.Fixed // where it was last seen
	VX, VY   fixed.Fixed // how it moved then
	Angle    fixed.Angle // where it looked then
	Health   int32       // its looks: health rounded up to quarters of 100
	Weapon   int32       // in its hands then
	Carrying int32       // team of the flag it carried plus 1, or 0
	Seen     int32       // tick of the last sight, or Never
	Since    int32       // tick at which the sight in progress began
	Visible  int32       // 1 while in view
	Team     int32
	Alive    int32 // as announced to everybody
}

// Noise is the last sound of an enemy that a seat heard.
type Noise struct {
	X, Y, Z fixed.Fixed
	Tick    int32 // or Never
}

// Missile is a flying projectile that a seat sees.
type Missile struct {
	X, Y, Z    fixed.Fixed
	VX, VY, VZ fixed.Fixed
}

// ObjectiveKind is what a place of a mode is for.
type ObjectiveKind int32

// The kinds of objectives.
const (
	FlagStand    ObjectiveKind = iota // where a team's flag belongs
	ControlPoint                      // owned by the team that stood there last
	Hill                              // owned by the team that stands there
	BombSite                          // where the bomb goes
)

// Objective is a place that the mode counts. All of it is announced to
// everybody, as a head-up display would.
type Objective struct {
	Kind     ObjectiveKind
	X, Y, Z  fixed.Fixed // where it is; for a flag, its stand
	Node     int32
	Owner    int32       // team, or -1 for none
	Home     int32       // 1: a flag is at its stand; a bomb site holds the ticking bomb
	Carrier  int32       // actor that carries the flag or the bomb, or -1
	AtX, AtY fixed.Fixed // where a dropped flag lies
	AtZ      fixed.Fixed
	AtNode   int32
	Progress int32 // ticks of capturing, planting or defusing
	Claimer  int32 // team that makes the progress, or -1
	Deadline int32 // tick at which the bomb explodes, or Never
}

// Board is the score that everybody can read.
type Board struct {
	Own, Best   int32 // points of the seat's team and of the best other team
	Limit       int32 // points that end the match, or 0
	End         int32 // tick at which time is up
	Lives       int32 // entries left to the seat, in modes that count them
	Wave        int32 // of survival, from 1
	EnemiesLeft int32 // living enemies, where the mode announces them
	AlliesLeft  int32 // living members of the own team, the seat included
	Infected    int32 // 1: the seat is infected
	Attacking   int32 // 1: the seat's team plants bombs
	Rung        int32 // of gun game
}

// Percept is all that a seat may know in a tick. Its slices belong to the
// world; readers must not change them. Everything a task, a feature or a
// network of this package computes is computed from it.
type Percept struct {
	Level      *Level // the map, its items and ways, the rules: known to all
	Actor      int32  // which actor the seat plays; equals the seat
	Tick       int32
	Self       *Self
	Contacts   []Contact     // by actor
	Gone       []int32       // by item: tick until which it is believed to be gone
	Visited    []uint64      // set of places of the navigation graph that were seen
	Explored   *int32        // square units of what was visited
	Heights    *maps.Heights // how doors and lifts stand
	Movers     *maps.Movers  // which of them move, and which lines are used up
	Noise      Noise
	Missiles   []Missile // in view
	Objectives []Objective
	Board      Board

	// What follows is computed by Refresh.
	Enemies []int32 // visible enemies, nearest first
	Allies  []int32 // living allies, nearest first; their places are known
	far     []fixed.Fixed

	marks []uint32 // of search, by node: the search that saw it last
	found []int32
	// among is what a choice is made from.
	among []int32
	epoch uint32
}

// Refresh computes what depends on the rest; a world calls it once it has
// filled the percept for a tick.
func (p *Percept) Refresh() {
	p.Enemies, p.Allies, p.far = p.Enemies[:0], p.Allies[:0], p.far[:0]
	if p.Self.Alive == 0 {
		return
	}
	for range p.Contacts {
		p.far = append(p.far, 0)
	}
	for i := range p.Contacts {
		c := &p.Contacts[i]
		if int32(i) == p.Actor || c.Alive == 0 {
			continue
		}
		ally := c.Team == p.Self.Team
		if !ally && c.Visible == 0 {
			continue
		}
		p.far[i] = fixed.Hypot(c.X-p.Self.X, c.Y-p.Self.Y)
		if ally {
			p.Allies = p.insert(p.Allies, int32(i))
		} else {
			p.Enemies = p.insert(p.Enemies, int32(i))
		}
	}
}

// insert keeps a list of actors ordered by distance, then by number.
func (p *Percept) insert(list []int32, actor int32) []int32 {
	list = append(list, actor)
	for i := len(list) - 1; i > 0 && p.far[list[i-1]] > p.far[actor]; i-- {
		list[i], list[i-1] = list[i-1], actor
	}
	return list
}

// Distance returns how far a listed enemy or ally is.
func (p *Percept) Distance(actor int32) fixed.Fixed { return p.far[actor] }

// enemy returns the nearest enemy in view, or nil.
func (p *Percept) enemy() *Contact {
	if len(p.Enemies) == 0 {
		return nil
	}
	return &p.Contacts[p.Enemies[0]]
}

// distanceTo returns the horizontal distance to a place.
func (p *Percept) distanceTo(x, y fixed.Fixed) fixed.Fixed {
	return fixed.Hypot(x-p.Self.X, y-p.Self.Y)
}

// bearingTo returns the turn that leads from the view to a place.
func (p *Percept) bearingTo(x, y fixed.Fixed) int32 {
	return fixed.Atan2(y-p.Self.Y, x-p.Self.X).Sub(p.Self.Angle)
}

// lastSeenEnemy returns the living enemy seen last, in view or not, or -1.
func (p *Percept) lastSeenEnemy() int32 {
	best := int32(-1)
	for i := range p.Contacts {
		c := &p.Contacts[i]
		if int32(i) == p.Actor || c.Team == p.Self.Team || c.Alive == 0 || c.Seen == Never {
			continue
		}
		if best < 0 || c.Seen > p.Contacts[best].Seen {
			best = int32(i)
		}
	}
	return best
}

// believed reports whether the seat thinks that an item lies in its place.
func (p *Percept) believed(item int32) bool { return p.Gone[item] <= p.Tick }

// ammo returns the ammunition for a weapon, counted in shots; melee weapons
// have plenty.
func (p *Percept) shots(w Weapon) int32 {
	f := w.Facts()
	if f.Ammo == NoAmmo {
		return 1 << 20
	}
	return p.Self.Ammo[f.Ammo] / f.PerShot
}

// owns reports whether the seat carries a weapon.
func (p *Percept) owns(w Weapon) bool { return p.Self.Owned>>w&1 != 0 }
