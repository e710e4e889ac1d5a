package agents

import (
	"context"
	"math/rand/v2"

	"dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/games/werewolf/speaker"
)

// Talker speaks by an embedded speaker and does everything else as Heuristic
// does.
type Talker struct {
	Heuristic
	Speaker *speaker.Speaker
}

var _ werewolf.Predictor = Talker{}

// Decide speaks, or acts as Heuristic does.
func (a Talker) Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	if v.Act == rules.Speak {
		return rules.Say(a.Speaker.Say(v, draw)), nil
	}
	return a.Heuristic.Decide(ctx, v, draw)
}
