package werewolf

import (
	"context"
	"slices"

	"dryad/lspo"
)

// leastMargin is the difference of advantages below which two candidates are
// not told apart.
const leastMargin = 1e-3

// Prefer implements lspo.LanguageGame. Of each turn of self-play, the candidate
// with the greatest advantage and the one with the least make a pair, if they are
// different actions and the margin is not nothing; of candidates that are one
// action the first is taken. Of more than Params.Pairs an even selection is
// returned.
func (g *Game) Prefer(ctx context.Context, _ lspo.Task, it *Iteration) ([]Pair, error) {
	of, err := g.solved(it)
	if err != nil {
		return nil, err
	}
	c := g.classifier(it.Space)
	found := make([][]Pair, len(it.Space.Games))
	err = parallel(ctx, len(it.Space.Games), g.params.Workers, func(n int) error {
		turns, err := g.turns(ctx, it.Space.Games[n])
		if err != nil {
			return err
		}
		for speech, t := range turns {
			p, ok, err := g.pair(ctx, of, c, t)
			if err != nil {
				return err
			}
			if ok {
				p.Origin.Iteration, p.Origin.Game, p.Origin.Speech = it.Number, n, speech
				found[n] = append(found[n], p)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	pairs := slices.Concat(found...)
	if most := g.params.Pairs; len(pairs) > most {
		for i := range most {
			pairs[i] = pairs[i*len(pairs)/most]
		}
		pairs = pairs[:most]
	}
	return pairs, nil
}

// pair returns the preference of a solution among a turn's candidates, and
// whether there is one.
func (g *Game) pair(ctx context.Context, of *solved, c *classifier, t turn) (Pair, bool, error) {
	log, err := c.log(ctx, t.view)
	if err != nil {
		return Pair{}, false, err
	}
	symbols, err := c.candidates(ctx, t.view, t.Candidates)
	if err != nil {
		return Pair{}, false, err
	}
	state := of.game.at(t.view, log)
	advantages := of.regrets.Values(state)
	value := make([]float64, len(symbols))
	known := make([]int, len(symbols))
	best, worst := -1, -1
	for i, symbol := range symbols {
		action, _ := state.follows(symbol, t.Candidates[i].Text)
		known[i] = slices.Index(state.Actions(), action)
		if known[i] < 0 {
			continue // too rare to be judged
		}
		value[i] = advantages[known[i]]
		if best < 0 || value[i] > value[best] {
			best = i
		}
		if worst < 0 || value[i] < value[worst] {
			worst = i
		}
	}
	if best < 0 {
		return Pair{}, false, nil
	}
	margin := value[best] - value[worst]
	if known[best] == known[worst] || margin < leastMargin {
		return Pair{}, false, nil
	}
	if g.params.LowerRegret {
		best, worst = worst, best
	}
	return Pair{
		Chosen: t.Candidates[best], Rejected: t.Candidates[worst], Margin: margin,
		Origin: Origin{
			Round: t.view.Round, Seat: int(t.view.Seat), Role: t.view.Role.String(),
			ChosenStrategy: symbols[best], RejectedStrategy: symbols[worst],
			ChosenAdvantage: value[best], RejectedAdvantage: value[worst],
		},
	}, true, nil
}
