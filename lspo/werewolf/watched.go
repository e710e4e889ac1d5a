package werewolf

import (
	"math/rand/v2"

	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/llm"
)

// watched keeps the first error of an agent in a match that asking again cannot
// mend, such as a wrong key or a spent budget, and asks no more after it. All
// other errors cost the turn only.
type watched struct {
	werewolf.Agent
	fatal error
}

// Decide implements werewolf.Agent.
func (w *watched) Decide(v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	if w.fatal != nil {
		return rules.Pass(), w.fatal
	}
	d, err := w.Agent.Decide(v, draw)
	if llm.Fatal(err) {
		w.fatal = err
	}
	return d, err
}
