package fps

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// Scene is what a spectator sees of a match at a tick: everything, hidden from
// nobody. It is for pictures only; no policy is given it.
type Scene struct {
	Level *Level
	Tick  int
	Teams int
	// Heights are those of the moment. They belong to the world and are valid
	// until its next step.
	Heights maps.Heights
	// Figures has the seats in their order, then the monsters.
	Figures []Figure
	// There says for each of Level.Items whether it lies there.
	There      []bool
	Missiles   []FlyingMissile
	Objectives []Objective
	// Points are those of the teams.
	Points []int32
}

// Figure is a player or a monster.
type Figure struct {
	X, Y, Z  fixed.Fixed
	Angle    fixed.Angle
	Pitch    int32 // how far up it looks, as a signed angle
	Team     int32
	Seat     int     // -1 for a monster
	Monster  Monster // NoMonster for a player
	Alive    bool
	Away     bool // it has not entered yet: nothing of it is to be seen
	Health   int32
	Armour   int32
	Ammo     int32 // shots left for the weapon in hand
	Weapon   Weapon
	Fires    bool // its weapon has just fired
	Hurt     bool // it was hurt within the last third of a second
	Carrying int32
	Kills    int32
	Deaths   int32
}

// FlyingMissile is a projectile in flight.
type FlyingMissile struct {
	Missile
	Weapon Weapon
}

// Spectated is a world that can be drawn.
type Spectated interface {
	Scene() Scene
}
