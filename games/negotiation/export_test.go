package negotiation

import (
	"math/rand/v2"

	"dryad/games"
)

// Scramble deals other values to the seat that is not the given one, such that
// the deal is still one of the game's.
func Scramble(w *World, seat games.Seat, random *rand.Rand) bool {
	var others []Items
	for _, d := range w.set.Deals() {
		if d[seat] == w.values[seat] && d[1-seat] != w.values[1-seat] {
			others = append(others, d[1-seat])
		}
	}
	if len(others) == 0 {
		return false
	}
	w.values[1-seat] = others[random.IntN(len(others))]
	return true
}
