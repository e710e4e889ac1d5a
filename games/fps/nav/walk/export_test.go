package walk

import "dryad/games/fps/nav"

// Repack keeps what the walker remembers of its way in plain words, as agents
// do, and reports whether it follows a plan.
func (w *Walker) Repack() (planned bool) {
	var words [nav.TravellerWords]uint64
	w.trip.Pack(words[:])
	w.trip = nav.Traveller{}
	w.trip.Unpack(append([]uint64(nil), words[:]...))
	return w.trip.Planned()
}
