package regard

import (
	"dryad/games"
	"dryad/games/werewolf/rules"
)

// Class is what the target of a speech is to the speaker.
type Class uint8

// The classes, the first that holds.
const (
	Nobody  Class = iota // the speech is about nobody who lives, or about oneself
	Guilty               // one has found a werewolf
	Cleared              // one has found that it is none
	Fellow               // a fellow werewolf
	Accuser              // accused oneself today
	Suspect              // of the rest, is suspected most
	Claimer              // said to be the seer
	Trusted              // of the rest, is suspected least
	Another
	Classes = int(Another) + 1
)

// String returns the class's name.
func (c Class) String() string {
	return [...]string{"nobody", "found_guilty", "found_clear", "fellow", "accuser", "most_suspected", "seer_claimant", "least_suspected", "another"}[c]
}

// class returns the class of a living seat or of none.
func (f *frame) class(seat games.Seat) Class {
	if seat == games.NoSeat || seat == f.view.Seat || !f.view.Alive.Has(seat) {
		return Nobody
	}
	a := &f.about[seat]
	switch {
	case a.found == rules.Wolf:
		return Guilty
	case a.found == rules.NotWolf:
		return Cleared
	case f.view.Mates.Has(seat):
		return Fellow
	case a.accusesMe:
		return Accuser
	case seat == f.first:
		return Suspect
	case a.saysSeer:
		return Claimer
	case seat == f.last:
		return Trusted
	}
	return Another
}
