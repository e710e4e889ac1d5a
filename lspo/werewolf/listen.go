package werewolf

import (
	"context"

	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/regard"
	"dryad/games/werewolf/rules"
)

// rare is the part of the matches below which a speech is left out of the
// lexicon: so few cannot be judged.
const rare = 1.0 / 20

// listen settles what deeds and words tell about who is who, and counts in
// self-play who says what about whom.
func (g *Game) listen(ctx context.Context, s *Space) error {
	model := belief.DefaultModel()
	if g.params.Learned {
		tally, err := g.tally(ctx, s)
		if err != nil {
			return err
		}
		model = tally.Model()
	}
	s.Hearing = &model

	e := newEar(s, g.kinds, g.params.Embedder)
	parts := make([]regard.Lexicon, len(s.Games))
	err := parallel(ctx, len(s.Games), g.params.Workers, func(n int) error {
		return g.review(ctx, &s.Games[n], func(v *rules.View, m *move) error {
			sounds, err := e.hear(ctx, m.Said...)
			if err != nil {
				return err
			}
			for i, sound := range sounds {
				parts[n].Add(v, model, sound.own[e.kind[v.Role]], m.Said[i])
			}
			return nil
		})
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
	tallies := make([]belief.Tally, len(s.Games))
	err := parallel(ctx, len(s.Games), g.params.Workers, func(n int) error {
		played, err := g.replay(ctx, &s.Games[n], func(*rules.View, *move) error { return nil })
		if err == nil {
			tallies[n].Add(played.World.Table())
		}
		return err
	})
	all := &belief.Tally{}
	for i := range tallies {
		all.Merge(&tallies[i])
	}
	return all, err
}
