package replay

import (
	"fmt"
	"strings"

	"dryad/games"
)

// Topics of notes. A reader ignores topics that it does not know.
const (
	// TopicMaker says who made the tree of a seat and what was done to its parent.
	TopicMaker = "maker"
	// TopicChange is the patch that turns the parent into the tree, in the language
	// of package dsl/patch.
	TopicChange = "change"
	// TopicPrompt is what the model was told that wrote the tree.
	TopicPrompt = "prompt"
	// TopicStrategy is the latent strategy of a speech, with how probable the
	// solution of the game makes each strategy at that point.
	TopicStrategy = "strategy"
)

// Note is what the writer of a replay adds about a seat, from a tick on. The match
// does not depend on it, and a verification does not check it.
type Note struct {
	Tick  int        `cbor:"1,keyasint"`
	Seat  games.Seat `cbor:"2,keyasint"`
	Topic string     `cbor:"3,keyasint"`
	Text  string     `cbor:"4,keyasint"`
}

// Limits of notes.
const (
	maxNotes = 1 << 14
	maxTopic = 32      // bytes
	maxNote  = 1 << 18 // bytes of a text
)

// NewNote returns a note. A text of more than 256 KiB is cut, and its last line
// says so.
func NewNote(tick int, seat games.Seat, topic, text string) Note {
	if len(text) > maxNote {
		const cut = "\n(cut here)"
		text = strings.ToValidUTF8(text[:maxNote-len(cut)], "") + cut
	}
	return Note{tick, seat, topic, text}
}

// NotesOf returns the notes of a topic about a seat that hold in a tick, in the
// order of their ticks. A note about a tree holds until another one takes the seat.
func (r *Replay) NotesOf(seat games.Seat, topic string, tick int) []Note {
	since := 0
	for _, s := range r.Swaps {
		if s.Seat == seat && s.Tick <= tick {
			since = s.Tick + 1
		}
	}
	var list []Note
	for _, n := range r.Notes {
		if n.Seat == seat && n.Topic == topic && n.Tick <= tick && (n.Tick >= since || topic == TopicStrategy) {
			list = append(list, n)
		}
	}
	return list
}

// NotesBefore returns the notes that still hold when the match goes on from a tick
// with another policy on a seat.
func (r *Replay) NotesBefore(tick int, seat games.Seat) []Note {
	var list []Note
	for _, n := range r.Notes {
		if n.Tick < tick || n.Tick == tick && (n.Seat != seat || n.Topic == TopicStrategy) {
			list = append(list, n)
		}
	}
	return list
}

// checkNotes reports what is inconsistent in the notes.
func (r *Replay) checkNotes() error {
	if len(r.Notes) > maxNotes {
		return fmt.Errorf("it has %d notes, more than %d", len(r.Notes), maxNotes)
	}
	last := 0
	for _, n := range r.Notes {
		if n.Tick < last || n.Tick > r.Ticks || n.Seat < 0 || int(n.Seat) >= len(r.Policies) {
			return fmt.Errorf("its notes are out of order")
		}
		if len(n.Topic) > maxTopic || len(n.Text) > maxNote {
			return fmt.Errorf("it has a note of %d bytes, more than %d", len(n.Text), maxNote)
		}
		last = n.Tick
	}
	return nil
}
