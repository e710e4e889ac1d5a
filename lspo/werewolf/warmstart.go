package werewolf

import (
	"dryad/cfr"
	"dryad/nn/kernel"
)

// warmStart carries a solution over to the game of the next iteration. The
// encoding of what a seat knows is the same there, and so are votes and night
// moves; a speech is that of the latent strategy with the same number.
type warmStart struct {
	game   targetAbstraction
	before *solved
	// former has, for each role, the move that an action of speaking was before;
	// those that are missing are new.
	former []map[cfr.Action]cfr.Action
}

// warmStart returns the strategy from which a game's solver starts: the one that
// the iteration before plays. A speech that is new gets the part that it has of
// what is said.
func (g *Game) warmStart(game targetAbstraction, s *Space, before *Iteration) (func(cfr.State, []float64), error) {
	of, err := g.solved(before)
	if err != nil {
		return nil, err
	}
	old := of.game.(targetAbstraction)
	c := &warmStart{game: game, before: of}
	for i, role := range g.kinds {
		said := map[cfr.Action]bool{}
		for _, speech := range before.Space.Lexicon.Speeches {
			if speech.Role == role {
				said[old.Speech(speech.Strategy, speech.Class)] = true
			}
		}
		former := map[cfr.Action]cfr.Action{}
		for _, speech := range s.Lexicon.Speeches {
			if speech.Role != role {
				continue
			}
			for cluster, symbol := range s.Symbols[i] {
				if symbol != speech.Strategy || cluster >= len(before.Space.Symbols[i]) {
					continue
				}
				if a := old.Speech(before.Space.Symbols[i][cluster], speech.Class); said[a] {
					former[game.Speech(symbol, speech.Class)] = a
				}
			}
		}
		c.former = append(c.former, former)
	}
	return c.strategy, nil
}

// strategy writes the probabilities of a decision's actions.
func (c *warmStart) strategy(state cfr.State, dst []float64) {
	c.game.Anchor(state, dst)
	role := c.game.Role(state)
	outputs := make([]float32, c.before.game.Moves())
	weigh := c.before.average.Outputs
	talk := c.before.talks(state)
	if talk {
		weigh = c.before.regrets.Outputs
	}
	weigh(state, outputs)
	old := make([]float64, len(dst))
	fresh, most, sum := 0.0, 0.0, 0.0
	known := false
	for i, a := range state.Actions() {
		if a, ok := c.move(role, a); ok {
			if x := float64(outputs[a]); !known || x > most {
				most, known = x, true
			}
		} else {
			fresh += dst[i]
		}
	}
	if !known {
		return
	}
	for i, a := range state.Actions() {
		if a, ok := c.move(role, a); ok {
			switch x := float64(outputs[a]); {
			case !talk:
				old[i] = kernel.Exp(purity * (x - most))
			case most <= 0 && x == most:
				old[i] = 1
			case x > 0:
				old[i] = x
				for range purity - 1 {
					old[i] = float64(old[i] * x)
				}
			}
			sum += old[i]
		}
	}
	for i, a := range state.Actions() {
		if _, ok := c.move(role, a); ok {
			dst[i] = (1 - fresh) * old[i] / sum
		}
	}
}

// move returns what an action was before.
func (c *warmStart) move(role int, a cfr.Action) (cfr.Action, bool) {
	if _, _, speech := c.game.Talk(a); !speech {
		return a, true
	}
	b, ok := c.former[role][a]
	return b, ok
}
