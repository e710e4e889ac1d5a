package negotiation

import (
	"context"
	"math/rand/v2"
	"sync/atomic"

	"dryad/cfr"
	"dryad/games/negotiation"
)

// decide returns the solution where a seat is asked to speak, and whether the
// abstract game has that information set. The seat's own earlier utterances are
// found again in the clusters.
func decide(it *Iteration, v *negotiation.View) (Decision, bool) {
	said := make([]int, len(v.Texts))
	for i, text := range v.Texts {
		if i%2 != v.Seat {
			continue
		}
		c, ok := it.Space.cluster(v.Seat, text)
		if !ok {
			return Decision{}, false
		}
		said[i] = c
	}
	d, ok := it.Solution.Decisions[key(v.Seat, string(appendKey(nil, v.Values, v.Talk, said)))]
	return d, ok
}

// Agent plays an iteration's solution in words: it draws a cluster from the
// average strategy, asks the speaker for candidates until one is of that cluster,
// and says it.
type Agent struct {
	iteration *Iteration
	// turns are those that it spoke in, strayed those in which the abstract game
	// did not know what was said before, and missed those in which no candidate
	// was of the cluster drawn.
	turns, strayed, missed atomic.Int64
}

var _ negotiation.Agent = (*Agent)(nil)

// thoughts is how often the speaker is asked for candidates.
const thoughts = 12

// Agent returns the agent of an iteration.
func (g *Game) Agent(it *Iteration) *Agent { return &Agent{iteration: it} }

// Speak implements negotiation.Agent.
func (a *Agent) Speak(ctx context.Context, v *negotiation.View, draw *rand.Rand) (string, error) {
	a.turns.Add(1)
	speaker := a.iteration.Policy
	d, ok := decide(a.iteration, v)
	if !ok {
		a.strayed.Add(1)
		return speaker.Speak(ctx, v, draw)
	}
	wanted := d.Clusters[pick(d.Probabilities, 1, draw)]
	if wanted == leave {
		return negotiation.Say(v.Talk.Set.Pool, negotiation.Move{Kind: negotiation.Leave}, negotiation.Plain), nil
	}
	var candidates []string
	for range thoughts {
		candidates = speaker.Candidates(v, candidatesEach, draw)
		for _, text := range candidates {
			if c, known := a.iteration.Space.cluster(v.Seat, text); known && cfr.Action(c) == wanted {
				return text, nil
			}
		}
	}
	a.missed.Add(1)
	return candidates[draw.IntN(len(candidates))], nil
}
