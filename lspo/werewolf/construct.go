package werewolf

import (
	"context"
	"encoding/json"
	"fmt"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/lspo"
	"dryad/lspo/latent"
)

// chunk is the number of matches that are kept together.
const chunk = 50

// Construct implements lspo.LanguageGame: self-play, and clusters of what was
// thought of at each turn, by role.
func (g *Game) Construct(ctx context.Context, t lspo.Task, policy, before []byte) ([]byte, error) {
	speaker, err := g.params.Language.Speaker(policy)
	if err != nil {
		return nil, err
	}
	s := &Space{}
	t.Progress.Phase(fmt.Sprintf("iteration %d, self-play", t.Iteration), g.params.Games, 0)
	for first := 0; first < g.params.Games; first += chunk {
		size := min(chunk, g.params.Games-first)
		data, err := t.Once(ctx, fmt.Sprintf("games %d", first), func() ([]byte, error) {
			played := make([]match, size)
			err := parallel(ctx, size, g.params.Workers, func(i int) error {
				var err error
				played[i], err = g.selfPlay(ctx, speaker, games.Mix(t.Seed, uint64(first+i)))
				return err
			})
			if err != nil {
				return nil, err
			}
			return json.Marshal(played)
		})
		if err != nil {
			return nil, err
		}
		var played []match
		if err := json.Unmarshal(data, &played); err != nil {
			return nil, fmt.Errorf("read self-play: %w", err)
		}
		s.Games = append(s.Games, played...)
		t.Progress.Add(size)
	}
	var former *Space
	if before != nil {
		if former, err = ReadSpace(before); err != nil {
			return nil, err
		}
	}
	if err := g.cluster(ctx, t, s, former); err != nil {
		return nil, err
	}
	return json.Marshal(s)
}

// cluster groups what each role thought of.
func (g *Game) cluster(ctx context.Context, t lspo.Task, s, former *Space) error {
	said := map[rules.Role][]string{}
	var all []string
	for i := range s.Games {
		err := g.review(ctx, &s.Games[i], func(v *rules.View, m *move) error {
			for _, text := range m.Said {
				text = mask(text)
				said[v.Role] = append(said[v.Role], text)
				all = append(all, text)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	s.Common = common(all)
	distinct := unique(all)
	t.Progress.Phase(fmt.Sprintf("iteration %d, embedding", t.Iteration), len(distinct), 0)
	vector := make(map[string][]float32, len(distinct))
	const batch = 200
	for first := 0; first < len(distinct); first += batch {
		part := distinct[first:min(first+batch, len(distinct))]
		vectors, err := embedTexts(ctx, g.params.Embedder, s.Common, part)
		if err != nil {
			return err
		}
		for i, text := range part {
			vector[text] = vectors[i]
		}
		t.Progress.Add(len(part))
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
	if g.params.Abstraction == Targets {
		return g.listen(ctx, s)
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
