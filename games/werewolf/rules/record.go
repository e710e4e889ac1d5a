package rules

import "dryad/games"

// Kind is what a record tells.
type Kind uint8

// The kinds of records. Seat is who did it or to whom it happened; Target is
// whom it was done to.
const (
	Dealt      Kind = iota // Seat has Role; known to Seat, of werewolves to all of them
	Proposed               // werewolf Seat wants to kill Target (NoSeat: no wish)
	Inspected              // Seat learned Finding, and Role if the rules say so, of Target
	Protected              // Seat protected Target
	Sensed                 // medium Seat learned Finding of Target, who was voted out
	Killed                 // Seat was killed in the night; Role or Finding if revealed
	Quiet                  // nobody was killed in the night
	Bidden                 // Seat bid Value for the floor
	Spoke                  // Seat said Text; Value is the speech's abstract strategy
	Voted                  // Seat voted for Target, NoSeat when it abstained
	Eliminated             // Seat was voted out; Role or Finding if revealed
	Spared                 // nobody was voted out
	Ended                  // Value is the winning team, or -1
	Whispered              // werewolf Seat said Text to the werewolves
)

var kindNames = [...]string{"dealt", "proposed", "inspected", "protected", "sensed", "killed", "quiet", "bid", "say", "vote", "eliminated", "spared", "ended", "whisper"}

// String returns the kind's name.
func (k Kind) String() string { return kindNames[k] }

// Record is something that happened.
type Record struct {
	Kind    Kind
	Round   uint8 // from 1
	Turn    uint8 // number of a speech, or of the ballot of a vote, within its day, from 0
	Role    Role
	Finding Finding
	Value   int8
	Known   Seats // who may know of it
	Seat    games.Seat
	Target  games.Seat
	Text    string
}

// Decision is what a seat decides when it is asked.
type Decision struct {
	// Target is the choice of a night action or a vote; NoSeat passes or
	// abstains.
	Target games.Seat
	// Text is what is said in a speech; empty is silence.
	Text string
	// Value is the bid for the floor, or the abstract strategy of a speech.
	Value int
	// Note is what the seat notes for itself: it is no part of the game, and
	// comes back in View.Notes.
	Note string
	// Strategy says by which latent strategy the seat speaks and how probable each
	// was, for who watches the match. It is no part of the game, and no player
	// learns of it.
	Strategy string
}

// Point is the decision for a target.
func Point(seat games.Seat) Decision { return Decision{Target: seat} }

// Pass abstains, stays silent, bids nothing.
func Pass() Decision { return Decision{Target: games.NoSeat} }

// Say is the decision to say something.
func Say(text string) Decision { return Decision{Target: games.NoSeat, Text: text} }

// Bid is the decision to bid for the floor.
func Bid(n int) Decision { return Decision{Target: games.NoSeat, Value: n} }
