package seats

import (
	"context"
	"math/rand/v2"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/rules"
	"dryad/policy"
)

// SeatAnywhere returns who plays Werewolf at a table that is not dryad's: a tree
// or an agent that is named.
func SeatAnywhere(env *frame.Env, name string, seed uint64) (func(rules.Set, games.Seat) (werewolf.Agent, error), error) {
	game := werewolf.New()
	if IsOwnName(game, name) {
		a, _, err := FindAgent(env, name)
		if err != nil {
			return nil, err
		}
		return func(set rules.Set, _ games.Seat) (werewolf.Agent, error) { return a.Make(set) }, nil
	}
	p, err := PlayablePolicy(env, name, game)
	if err != nil {
		return nil, err
	}
	return func(_ rules.Set, seat games.Seat) (werewolf.Agent, error) {
		return &treeAgent{agent: p.NewAgent(seed, seat), batch: policy.NewBatch()}, nil
	}, nil
}

// treeAgent is a tree in one game, asked decision by decision.
type treeAgent struct {
	agent *policy.Agent
	batch *policy.Batch
	now   int
}

var _ werewolf.Predictor = (*treeAgent)(nil)

// Predict says what the belief makes of everybody that the tree's conditions and
// choosers look at.
func (t *treeAgent) Predict(ctx context.Context, v *rules.View) []rules.Role {
	return agents.Heuristic{}.Predict(ctx, v)
}

// Decide ticks the tree once.
func (t *treeAgent) Decide(_ context.Context, v *rules.View, _ *rand.Rand) (rules.Decision, error) {
	body := werewolf.Sit(v, t.now)
	t.agent.Tick(body, t.now, t.batch)
	t.batch.Run()
	t.agent.Finish(body)
	t.now++
	return body.Decision(), nil
}
