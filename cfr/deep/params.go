package deep

import (
	"fmt"

	"dryad/cfr"
	"dryad/nn"
)

// Variants of the algorithm.
const (
	// DeepCFR is Deep CFR (Brown et al., "Deep counterfactual regret
	// minimization", 2019, algorithm 1): external sampling, a reservoir of
	// sampled regrets for each role weighed linearly, an average-strategy
	// network.
	DeepCFR = "deep-cfr"
	// DREAM samples outcomes, and corrects the values by a learned baseline
	// (Steinberger, Lerer and Brown, "DREAM: deep regret minimization with
	// advantage baselines and model-free learning", 2020, section 4). The
	// baseline learns by expected SARSA, from the samples of one iteration: an
	// action's target is the payoff after it, or the strategy's mean of the
	// baseline at the next decision.
	DREAM = "dream"
	// VRDeepPDCFR is VR-DeepPDCFR+ (Xu et al., "Deep (predictive) discounted
	// counterfactual regret minimization", 2025): one network bootstraps the
	// cumulative regrets, which are discounted and clipped as in PDCFR+, a
	// second predicts the next regrets, and a learned baseline reduces the
	// variance of the sampled ones.
	VRDeepPDCFR = "vr-deeppdcfr+"
)

// Params tune a [Solver]; zero fields mean the defaults. [New] refuses fields
// that the variant does not use.
type Params struct {
	// Variant is DeepCFR (the default), DREAM or VRDeepPDCFR.
	Variant string
	// Traversals is the number of sampled traversals for each player in an
	// iteration; 200 by default.
	Traversals int
	// Depth, when positive, limits the search as LSPO does: whole trajectories
	// are played, from each decision of the updating player the next Depth
	// decisions are searched, and beyond them everybody plays the present
	// strategy to the end.
	Depth int
	// Rollouts is how many such games to the end are averaged; 1 by default.
	Rollouts int
	// Epsilon is the probability with which the updating player's own moves are
	// drawn uniformly, in outcome sampling and in depth-limited trajectories;
	// 0.5 by default.
	Epsilon float64
	// Buffer and AverageBuffer are the sizes of each role's reservoirs of
	// regrets and of strategies; 200 000 by default.
	Buffer, AverageBuffer int
	// Hidden are the widths of the hidden layers; 64, 64 by default.
	Hidden []int
	// Network, when not nil, makes the architecture of every network instead.
	Network func(features, outputs int) nn.Architecture `json:"-"`
	// Batch is the number of samples in a training step; 256 by default.
	Batch int
	// Steps is the number of training steps of each network in an iteration;
	// 100 by default.
	Steps int
	// AverageSteps is the number of training steps of the average-strategy
	// networks; 2000 by default.
	AverageSteps int
	// LearningRate of Adam; 1e-3 by default.
	LearningRate float64
	// WeightDecay shrinks every parameter of the networks that learn regrets by
	// LearningRate*WeightDecay a step; 0 by default. Sampled regrets are mostly
	// noise: without it, small networks learn that by heart.
	WeightDecay float64
	// Restart trains the regret networks from new parameters in each
	// iteration, as Deep CFR does, instead of going on with the old ones.
	Restart bool
	// Merge gives all samples of one information state their mean, weighed as
	// the samples are, for regret: what is regressed is the same, without most
	// of the noise, as long as states are met again and again. It is not for
	// VRDeepPDCFR, which learns from the samples of one iteration.
	Merge bool
	// Greedy plays the action with the highest regret where none is positive,
	// as Deep CFR does, instead of playing uniformly, as LSPO does.
	Greedy bool
	// Common gives what follows each action of one decision of the updating
	// player the same random numbers, so that luck makes less of a difference
	// between the actions: the sampled regrets have the same mean and a smaller
	// variance.
	Common bool
	// Anchor, unless nil, writes the strategy from which the solver starts to
	// dst: it counts as Anchored iterations before the first, in which each
	// action had AnchorRegret times its probability for regret (Brown and
	// Sandholm, "Strategy-based warm starting for regret minimization in games",
	// 2016, with a constant in place of the values). It is called by every
	// worker.
	Anchor func(state cfr.State, dst []float64) `json:"-"`
	// Anchored and AnchorRegret are 30 and 0.1 by default.
	Anchored     int
	AnchorRegret float64
	// Scale divides all returns; 1 by default. Networks learn best when returns
	// are of the order of 1.
	Scale float64
	// Workers is the number of goroutines; 1 by default.
	Workers int
	// Seed of everything random.
	Seed uint64
}

