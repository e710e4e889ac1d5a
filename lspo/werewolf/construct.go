package werewolf

import (
	"context"
	"fmt"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/lspo"
	"dryad/lspo/latent"
)

// Construct implements lspo.LanguageGame: self-play, and clusters of what was
// thought of at each turn, by role.
func (g *Game) Construct(ctx context.Context, t lspo.Task, it, before *Iteration) (*Space, error) {
	speaker, err := g.params.Language.Speaker(it.Policy)
	if err != nil {
		return nil, err
	}
	s := &Space{}
	t.Progress.Phase(fmt.Sprintf("iteration %d, self-play", t.Iteration), g.params.Games, 0)
	for first := 0; first < g.params.Games; first += chunk {
		size := min(chunk, g.params.Games-first)
		played, err := lspo.Once(ctx, t, chunkName(first), lspo.JSON[[]*SelfPlay](), func() ([]*SelfPlay, error) {
			return g.selfPlays(ctx, speaker, t.Seed, first, size)
		})
		if err != nil {
			return nil, err
		}
		s.Games = append(s.Games, played...)
		t.Progress.Add(size)
	}
	var former *Space
	if before != nil {
		former = before.Space
	}
	return s, g.cluster(ctx, t, s, former)
}

// selfPlays plays matches first to first+n-1 of a seed.
func (g *Game) selfPlays(ctx context.Context, speaker Speaker, seed uint64, first, n int) ([]*SelfPlay, error) {
	played := make([]*SelfPlay, n)
	return played, parallel(ctx, n, g.params.Workers, func(i int) (err error) {
		played[i], err = g.selfPlay(ctx, speaker, games.Mix(seed, uint64(first+i)))
		return err
	})
}

// cluster groups what each role thought of.
func (g *Game) cluster(ctx context.Context, t lspo.Task, s, former *Space) error {
	said := map[rules.Role][]string{}
	var all []string
	for _, m := range s.Games {
		turns, err := g.turns(ctx, m)
		if err != nil {
			return err
		}
		for _, turn := range turns {
			for _, one := range turn.Candidates {
				text := mask(one.Text)
				said[turn.view.Role] = append(said[turn.view.Role], text)
				all = append(all, text)
			}
		}
	}
	s.Common = common(all)
	distinct := unique(all)
	t.Progress.Phase(fmt.Sprintf("iteration %d, embedding", t.Iteration), len(distinctSentences(distinct)), 0)
	embedded, err := embedTexts(ctx, g.params.Embedder, s.Common, distinct, t.Progress.Add)
	if err != nil {
		return err
	}
	vector := make(map[string][]float32, len(distinct))
	for i, text := range distinct {
		vector[text] = embedded[i]
	}
	for i, role := range g.kinds {
		texts := said[role]
		if len(texts) == 0 {
			return fmt.Errorf("no %s ever said anything in %d matches", role, len(s.Games))
		}
		vectors := make([][]float32, len(texts))
		for j, text := range texts {
			vectors[j] = vector[text]
		}
		p := latent.Params{Name: role.String(), Clusters: g.params.clusters(role, t.Iteration), Seed: games.Mix(t.Seed, uint64(role))}
		if former != nil {
			p.Before = former.Groups[i]
		}
		group, err := latent.Build(p, texts, vectors)
		if err != nil {
			return err
		}
		s.Groups = append(s.Groups, group)
	}
	s.number()
	g.classifier(s).learn(vector)
	if g.params.Abstraction == Targets {
		return g.countLexicon(ctx, s)
	}
	return nil
}

// unique returns the different texts in the order in which they come first.
func unique(texts []string) []string {
	seen := map[string]bool{}
	var different []string
	for _, text := range texts {
		if !seen[text] {
			seen[text] = true
			different = append(different, text)
		}
	}
	return different
}
