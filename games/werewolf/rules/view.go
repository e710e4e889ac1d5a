package rules

import (
	"fmt"
	"slices"

	"dryad/games"
)

// Act is what a seat is asked to decide.
type Act uint8

// The acts.
const (
	None    Act = iota
	Kill        // propose, or decide, whom the werewolves kill
	Inspect     // whom to look at
	Protect     // whom to save
	Offer       // a bid for the floor
	Speak       // a speech
	Ballot      // a vote
	Whisper     // what a werewolf says to the other werewolves at night
)

// String returns the act's name.
func (a Act) String() string {
	return [...]string{"none", "kill", "inspect", "protect", "bid", "speak", "vote", "whisper"}[a]
}

// View is what one seat knows. Its slices must not be changed.
type View struct {
	Set   *Set // without a fixed deal
	Seat  games.Seat
	Role  Role
	Mates Seats // the other werewolves, for a werewolf
	Alive Seats
	Phase Phase
	Round int // from 1
	// Act is what the seat is asked now, None when it waits.
	Act Act
	// Legal are the targets it may choose.
	Legal Seats
	// Log is everything that happened and that the seat may know, in order.
	Log []Record
	// Notes are what the seat has noted for itself at its decisions so far, in
	// order. The table does not know them: whoever seats the agent adds them.
	Notes []Note
}

// Note is what a seat has noted for itself. Nobody else sees it.
type Note struct {
	Round int
	Phase Phase
	Text  string
}

// View returns what a seat knows. It is a copy that stays as it is.
func (t *Table) View(seat games.Seat) *View {
	v := &View{}
	t.Look(seat, v)
	return v
}

// Clone returns a copy that stays as it is when the view is brought up to date.
func (v *View) Clone() *View {
	c := *v
	c.Log, c.Notes = slices.Clone(v.Log), slices.Clone(v.Notes)
	return &c
}

// Look brings a view of a seat up to date, keeping its memory. A view that was
// used for another seat or another game must be zeroed first.
func (t *Table) Look(seat games.Seat, v *View) {
	log := v.Log[:0]
	for i := range t.log {
		if t.log[i].Known.Has(seat) {
			log = append(log, t.log[i])
		}
	}
	*v = View{Set: t.shown, Seat: seat, Role: t.roles[seat], Alive: t.alive, Phase: t.phase, Round: int(t.round), Act: t.act(seat), Legal: 0, Log: log}
	if v.Act != None {
		v.Legal = t.Legal(seat)
	}
	if v.Role == Werewolf {
		v.Mates = t.with(Werewolf) &^ Of(seat)
	}
}

func (t *Table) act(seat games.Seat) Act {
	if !t.waiting.Has(seat) {
		return None
	}
	switch t.phase {
	case Bidding:
		return Offer
	case Talk:
		return Speak
	case Vote:
		return Ballot
	}
	switch t.roles[seat] {
	case Werewolf:
		if t.whispering {
			return Whisper
		}
		return Kill
	case Seer:
		return Inspect
	}
	return Protect
}

// Check says what is wrong with a decision of the seat, as Table.Check does.
func (v *View) Check(d Decision) error {
	switch v.Act {
	case None:
		return fmt.Errorf("%s has nothing to decide", Name(v.Seat))
	case Offer:
		return checkBid(d)
	case Speak, Whisper:
		return checkSpeech(d)
	}
	return checkTarget(v.Seat, v.Legal, d)
}

// Of returns the records of one kind, in order.
func (v *View) Of(kind Kind) []Record {
	var found []Record
	for _, r := range v.Log {
		if r.Kind == kind {
			found = append(found, r)
		}
	}
	return found
}

// Speeches returns what was said, in order.
func (v *View) Speeches() []Record { return v.Of(Spoke) }

// Known returns what the seat knows for certain of another seat's role: its
// own, its fellow werewolves', what was revealed, and what an inspection that
// shows the exact role has shown.
func (v *View) Known(seat games.Seat) Role {
	for i := range v.Log {
		r := &v.Log[i]
		switch {
		case r.Role == Unknown:
		case r.Kind == Inspected && r.Target == seat:
			return r.Role
		case r.Kind != Inspected && r.Seat == seat:
			return r.Role
		}
	}
	return Unknown
}

// Proposal returns whom the werewolves before this one want to kill tonight,
// or NoSeat.
func (v *View) Proposal() games.Seat {
	for _, r := range slices.Backward(v.Log) {
		if int(r.Round) != v.Round {
			break
		}
		if r.Kind == Proposed && r.Target != games.NoSeat {
			return r.Target
		}
	}
	return games.NoSeat
}
