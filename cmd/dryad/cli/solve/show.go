package solve

import (
	"fmt"
	"os"
	"strings"

	"dryad/cfr"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
)

type solveShow struct {
	seats.GameArgs
	State    string `help:"Key of an information set; without such a key, all that begin with it." placeholder:"KEY"`
	Strategy string `help:"Strategy that 'dryad solve --save' wrote; without one, the game is solved first." placeholder:"FILE" type:"path"`
	JSON     bool   `name:"json" help:"End with one JSON object."`
}

type showResult struct {
	Game   string      `json:"game"`
	States []showState `json:"states"`
}

type showState struct {
	Player        int       `json:"player"`
	State         string    `json:"state"`
	Actions       []string  `json:"actions"`
	Probabilities []float64 `json:"probabilities"`
}

// showIterations is the length of the run that a strategy is taken from when
// none is given.
const showIterations = 1000

func (c *solveShow) Run(env *frame.Env) error {
	tree, err := c.Compile(env.Context)
	if err != nil {
		return err
	}
	strategy, err := c.strategy(env, tree)
	if err != nil {
		return err
	}
	result := showResult{Game: tree.Game().Name()}
	for _, exact := range []bool{true, false} {
		for i := range tree.TotalInfosets() {
			set := tree.Infoset(i)
			if exact && set.Key != c.State || !exact && !strings.HasPrefix(set.Key, c.State) {
				continue
			}
			result.States = append(result.States, showState{int(set.Player), set.Key, tree.ActionNames(i), strategy.At(i)})
		}
		if len(result.States) > 0 {
			break
		}
	}
	if len(result.States) == 0 {
		return fmt.Errorf("%s has no information set %q; one is %q", result.Game, c.State, tree.Infoset(tree.TotalInfosets()/2).Key)
	}
	if c.JSON {
		return env.JSON(result)
	}
	for _, s := range result.States {
		env.Printf("player %d, %q:", s.Player, s.State)
		for a, name := range s.Actions {
			env.Printf("  %s %.4f", name, s.Probabilities[a])
		}
		env.Printf("\n")
	}
	return nil
}

func (c *solveShow) strategy(env *frame.Env, tree *cfr.Tree) (*cfr.Strategy, error) {
	if c.Strategy != "" {
		file, err := os.Open(c.Strategy)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		strategy, _, err := cfr.ReadStrategy(file, tree)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Strategy, err)
		}
		return strategy, nil
	}
	solver, err := cfr.New(tree, cfr.Params{Algorithm: "auto"})
	if err != nil {
		return nil, err
	}
	solver.Run(showIterations)
	strategy := cfr.NewStrategy(tree)
	solver.Average(strategy)
	gap, err := tree.Exploitability(strategy)
	if err != nil {
		return nil, err
	}
	env.Logf("solved by %d iterations of auto, exploitability %.3g; --strategy FILE shows one of your own", showIterations, gap)
	return strategy, nil
}
