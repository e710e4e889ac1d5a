package walk

import (
	"dryad/games/fps/nav/plan"
)

// Repack keeps what the walker remembers of its way in plain words, as agents
// do, and reports whether it follows a plan.
func (w *Walker) Repack() (planned bool) {
	var words [plan.TravellerWords]uint64
	w.trip.Pack(words[:])
	w.trip = plan.Traveller{}
	w.trip.Unpack(append([]uint64(nil), words[:]...))
	return w.trip.Planned()
}
