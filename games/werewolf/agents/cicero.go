package agents

import (
	"context"
	"fmt"
	"math/rand/v2"

	"dryad/cfr"
	"dryad/cfr/deep"
	"dryad/games"
	"dryad/games/werewolf"
	"dryad/games/werewolf/abstract"
	"dryad/games/werewolf/rules"
	"dryad/nn"
)

// Cicero is a player in the manner of Cicero (Bakhtin et al. 2022), as the LSPO
// paper uses it for a baseline: the game with 13 predefined intents in the place
// of speech is solved beforehand, the solution chooses an intent and every other
// move, and the intent is put into words.
//
// It may be used by as many goroutines as its policy.
type Cicero struct {
	Heuristic // predicts roles
	game      *abstract.Game
	intents   Intents
	policy    func(cfr.State) []float64
}

var _ werewolf.Predictor = (*Cicero)(nil)

// IntentGame returns the abstract game with intents for speech. The floor must
// go in order.
func IntentGame(set rules.Set) (*abstract.Game, error) {
	clusters := map[rules.Role]int{}
	for _, r := range set.Kinds() {
		clusters[r] = Intents{&set}.Count()
	}
	return abstract.New(abstract.Params{Set: set, Clusters: clusters})
}

// SolveCicero solves the game of intents by Deep CFR and returns the player,
// which may be used by several goroutines.
func SolveCicero(ctx context.Context, set rules.Set, p deep.Params, iterations int) (*Cicero, error) {
	game, nets, err := solveIntents(ctx, set, p, iterations)
	if err != nil {
		return nil, err
	}
	n, err := deep.NewNetworks(game, nets)
	if err != nil {
		return nil, err
	}
	return NewCicero(game, n.Policy), nil
}

// solveIntents returns the network of each role.
func solveIntents(ctx context.Context, set rules.Set, p deep.Params, iterations int) (*abstract.Game, []*nn.Network, error) {
	game, err := IntentGame(set)
	if err != nil {
		return nil, nil, err
	}
	solver, err := deep.New(game, p)
	if err != nil {
		return nil, nil, err
	}
	if err := solver.Run(ctx, iterations); err != nil {
		return nil, nil, err
	}
	if err := solver.TrainAverage(); err != nil {
		return nil, nil, err
	}
	var nets []*nn.Network
	for role := range game.Roles() {
		nets = append(nets, solver.Network(role))
	}
	return game, nets, nil
}

// NewCicero makes the player of a policy for a game of IntentGame: it returns
// the probabilities of a state's actions.
func NewCicero(game *abstract.Game, policy func(cfr.State) []float64) *Cicero {
	return &Cicero{game: game, intents: Intents{game.Set()}, policy: policy}
}

// Decide draws from the policy.
func (c *Cicero) Decide(_ context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	if v.Set.Players != c.game.Set().Players {
		return rules.Pass(), fmt.Errorf("cicero was solved for %d players, not %d", c.game.Set().Players, v.Set.Players)
	}
	switch v.Act {
	case rules.Offer:
		return rules.Bid(1), nil
	case rules.Whisper:
		return rules.Pass(), nil
	}
	state := c.game.At(v, func(r *rules.Record) int { return c.intents.Of(r.Text, r.Seat) })
	actions := state.Actions()
	if len(actions) == 0 {
		return rules.Pass(), nil
	}
	action := actions[drawn(c.policy(state), draw)]
	if intent, speech := c.game.Cluster(action); speech {
		return rules.Say(c.intents.Say(v, intent, draw.Uint64())), nil
	}
	if action == c.game.Abstain() {
		return rules.Pass(), nil
	}
	return rules.Point(games.Seat(action)), nil
}

// drawn draws an index from probabilities.
func drawn(probabilities []float64, draw *rand.Rand) int {
	u := draw.Float64()
	for i, p := range probabilities {
		if u -= p; u < 0 {
			return i
		}
	}
	return len(probabilities) - 1
}
