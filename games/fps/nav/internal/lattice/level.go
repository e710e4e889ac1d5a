package lattice

import (
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
)

// Level is the floor and ceiling of a walker's box, in whole units.
type Level struct{ Floor, Ceiling int16 }

// Blocked is the level of a place where no walker fits.
var Blocked = Level{Floor: 1<<15 - 1, Ceiling: -1 << 15}

// Fits reports whether a walker fits between floor and ceiling.
func (l Level) Fits() bool { return int(l.Ceiling)-int(l.Floor) >= maps.Height/fixed.One }

// Steps reports whether a walker whose feet are at level l can step to level to.
func (l Level) Steps(to Level) bool {
	return to.Fits() &&
		int(to.Floor)-int(l.Floor) <= maps.MaxStep/fixed.One &&
		int(to.Ceiling)-int(l.Floor) >= maps.Height/fixed.One
}

// Admits reports whether who flies with the feet at height z comes to a level.
func (l Level) Admits(z int32) bool {
	return int32(l.Floor)-z <= maps.MaxStep/fixed.One && int32(l.Ceiling)-max(z, int32(l.Floor)) >= maps.Height/fixed.One
}
