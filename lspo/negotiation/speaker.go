package negotiation

import (
	"context"
	"math/rand/v2"

	"dryad/games/negotiation"
	"dryad/nn/kernel"
)

// The features of an utterance: shares in bins, early or late, and the tone.
const (
	bins          = 5
	featureKeep   = 0                    // a proposal, by what it is worth to the speaker
	featureAccept = featureKeep + 2*bins // an acceptance, by what it is worth
	featureLeave  = featureAccept + 2*bins
	featureTone   = featureLeave + 2
	features      = featureTone + int(negotiation.Tones)
)

// Speaker is a trainable speaker: the probability of an utterance is proportional
// to the exponential of the sum of its features' weights. It is the policy of the
// loop.
type Speaker struct {
	Weights []float64 `json:"weights"`
}

// newSpeaker is the untrained speaker, which walks away and accepts nothing less
// often than it proposes something.
func newSpeaker() Speaker {
	s := Speaker{Weights: make([]float64, features)}
	s.Weights[featureLeave], s.Weights[featureLeave+1] = -2, -2
	s.Weights[featureAccept], s.Weights[featureAccept+bins] = -3, -3
	return s
}

// utterance is something that can be said.
type utterance struct {
	move negotiation.Move
	tone negotiation.Tone
}

// of appends the features that an utterance has.
func (u utterance) of(v *negotiation.View, dst []int) []int {
	set := v.Talk.Set
	late := 0
	if len(v.Talk.Moves) >= set.Turns-2 {
		late = 1
	}
	bin := func(n negotiation.Items) int { return n.Worth(v.Values) * (bins - 1) / set.Total }
	switch u.move.Kind {
	case negotiation.Propose:
		dst = append(dst, featureKeep+late*bins+bin(u.move.Keep))
	case negotiation.Accept:
		keep, _ := v.Talk.Offer()
		dst = append(dst, featureAccept+late*bins+bin(set.Pool.Less(keep)))
	case negotiation.Leave:
		dst = append(dst, featureLeave+late)
	}
	return append(dst, featureTone+int(u.tone))
}

// Candidates returns n different things to say, where there are so many.
func (s Speaker) Candidates(v *negotiation.View, n int, draw *rand.Rand) []string {
	var all []utterance
	var weights []float64
	sum := 0.0
	var room [4]int
	for _, m := range v.Talk.Legal() {
		for tone := range negotiation.Tones {
			u := utterance{m, tone}
			logit := 0.0
			for _, f := range u.of(v, room[:0]) {
				logit += s.Weights[f]
			}
			w := kernel.Exp(logit)
			all, weights, sum = append(all, u), append(weights, w), sum+w
		}
	}
	var said []string
	for len(said) < n && len(said) < len(all) && sum > 0 {
		i := pick(weights, sum, draw)
		sum -= weights[i]
		weights[i] = 0
		said = append(said, negotiation.Say(v.Talk.Set.Pool, all[i].move, all[i].tone))
	}
	return said
}

// pick draws an index by weights of a known sum; rounding errors take the last
// that has any.
func pick(weights []float64, sum float64, draw *rand.Rand) int {
	u := float64(draw.Float64() * sum)
	last := 0
	for i, w := range weights {
		if w <= 0 {
			continue
		}
		last = i
		if u -= w; u < 0 {
			break
		}
	}
	return last
}

// Speak implements negotiation.Agent: one candidate of three, at random.
func (s Speaker) Speak(_ context.Context, v *negotiation.View, draw *rand.Rand) (string, error) {
	candidates := s.Candidates(v, candidatesEach, draw)
	return candidates[draw.IntN(len(candidates))], nil
}

// candidatesEach is how many candidates a turn has.
const candidatesEach = 3

// parse returns the utterance that a text is.
func parse(v *negotiation.View, text string) (utterance, bool) {
	m, ok := negotiation.Hear(v.Talk.Set.Pool, text)
	for tone := range negotiation.Tones {
		if ok && negotiation.Say(v.Talk.Set.Pool, m, tone) == text {
			return utterance{m, tone}, true
		}
	}
	return utterance{move: m}, ok
}

// Learning by DPO.
const (
	dpoBeta  = 0.1
	dpoSteps = 200
	dpoRate  = 2.0
)

// learn returns the speaker that has learned from pairs by DPO (Rafailov et al.,
// "Direct preference optimization", 2023) with the present one as reference. For
// a log-linear speaker the difference of two log probabilities in one turn is that
// of their weights, so that the loss is logistic regression.
func (s Speaker) learn(pairs []preference) Speaker {
	next := Speaker{Weights: append([]float64(nil), s.Weights...)}
	if len(pairs) == 0 {
		return next
	}
	gradient := make([]float64, features)
	for range dpoSteps {
		clear(gradient)
		for _, p := range pairs {
			z := 0.0
			for _, f := range p.chosen {
				z += next.Weights[f] - s.Weights[f]
			}
			for _, f := range p.rejected {
				z -= next.Weights[f] - s.Weights[f]
			}
			pull := 1 / (1 + kernel.Exp(float64(dpoBeta*z)))
			for _, f := range p.chosen {
				gradient[f] += pull
			}
			for _, f := range p.rejected {
				gradient[f] -= pull
			}
		}
		scale := dpoRate / float64(len(pairs))
		for f, g := range gradient {
			next.Weights[f] += float64(scale * g)
		}
	}
	return next
}

// preference is a pair by its features.
type preference struct{ chosen, rejected []int }
