package match

import (
	"dryad/games"
	"dryad/replay"
)

// Explainer is a Player that can say how it came to the commands of the tick that
// it has just finished. What it says is kept as a note of a recorded match; the
// match does not depend on it.
type Explainer interface {
	// Explain returns a topic of package replay and a text, "" for nothing.
	Explain() (topic, text string)
}

// maxExplained bounds what the players of a match explain, in bytes. What comes
// after is left out.
const (
	maxExplained = 1 << 20
	leastCounted = 128 // bytes that a note counts at least, which bounds their number
)

// explain keeps what a player says of its commands, at the tick of what they bring
// about.
func (m *Match) explain(seat games.Seat) {
	e, ok := m.players[seat].(Explainer)
	if !ok || m.out[seat] {
		return
	}
	topic, text := e.Explain()
	if text == "" {
		return
	}
	note := replay.NewNote(m.world.Now()+1, seat, topic, text)
	if m.explained += max(leastCounted, len(note.Text)); m.explained <= maxExplained {
		m.notes = append(m.notes, note)
	}
}
