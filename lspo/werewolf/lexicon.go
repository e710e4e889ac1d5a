package werewolf

import (
	"context"

	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/regard"
)

// rare is the part of the matches below which a speech is left out of the
// lexicon: so few cannot be judged.
const rare = 1.0 / 20

// countLexicon settles the model of beliefs, and counts in self-play who says
// what about whom.
func (g *Game) countLexicon(ctx context.Context, s *Space) error {
	model := belief.DefaultModel()
	if g.params.LearnedBeliefs {
		tally, err := g.tally(ctx, s)
		if err != nil {
			return err
		}
		model = tally.Model()
	}
	s.Beliefs = &model

	c := g.classifier(s)
	parts := make([]regard.Lexicon, len(s.Games))
	err := parallel(ctx, len(s.Games), g.params.Workers, func(n int) error {
		turns, err := g.turns(ctx, s.Games[n])
		if err != nil {
			return err
		}
		for _, t := range turns {
			symbols, err := c.candidates(ctx, t.view, t.Candidates)
			if err != nil {
				return err
			}
			for i, symbol := range symbols {
				parts[n].Add(t.view, model, symbol, t.Candidates[i].Text)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	lexicon := &regard.Lexicon{}
	for i := range parts {
		lexicon.Merge(&parts[i])
	}
	s.Lexicon = lexicon.Frequent(max(2, int(rare*float64(len(s.Games)))))
	return nil
}

// tally counts who did and said what in self-play.
func (g *Game) tally(ctx context.Context, s *Space) (*belief.Tally, error) {
	all := &belief.Tally{}
	for _, m := range s.Games {
		if _, err := g.turns(ctx, m); err != nil {
			return nil, err
		}
		var one belief.Tally
		one.Add(m.end)
		all.Merge(&one)
	}
	return all, nil
}
