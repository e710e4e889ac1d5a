package agents

import (
	"strings"

	"dryad/games"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/phrase"
	"dryad/games/werewolf/rules"
)

// Intents are the predefined atoms of speech of the Cicero-like baseline: to be
// idle, to target one of the players, to claim one of the roles, not to reveal
// one's role. With 7 players and 4 roles they are 13.
type Intents struct{ Set *rules.Set }

// Idle is the intent to say nothing of use.
const Idle = 0

// Count returns the number of intents.
func (i Intents) Count() int { return 2 + i.Set.Players + len(i.Set.Kinds()) }

// Target is the intent to turn the table against somebody.
func (i Intents) Target(seat games.Seat) int { return 1 + int(seat) }

// Claim is the intent to say that one has a role.
func (i Intents) Claim(role rules.Role) int {
	for k, r := range i.Set.Kinds() {
		if r == role {
			return 1 + i.Set.Players + k
		}
	}
	return Idle
}

// Hide is the intent not to reveal one's role.
func (i Intents) Hide() int { return i.Count() - 1 }

// hide is what is said by who hides.
const hide = "I will not reveal my role."

// Of returns the intent that a speech shows.
func (i Intents) Of(text string, speaker games.Seat) int {
	claims := hearing.Read(text, speaker)
	for _, c := range claims {
		if c.Kind == hearing.ClaimsRole {
			return i.Claim(c.Role)
		}
	}
	for _, c := range claims {
		if (c.Kind == hearing.Suspects || c.Kind == hearing.SaysWolf) && int(c.Target) < i.Set.Players {
			return i.Target(c.Target)
		}
	}
	if strings.Contains(text, hide) {
		return i.Hide()
	}
	return Idle
}

// Say puts an intent into words. Who claims to be the seer and has found
// somebody who lives says so, too; who targets itself, the dead, or somebody whom
// it has found not to be a werewolf is idle.
func (i Intents) Say(v *rules.View, intent int, word uint64) string {
	switch {
	case intent == i.Hide():
		return hide
	case intent > i.Set.Players:
		role := i.Set.Kinds()[intent-1-i.Set.Players]
		if role == rules.Seer {
			for n := len(v.Log) - 1; n >= 0; n-- {
				if r := &v.Log[n]; r.Kind == rules.Inspected && v.Alive.Has(r.Target) {
					return phrase.Report(r.Target, r.Finding == rules.Wolf, word)
				}
			}
		}
		return phrase.Claim(role, word)
	case intent > Idle:
		if target := games.Seat(intent - 1); target != v.Seat && v.Alive.Has(target) && !cleared(v, target) {
			return phrase.Accuse(target, word)
		}
	}
	return phrase.Silent(word)
}

// cleared reports whether the seat has found that the target is no werewolf.
func cleared(v *rules.View, target games.Seat) bool {
	for i := range v.Log {
		if r := &v.Log[i]; r.Kind == rules.Inspected && r.Target == target && r.Finding == rules.NotWolf {
			return true
		}
	}
	return false
}
