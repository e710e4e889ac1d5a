package arena

import (
	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// actor is a player or a monster. Like all records of the state it holds
// 32-bit fields only, so that it is copied and digested as plain memory.
type actor struct {
	fps.Self
	Respawn  int32 // tick of the next entry while dead; never when out for good
	Monster  int32 // kind of monster plus 1; 0 for a player
	Lives    int32
	Rung     int32 // of gun game
	Infected int32
	Origin   int32 // team at the beginning
	Stage    int32 // what the hands do: see the stages
	Due      int32 // tick at which they are done with it, or look at the trigger
	Began    int32 // tick of the pull of the trigger in progress
	Fired    int32 // its shots so far
	Wanted   int32 // weapon to take in hand next, plus 1; 0 for none
	Streak   int32 // pulls of the trigger in a row without a pause, for the spread
	Fires    int32 // tick of the last shot, or fps.Never
	Touching int32 // item or line set off in this tick and not to be set off again
	Doubtful int32 // times in a row that the actor was found where nobody fits
	Rescued  int32

	fps.Tally
	Goals    int32 // what the player did for the mode: captures, ticks held, plants
	Aim      int32 // monsters: whom they hunt, or -1
	AimUntil int32
}

// missile is a projectile in flight.
type missile struct {
	X, Y, Z    fixed.Fixed
	VX, VY, VZ fixed.Fixed
	Owner      int32
	Weapon     int32
	Until      int32
}

// header is the part of the state that exists once.
type header struct {
	Tick      int32
	Over      int32
	Winner    int32 // team, or -1
	Reason    int32 // index into reasons
	Wave      int32
	Starting  int32 // tick of the next wave or round
	Round     int32
	Bomb      int32 // actor that carries the bomb, or -1
	DrawsLow  uint32
	DrawsHigh uint32
}

// World is one match of the arena.
type World struct {
	config      games.Config
	seed        uint64
	level       fps.Level
	ground      *ground
	mode        *mode
	bases       [4][]fps.Place // where teams enter, in modes with bases
	origin      uint64         // tells snapshots of other matches
	sightSquare int64          // of the range of sight, in 1/256 map units
	viewCosine  int64          // of half the field of view, 16.16
	seats       int
	teams       int

	// The state: everything that Snapshot keeps.
	head       header
	actors     []actor
	contacts   []fps.Contact // by seat, then actor
	noises     []fps.Noise   // by seat
	gone       []int32       // by seat, then item: believed gone until
	visited    []uint64      // by seat: places visited
	absent     []int32       // by item: tick from which it is there
	missiles   []missile
	objectives []fps.Objective
	points     []int32 // by team
	sights     []uint64
	heights    maps.Heights
	movers     maps.Movers

	// Scratch, rebuilt within a tick.
	bodies   []fps.Body
	commands []fps.Command // by actor, of the tick in progress
	events   []games.Event
	known    []games.Seat
	mover    int // the actor that is moving, for crossed
	crossFn  func(line int32, side int)
	blockFn  func(sector int, crush bool) bool
}

var (
	_ games.World    = (*World)(nil)
	_ games.Terminal = (*World)(nil)
)

// words of the set of places that a seat has visited.
func (w *World) visitWords() int { return (w.level.Nodes() + 63) / 64 }

// Config returns the completed configuration.
func (w *World) Config() games.Config { return w.config }

// Seats returns the number of seats.
func (w *World) Seats() int { return w.seats }

// Team returns the team of a seat.
func (w *World) Team(seat games.Seat) int { return int(w.actors[seat].Team) }

// Now returns the current tick.
func (w *World) Now() int { return int(w.head.Tick) }

// Perceive readies the seat's body and reports whether it acts.
func (w *World) Perceive(seat games.Seat) bool {
	b := &w.bodies[seat]
	b.Clear()
	if w.head.Over != 0 || w.actors[seat].Alive == 0 {
		return false
	}
	w.fillPercept(int(seat))
	return true
}

// Body returns the seat's body.
func (w *World) Body(seat games.Seat) games.Body { return &w.bodies[seat] }

// Events returns what happened in the last Step.
func (w *World) Events() []games.Event { return w.events }

// draw returns the next random word of the match.
func (w *World) draw() uint64 {
	n := uint64(w.head.DrawsHigh)<<32 | uint64(w.head.DrawsLow)
	w.head.DrawsLow++
	if w.head.DrawsLow == 0 {
		w.head.DrawsHigh++
	}
	return games.Mix(w.seed, n)
}

// die returns a number from 0 to n-1.
func (w *World) die(n int32) int32 { return int32(w.draw() >> 33 % uint64(n)) }

// enemies reports whether two actors are on different sides.
func (w *World) enemies(a, b int) bool { return w.actors[a].Team != w.actors[b].Team }

// box returns the actor's body for the map's questions.
func (a *actor) box() maps.Body {
	return maps.Body{X: a.X, Y: a.Y, Z: a.Z, Radius: maps.Radius, Height: maps.Height}
}

// eye returns the point that the actor sees and shoots from.
func (a *actor) eye() maps.Point { return maps.Point{X: a.X, Y: a.Y, Z: a.Z + maps.ViewHeight} }