func (p Params) withDefaults() (Params, error) {
	if p.Variant == "" {
		p.Variant = DeepCFR
	}
	if p.Variant != DeepCFR && p.Variant != DREAM && p.Variant != VRDeepPDCFR {
		return p, fmt.Errorf("deep: no variant %q: there are %s, %s and %s", p.Variant, DeepCFR, DREAM, VRDeepPDCFR)
	}
	if err := p.unused(); err != nil {
		return p, err
	}
	whole := func(x *int, standard int) {
		if *x <= 0 {
			*x = standard
		}
	}
	whole(&p.Traversals, 200)
	whole(&p.Rollouts, 1)
	whole(&p.Buffer, 200_000)
	whole(&p.AverageBuffer, 200_000)
	whole(&p.Batch, 256)
	whole(&p.Steps, 100)
	whole(&p.AverageSteps, 2000)
	whole(&p.Workers, 1)
	if len(p.Hidden) == 0 {
		p.Hidden = []int{64, 64}
	}
	if p.Epsilon == 0 {
		p.Epsilon = 0.5
	}
	if p.LearningRate == 0 {
		p.LearningRate = 1e-3
	}
	whole(&p.Anchored, 30)
	if p.AnchorRegret == 0 {
		p.AnchorRegret = 0.1
	}
	if p.Scale == 0 {
		p.Scale = 1
	}
	if p.Epsilon < 0 || p.Epsilon > 1 || p.Scale < 0 || p.LearningRate < 0 || p.WeightDecay < 0 || p.Depth < 0 {
		return p, fmt.Errorf("deep: epsilon %v, scale %v, learning rate %v, weight decay %v, depth %d: out of range", p.Epsilon, p.Scale, p.LearningRate, p.WeightDecay, p.Depth)
	}
	return p, nil
}

// unused returns an error if the parameters set what would have no effect.
func (p *Params) unused() error {
	for _, c := range []struct {
		set  bool
		name string
		need string
	}{
		{p.Depth > 0 && p.Variant == DREAM, "Depth", DeepCFR + " or " + VRDeepPDCFR},
		{p.Rollouts > 0 && p.Depth == 0, "Rollouts", "a Depth"},
		{p.Epsilon != 0 && p.Variant != DREAM && p.Depth == 0, "Epsilon", DREAM + " or a Depth"},
		{p.Common && p.Variant == DREAM, "Common", DeepCFR + " or " + VRDeepPDCFR},
		{p.Merge && p.Variant == VRDeepPDCFR, "Merge", DeepCFR + " or " + DREAM},
		{p.Restart && p.Variant == VRDeepPDCFR, "Restart", DeepCFR + " or " + DREAM},
		{len(p.Hidden) > 0 && p.Network != nil, "Hidden", "no Network"},
	} {
		if c.set {
			return fmt.Errorf("deep: %s has no effect with %s: it needs %s", c.name, p.Variant, c.need)
		}
	}
	return nil
}

func (p *Params) architecture(features, outputs int) nn.Architecture {
	if p.Network != nil {
		return p.Network(features, outputs)
	}
	return nn.MLP(features, append(append([]int(nil), p.Hidden...), outputs)...)
}

// exponent is the power of t with which iteration t counts in the average.
func (p *Params) exponent() float64 {
	if p.Variant == VRDeepPDCFR {
		return 5
	}
	return 1
}
