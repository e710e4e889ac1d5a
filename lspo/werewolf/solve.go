package werewolf

import (
	"context"
	"fmt"

	"dryad/cfr"
	"dryad/cfr/deep"
	"dryad/games/werewolf/abstract"
	"dryad/games/werewolf/rules"
	"dryad/lspo"
	"dryad/nn"
)

// Solution is what Solve finds.
type Solution struct {
	// Average and Regrets hold a network for each role: of the average strategy,
	// and of the estimated regrets.
	Average, Regrets []*nn.Network
	// Exact compares with the tables of the same abstract game, where it is
	// small enough; nil elsewhere.
	Exact *Exact
}

// Exact is what is known of an abstract game that fits into memory. All of it is
// about the abstract game: nothing here is the exploitability of an agent that
// talks.
type Exact struct {
	Histories int `json:"histories"`
	// Value is what a werewolf gets in the strategies that CFR+ found in tables,
	// and DeepValue in those of the networks.
	Value     float64 `json:"wolf_value"`
	DeepValue float64 `json:"deep_wolf_value"`
	// Gains and DeepGains are what one player of each role would gain by the
	// best response to all the others.
	Gains     map[string]float64 `json:"gains"`
	DeepGains map[string]float64 `json:"deep_gains"`
}

// exactPlayers is the largest table whose abstract game is also solved exactly.
const exactPlayers = 4

// Solve implements lspo.LanguageGame: Deep CFR on the abstract game.
func (g *Game) Solve(ctx context.Context, t lspo.Task, it, before *Iteration) (*Solution, error) {
	game, err := g.abstraction(it.Space)
	if err != nil {
		return nil, err
	}
	p := g.params.Deep
	p.Seed, p.Workers = t.Seed, g.params.Workers
	if targets, ok := game.(targetAbstraction); ok {
		p.Anchor = targets.Anchor
		if before != nil {
			if p.Anchor, err = g.warmStart(targets, it.Space, before); err != nil {
				return nil, err
			}
		}
	}
	solver, err := deep.New(game, p)
	if err != nil {
		return nil, err
	}
	t.Progress.Phase(fmt.Sprintf("iteration %d, Deep CFR", t.Iteration), g.params.Iterations, 0)
	if err := g.iterate(ctx, t, solver); err != nil {
		return nil, err
	}
	if err := solver.TrainAverage(); err != nil {
		return nil, err
	}
	found := &Solution{}
	for role := range game.Roles() {
		found.Average = append(found.Average, solver.Network(role))
		found.Regrets = append(found.Regrets, solver.Regrets(role))
	}
	if clusters, ok := game.(clusterAbstraction); ok && g.params.Set.Players <= exactPlayers && g.params.Exact > 0 {
		if found.Exact, err = exact(clusters.Game, solver, g.params.Exact); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// exact solves the game in tables and measures both strategies in it.
func exact(game *abstract.Game, solver *deep.Solver, iterations int) (*Exact, error) {
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		return nil, err
	}
	tabular, err := cfr.New(tree, cfr.Params{Algorithm: "cfr+"})
	if err != nil {
		return nil, err
	}
	tabular.Run(iterations)
	strategy := cfr.NewStrategy(tree)
	tabular.Average(strategy)
	e := &Exact{Histories: tree.Histories()}
	judge := cfr.NewEvaluator(tree)
	if e.Value, e.Gains, err = exactGains(game, judge, strategy); err != nil {
		return nil, err
	}
	e.DeepValue, e.DeepGains, err = exactGains(game, judge, deep.Tabulate(tree, solver))
	return e, err
}

// exactGains returns the value of the first werewolf and the greatest gain of each
// role.
func exactGains(game *abstract.Game, judge *cfr.Evaluator, s *cfr.Strategy) (float64, map[string]float64, error) {
	gains, err := judge.DeviationIncentives(s)
	if err != nil {
		return 0, nil, err
	}
	byRole := map[string]float64{}
	for player, gain := range gains {
		role := game.Card(cfr.Player(player)).String()
		byRole[role] = max(byRole[role], gain)
	}
	for player, value := range judge.Values(s) {
		if game.Card(cfr.Player(player)) == rules.Werewolf {
			return value, byRole, nil
		}
	}
	return 0, byRole, nil
}
