package werewolf

import (
	"context"

	"dryad/games/werewolf/rules"
)

// Utterance is a candidate of a seat in self-play.
type Utterance struct {
	View     *rules.View
	Text     string
	Strategy int // its cluster among those of the seat's role
}

// Utterances returns all candidates of an iteration's self-play.
func (g *Game) Utterances(ctx context.Context, it *Iteration) ([]Utterance, error) {
	c := g.classifier(it.Space)
	var all []Utterance
	for _, m := range it.Space.Games {
		turns, err := g.turns(ctx, m)
		if err != nil {
			return nil, err
		}
		for _, t := range turns {
			symbols, err := c.candidates(ctx, t.view, t.Candidates)
			if err != nil {
				return nil, err
			}
			for i, symbol := range symbols {
				all = append(all, Utterance{View: t.view, Text: t.Candidates[i].Text, Strategy: symbol})
			}
		}
	}
	return all, nil
}
