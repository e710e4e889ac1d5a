package werewolf

import (
	"dryad/cfr"
	"dryad/lspo"
	"dryad/nn/kernel"
)

// succession carries a solution over to the game of the next iteration. What one
// knows is written in the same numbers there, and votes and night moves are the
// same; a speech is that of the latent strategy with the same number.
type succession struct {
	game   regarding
	before *solved
	// former has, for each role, the move that an action of speaking was before;
	// those that are missing are new.
	former []map[cfr.Action]cfr.Action
}

// succeed returns the strategy from which a game's solver starts: the one that
// the iteration before plays. A speech that is new gets the part that it has of
// what is said.
func (g *Game) succeed(game regarding, s *Space, before *lspo.Iteration) (func(cfr.State, []float64), error) {
	of, err := g.solved(*before)
	if err != nil {
		return nil, err
	}
	old := of.world.(regarding)
	c := &succession{game: game, before: of}
	for i, role := range g.kinds {
		said := map[cfr.Action]bool{}
		for _, speech := range of.space.Lexicon.Speeches {
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
				if symbol != speech.Strategy || cluster >= len(of.space.Symbols[i]) {
					continue
				}
				if a := old.Speech(of.space.Symbols[i][cluster], speech.Class); said[a] {
					former[game.Speech(symbol, speech.Class)] = a
				}
			}
		}
		c.former = append(c.former, former)
	}
	return c.strategy, nil
}

// strategy writes the probabilities of a decision's actions.
func (c *succession) strategy(state cfr.State, dst []float64) {
	c.game.Anchor(state, dst)
	role := c.game.Role(state)
	logits := make([]float32, c.before.world.Moves())
	c.before.average.Outputs(state, logits)
	old := make([]float64, len(dst))
	fresh, most, sum := 0.0, 0.0, 0.0
	known := false
	for i, a := range state.Actions() {
		if a, ok := c.move(role, a); ok {
			if x := float64(logits[a]); !known || x > most {
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
			old[i] = kernel.Exp(purity * (float64(logits[a]) - most))
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
func (c *succession) move(role int, a cfr.Action) (cfr.Action, bool) {
	if _, _, speech := c.game.Talk(a); !speech {
		return a, true
	}
	b, ok := c.former[role][a]
	return b, ok
}
