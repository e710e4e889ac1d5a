package regard

import (
	"dryad/games"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
)

// Class is what the target of a speech is to the speaker, and whether the speech
// is against it or for it.
type Class uint8

// What targets are, the first that holds. As a Class it is a speech against one.
const (
	Nobody  Class = iota // the speech is for or against nobody who lives
	Guilty               // one has found a werewolf
	Cleared              // one has found that it is none
	Fellow               // a fellow werewolf
	Accuser              // accused oneself today
	Suspect              // of the rest, is suspected most
	Claimer              // said to be the seer
	Trusted              // of the rest, is suspected least
	Another
)

// Classes is the number of classes.
const Classes = 2*int(Another) + 1

// For is the class of a speech for such a target.
func (c Class) For() Class { return c + Another }

// target returns what the target is, whatever is said of it.
func (c Class) target() Class {
	if c > Another {
		return c - Another
	}
	return c
}

// String returns the class's name.
func (c Class) String() string {
	name := [...]string{"nobody", "found_guilty", "found_clear", "fellow", "accuser", "most_suspected", "seer_claimant", "least_suspected", "another"}[c.target()]
	switch {
	case c == Nobody:
		return "about_nobody"
	case c > Another:
		return "for_" + name
	}
	return "against_" + name
}

// classify returns the class of what a speech claims, and whom it is about.
func (f *frame) classify(claims []hearing.Claim) (Class, games.Seat) {
	for _, c := range claims {
		if c.Kind == hearing.ClaimsRole || c.Kind == hearing.Asks {
			continue
		}
		class := f.class(c.Target)
		switch {
		case class == Nobody:
			continue
		case c.Kind == hearing.Trusts || c.Kind == hearing.SaysGood:
			class = class.For()
		}
		return class, c.Target
	}
	return Nobody, games.NoSeat
}

// class returns what a seat is.
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
