package seats

import (
	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/nn"
	"dryad/policy"
)

// CheckerOf judges the policies of a game, which use the networks of the command
// line where there are any.
func CheckerOf(env *frame.Env, game games.Game) *policy.Checker {
	return policy.NewChecker(game, paramsOf(env)(game.Vocabulary().Game))
}

// paramsOf says what policies of a game may use beside its words.
func paramsOf(env *frame.Env) func(game string) policy.Params {
	return func(game string) policy.Params {
		row, err := catalog.Find(game)
		if err != nil {
			return policy.Params{Net: func(string) (*nn.Network, error) { return nil, err }}
		}
		return row.Params(env.Networks)
	}
}
