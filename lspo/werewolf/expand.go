package werewolf

import (
	"context"
	"fmt"
	"slices"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/lspo"
)

// Expand implements lspo.LanguageGame: the speaker learns from pairs of its own
// candidates.
func (g *Game) Expand(ctx context.Context, t lspo.Task, policy, space, solution []byte) ([]byte, error) {
	t.Progress.Phase(fmt.Sprintf("iteration %d, preferences", t.Iteration), 0, 0)
	pairs, err := g.Pairs(ctx, lspo.Iteration{Number: t.Iteration, Policy: policy, Space: space, Solution: solution})
	if err != nil {
		return nil, err
	}
	return g.params.Language.Learn(ctx, policy, pairs, games.Mix(t.Seed, 1))
}

// leastMargin is the difference of advantages below which two candidates are
// not told apart.
const leastMargin = 1e-3

// Pairs returns the preferences that an iteration's solution has among the
// candidates of its self-play. Of each turn the one with the greatest and the
// one with the least advantage make a pair, if they are different actions
// and the margin is not nothing; of candidates that are one action the first is
// taken. Of more than Params.Pairs an even selection is returned.
func (g *Game) Pairs(ctx context.Context, it lspo.Iteration) ([]Pair, error) {
	of, err := g.solved(it)
	if err != nil {
		return nil, err
	}
	space, game := of.space, of.world
	e := newEar(space, g.kinds, g.params.Embedder)
	found := make([][]Pair, len(space.Games))
	err = parallel(ctx, len(space.Games), g.params.Workers, func(n int) error {
		return g.review(ctx, &space.Games[n], func(v *rules.View, m *move) error {
			strategies, err := e.strategies(ctx, v)
			if err != nil {
				return err
			}
			state := game.at(v, strategies)
			advantages := of.regrets.Values(state)
			sounds, err := e.hear(ctx, m.Said...)
			if err != nil {
				return err
			}
			value := make([]float64, len(sounds))
			symbol := make([]int, len(sounds))
			known := make([]int, len(sounds))
			for i, s := range sounds {
				symbol[i] = s.own[e.kind[v.Role]]
				action, _ := state.follows(symbol[i], m.Said[i])
				known[i] = -1 // too rare to be judged
				if at := slices.Index(state.Actions(), action); at >= 0 {
					known[i], value[i] = at, advantages[at]
				}
			}
			best, worst := -1, -1
			for i := range value {
				if known[i] < 0 {
					continue
				}
				if best < 0 || value[i] > value[best] {
					best = i
				}
				if worst < 0 || value[i] < value[worst] {
					worst = i
				}
			}
			if best < 0 {
				return nil
			}
			margin := value[best] - value[worst]
			if known[best] == known[worst] || margin < leastMargin {
				return nil
			}
			if g.params.Literal {
				best, worst = worst, best
			}
			found[n] = append(found[n], Pair{
				View: v, Chosen: m.Said[best], Rejected: m.Said[worst], Margin: margin,
				Origin: Origin{
					Iteration: it.Number, Game: n, Round: v.Round, Seat: int(v.Seat), Role: v.Role.String(),
					ChosenStrategy: symbol[best], RejectedStrategy: symbol[worst],
					ChosenAdvantage: value[best], RejectedAdvantage: value[worst],
				},
			})
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	var pairs []Pair
	for _, some := range found {
		pairs = append(pairs, some...)
	}
	if most := g.params.Pairs; len(pairs) > most {
		for i := range most {
			pairs[i] = pairs[i*len(pairs)/most]
		}
		pairs = pairs[:most]
	}
	return pairs, nil
}
