package werewolf

import (
	"context"

	"dryad/cfr"
	"dryad/games"
	"dryad/games/werewolf/rules"
)

// streamAbstract seeds matches of the abstract game.
const streamAbstract = 0x616273

// AbstractValue plays n matches of an iteration's abstract game, everybody as an
// Agent plays the solution, and returns the mean of what a werewolf gets with its interval of
// 95 %. It is a figure of the abstract game and not of agents that talk.
func (g *Game) AbstractValue(ctx context.Context, it *Iteration, n int, seed uint64) (Gain, error) {
	of, err := g.solved(it)
	if err != nil {
		return Gain{}, err
	}
	game := of.game
	wolf := 0
	for role, kind := range g.kinds {
		if kind == rules.Werewolf {
			wolf = role
		}
	}
	values := make([]float64, n)
	err = parallel(ctx, n, g.params.Workers, func(i int) error {
		draw := games.Stream(seed, streamAbstract, uint64(i))
		who := cfr.Terminal
		state := game.Root()
		for state.Player() != cfr.Terminal {
			if state.Player() == cfr.Chance {
				state = state.Child(pick(state.Probabilities(), draw))
				continue
			}
			if game.Role(state) == wolf {
				who = state.Player()
			}
			state = state.Child(pick(of.play(state), draw))
		}
		returns := make([]float64, game.Players())
		state.Returns(returns)
		values[i] = returns[who] // a werewolf moves in the first night
		return nil
	})
	if err != nil {
		return Gain{}, err
	}
	return meanOf(values), nil
}
