package werewolf

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync/atomic"

	"dryad/games/werewolf"
	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/rules"
)

// AgentParams say how an iteration's agent plays.
type AgentParams struct {
	// Untrained speaks by the policy from before the iteration's expansion: the
	// ablation without fine-tuning.
	Untrained bool
	// Unsolved draws its strategy and its moves without the solution: what it
	// says is one of the candidates at random, what it does is by belief. It is
	// the ablation without policy learning.
	Unsolved bool
	// Hearing, for the abstraction Clusters, in which nobody is spoken about, is
	// the weight of what was said in votes and night moves: the solved policy's probability of a target is multiplied by the odds, to this
	// power, that an exact belief gives it. 0 plays the policy as it is.
	Hearing int
	// Names names latent strategies in what the agent tells who watches; it may be
	// nil.
	Names StrategyNames
}

// Agent plays by what one iteration found. It may sit on several seats of
// several matches at once.
type Agent struct {
	params     AgentParams
	candidates int
	attempts   int
	speaker    Speaker
	solved     *solved
	classifier *classifier
	beliefs    belief.Model
	spoken     atomic.Int64
	missing    atomic.Int64
}

var _ werewolf.Predictor = (*Agent)(nil)

// Agent returns who plays by an iteration: its solution picks the strategy, the
// policy that learned from it the words.
func (g *Game) Agent(it *Iteration, p AgentParams) (*Agent, error) {
	policy := it.Next
	if p.Untrained {
		policy = it.Policy
	}
	speaker, err := g.params.Language.Speaker(policy)
	if err != nil {
		return nil, err
	}
	of, err := g.solved(it)
	if err != nil {
		return nil, err
	}
	a := &Agent{
		params: p, candidates: g.params.Candidates, attempts: g.params.MaxSampleAttempts, speaker: speaker,
		solved: of, classifier: g.classifier(it.Space),
	}
	if a.beliefs = belief.DefaultModel(); it.Space.Beliefs != nil {
		a.beliefs = *it.Space.Beliefs
	}
	return a, nil
}

// Missed returns how many speeches there were, and in how many of them no
// candidate fell into the cluster that the policy had picked.
func (a *Agent) Missed() (speeches, missing int) {
	return int(a.spoken.Load()), int(a.missing.Load())
}

// Decide implements werewolf.Agent.
func (a *Agent) Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	if a.params.Unsolved {
		policy := SelfPlayPolicy{Speaker: a.speaker, Candidates: a.candidates}
		return policy.Decide(ctx, v, draw)
	}
	log, err := a.classifier.log(ctx, v)
	if err != nil {
		return rules.Pass(), err
	}
	state := a.solved.game.at(v, log)
	probabilities := a.solved.play(state)
	if v.Act == rules.Speak {
		return a.speak(ctx, v, state, probabilities, draw)
	}
	if plain, ok := state.(clusterPoint); ok && a.params.Hearing > 0 {
		a.weigh(v, plain, probabilities)
	}
	return state.decision(state.Actions()[pick(probabilities, draw)]), nil
}

// speak draws a strategy, and how it is to be put: as often in each of its ways as
// the game has it that was solved. It thinks of candidates until one of them is
// that, and says it. What the game knows of no way to say follows no strategy:
// the speaker has learned since, and what it has learned to say within a strategy
// need not be what the solution reckoned with.
func (a *Agent) speak(ctx context.Context, v *rules.View, state decisionPoint, probabilities []float64, draw *rand.Rand) (rules.Decision, error) {
	actions, solution := state.Actions(), slices.Clone(probabilities)
	wanted := pick(probabilities, draw)
	how := pick(state.ways(actions[wanted]), draw)
	var candidates []Candidate
	by := make([]map[int][]string, len(actions)) // by action and way
	some := false
	for range a.attempts {
		more, err := a.speaker.Candidates(ctx, v, a.candidates, draw)
		if err != nil {
			return rules.Pass(), err
		}
		symbols, err := a.classifier.candidates(ctx, v, more)
		if err != nil {
			return rules.Pass(), err
		}
		for i, symbol := range symbols {
			action, way := state.follows(symbol, more[i].Text)
			if j := slices.Index(actions, action); j >= 0 && way >= 0 {
				if by[j] == nil {
					by[j] = map[int][]string{}
				}
				by[j][way] = append(by[j][way], more[i].Text)
				some = true
			}
		}
		candidates = append(candidates, more...)
		if len(by[wanted][how]) > 0 {
			break
		}
	}
	if len(candidates) == 0 {
		return rules.Pass(), nil
	}
	a.spoken.Add(1)
	if len(by[wanted]) == 0 {
		a.missing.Add(1)
		if !some { // nothing that the solution knows of
			said := rules.Say(candidates[draw.IntN(len(candidates))].Text)
			said.Strategy = describe(a.solved, a.classifier, v.Role, -1, state, solution, a.params.Names)
			return said, nil
		}
		for j := range by {
			if len(by[j]) == 0 {
				probabilities[j] = 0
			} else {
				probabilities[j] += 1e-9 // all may have been 0
			}
		}
		wanted = pick(probabilities, draw)
	}
	if len(by[wanted][how]) == 0 {
		ways := state.ways(actions[wanted])
		for way := range ways {
			if len(by[wanted][way]) == 0 {
				ways[way] = 0
			}
		}
		how = pick(ways, draw)
	}
	ways := by[wanted][how]
	said := rules.Say(ways[draw.IntN(len(ways))])
	strategy, _ := a.solved.game.strategy(actions[wanted])
	said.Strategy = describe(a.solved, a.classifier, v.Role, strategy, state, solution, a.params.Names)
	return said, nil
}

// weigh multiplies the probabilities of targets by what a belief makes of them,
// on the average by 1, so that abstaining keeps its part.
func (a *Agent) weigh(v *rules.View, state clusterPoint, probabilities []float64) {
	b := belief.Of(v, belief.DefaultModel())
	weights := make([]float64, len(probabilities))
	sum, targets := 0.0, 0
	for i, action := range state.Actions() {
		if action == state.game.Abstain() {
			continue
		}
		weights[i] = 1
		for range a.params.Hearing {
			weights[i] *= want(v, b, state.decision(action).Target)
		}
		sum += weights[i]
		targets++
	}
	for i, action := range state.Actions() {
		if action != state.game.Abstain() {
			probabilities[i] *= weights[i] * float64(targets) / sum
		}
	}
}

// Predict implements werewolf.Predictor.
func (a *Agent) Predict(_ context.Context, v *rules.View) []rules.Role { return predict(v, a.beliefs) }

// purity is the power to which an agent takes the solution's probabilities: the
// average of a few iterations still holds the moves of the first of them, which
// knew nothing. Ganzfried, Sandholm and Waugh ("Strategy purification and
// thresholding", 2012) found the same to help where the abstraction is coarse.
const purity = 4

// sharpen takes probabilities to the power of purity; their sum is 1 again.
func sharpen(probabilities []float64) {
	sum := 0.0
	for i, p := range probabilities {
		for range purity - 1 {
			probabilities[i] = float64(probabilities[i] * p)
		}
		sum += probabilities[i]
	}
	for i := range probabilities {
		probabilities[i] /= sum
	}
}
