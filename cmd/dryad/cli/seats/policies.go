package seats

import (
	"fmt"

	"dryad/games"
	"dryad/games/fps"
	"dryad/nn"
	"dryad/policy"
)

// CheckerOf judges the policies of a game.
func CheckerOf(game games.Game) *policy.Checker {
	return policy.NewChecker(game, PolicyParams(game.Vocabulary().Game))
}

// PolicyParams returns what policies of a game may use beside its words: the
// networks that dryad carries for its neural tasks.
func PolicyParams(game string) policy.Params {
	return policy.Params{Net: func(name string) (*nn.Network, error) {
		if game == "arena" {
			return fps.Network(name)
		}
		return nil, fmt.Errorf("dryad carries no network for the task %s of %s", name, game)
	}}
}
