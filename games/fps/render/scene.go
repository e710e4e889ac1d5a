package render

import (
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// Scene is one moment of a match.
type Scene struct {
	Map *maps.Map
	// Heights of the moment; nil means as the map begins.
	Heights  *maps.Heights
	Actors   []Actor
	Items    []Item
	Missiles []Missile
	// Trails are the ways of actors so far, by actor.
	Trails [][]Spot
	// Marks are things that happened: kills, pick-ups, goals.
	Marks []Mark
	// Zones are places that count in the mode: points to hold, bases.
	Zones []Zone
	// Caption is shown in a corner; Note below the status line.
	Caption string
}

// Actor is a player or monster.
type Actor struct {
	X, Y, Z fixed.Fixed
	Angle   fixed.Angle
	Slope   fixed.Fixed // of its eyes: positive looks up
	Team    int         // 0 blue, 1 red, 2 green, 3 gold, more as they come
	Name    string
	Health  int
	Armour  int
	Weapon  string // "pistol", "shotgun", ...
	Ammo    int    // -1 for weapons without
	Score   int
	Dead    bool
	Away    bool // it has not entered yet: it is not drawn
	Firing  bool
	Monster fps.Monster // fps.NoMonster is a player
	Frame   int         // counts up while it walks
}

// Item is something lying about.
type Item struct {
	X, Y, Z fixed.Fixed
	Type    int32 // number of the kind, see maps.KindOf
}

// Missile is a shot in flight.
type Missile struct {
	X, Y, Z fixed.Fixed
	Kind    string // "rocket", "plasma", "big"
}

// Spot is a place on the plan.
type Spot struct{ X, Y fixed.Fixed }

// MarkKind is what a mark stands for.
type MarkKind uint8

// Kinds of marks.
const (
	Kill MarkKind = iota // a cross where somebody died
	PickUp
	Goal // a star where the mode's objective was met
)

// Mark is something that happened at a place.
type Mark struct {
	X, Y fixed.Fixed
	Kind MarkKind
	Team int // of who did it
}

// Zone is a place that counts.
type Zone struct {
	X, Y, Radius fixed.Fixed
	Team         int // who holds it, -1 for nobody
	Name         string
}

func (s *Scene) heights() *maps.Heights {
	if s.Heights == nil {
		h := s.Map.Heights()
		s.Heights = &h
	}
	return s.Heights
}
