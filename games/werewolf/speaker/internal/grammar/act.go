// Package grammar is the language of the embedded speaker: speech acts, and the
// many ways to say each. A text of the language is an opener, a sentence for the
// act, and a tail; [Render] makes it, [Parse] finds every way in which it could
// have been made.
//
// It is internal so that what learns from the texts alone cannot look at the
// acts behind them.
package grammar

import (
	"dryad/games"
	"dryad/games/werewolf/rules"
)

// Act is what somebody does by speaking.
type Act uint8

// The acts. Target, Role and Finding of a derivation are their arguments.
const (
	Claim     Act = iota // to have Role
	Reveal               // the Finding of Target, which one has
	Fabricate            // a Finding of Target that one has not
	Accuse               // Target
	Defend               // Target, or oneself
	Question             // Target
	Agree                // with Target
	Deflect              // from oneself to Target
	Silent
)

// Acts is the number of acts.
const Acts = int(Silent) + 1

// String returns the act's name.
func (a Act) String() string {
	return [...]string{"claim", "reveal", "fabricate", "accuse", "defend", "question", "agree", "deflect", "silent"}[a]
}

// Derivation is one way to make a text.
type Derivation struct {
	Act                Act
	Target             games.Seat // NoSeat for an act without one
	Role               rules.Role
	Finding            rules.Finding
	Opener, Form, Tail int
}

// Forms returns the sentences of an act: % stands for the target, @ for the
// role. What is said of a target depends on the finding, and on whether it is
// oneself.
func Forms(a Act, f rules.Finding, self bool) []string {
	switch {
	case a == Claim:
		return claims
	case (a == Reveal || a == Fabricate) && f == rules.Wolf:
		return wolves
	case a == Reveal || a == Fabricate:
		return goods
	case a == Accuse:
		return accusations
	case a == Defend && self:
		return pleas
	case a == Defend:
		return defences
	case a == Question:
		return questions
	case a == Agree:
		return agreements
	case a == Deflect:
		return deflections
	}
	return silences
}
