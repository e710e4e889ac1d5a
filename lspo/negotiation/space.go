package negotiation

import (
	"context"
	"math/rand/v2"
	"slices"

	"dryad/games"
	"dryad/games/negotiation"
	"dryad/llm/embed"
	"dryad/lspo"
	"dryad/lspo/latent"
	"dryad/match"
	"dryad/replay"
)

// Turn is a turn of self-play.
type Turn struct {
	Seat       int                `json:"seat"`
	Values     negotiation.Items  `json:"values"`
	Moves      []negotiation.Move `json:"moves"` // before it
	Texts      []string           `json:"texts"`
	Candidates []string           `json:"candidates"`
}

// view returns what the seat knew.
func (t *Turn) view(set *negotiation.Set) *negotiation.View {
	return &negotiation.View{Seat: t.Seat, Values: t.Values, Talk: &negotiation.Talk{Set: set, Moves: t.Moves}, Texts: t.Texts}
}

// Space is the latent strategies of each seat, and what self-play said in them.
type Space struct {
	Groups []*latent.Group `json:"groups"` // of the first speaker, and of the second
	Turns  []Turn          `json:"turns"`
	// Clusters has the cluster of each text, by seat.
	Clusters [2]map[string]int `json:"clusters"`
}

// seatNames name the groups.
var seatNames = [2]string{"first", "second"}

// recorder is the speaker in self-play: it says one of its candidates at random,
// and keeps them.
type recorder struct {
	speaker Speaker
	turns   *[]Turn
}

// Speak implements negotiation.Agent.
func (r recorder) Speak(_ context.Context, v *negotiation.View, draw *rand.Rand) (string, error) {
	candidates := r.speaker.Candidates(v, candidatesEach, draw)
	*r.turns = append(*r.turns, Turn{
		Seat: v.Seat, Values: v.Values, Moves: slices.Clone(v.Talk.Moves), Texts: slices.Clone(v.Texts), Candidates: candidates,
	})
	return candidates[draw.IntN(len(candidates))], nil
}

// play plays the match of a seed.
func (g *Game) play(ctx context.Context, seed uint64, agents [2]negotiation.Agent) (*negotiation.World, error) {
	p := match.Params{Game: negotiation.New(), Config: games.Config{Mode: "small"}, Seed: seed}
	for _, a := range agents {
		p.Entrants = append(p.Entrants, match.Entrant{Record: replay.Policy{Name: "lspo"}, Make: func(_ match.PlayerContext, _ games.Seat, seed uint64) (match.Player, error) {
			return negotiation.NewPlayer(ctx, a, seed), nil
		}})
	}
	m, err := match.New(p)
	if err != nil {
		return nil, err
	}
	defer m.Close()
	if _, err := m.Finish(ctx); err != nil {
		return nil, err
	}
	return m.World().(*negotiation.World), nil
}

// Construct implements lspo.LanguageGame: self-play, and clusters of what each
// seat thought of.
func (g *Game) Construct(ctx context.Context, t lspo.Task, it, before *Iteration) (*Space, error) {
	s := &Space{}
	n := g.Games
	if n == 0 {
		n = defaultGames
	}
	r := recorder{it.Policy, &s.Turns}
	for i := range n {
		if _, err := g.play(ctx, games.Mix(t.Seed, uint64(i)), [2]negotiation.Agent{r, r}); err != nil {
			return nil, err
		}
		t.Progress.Add(1)
	}
	for seat, name := range seatNames {
		var said []string
		for i := range s.Turns {
			if s.Turns[i].Seat == seat {
				said = append(said, s.Turns[i].Candidates...)
			}
		}
		vectors, err := embedAll(ctx, g.Embedder, said)
		if err != nil {
			return nil, err
		}
		p := latent.Params{Name: name, Clusters: first + t.Iteration - 1, Seed: games.Mix(t.Seed, uint64(seat))}
		if before != nil {
			p.Before = before.Space.Groups[seat]
		}
		group, err := latent.Build(p, said, vectors)
		if err != nil {
			return nil, err
		}
		s.Groups = append(s.Groups, group)
		s.Clusters[seat] = map[string]int{}
		for i, text := range said {
			if _, known := s.Clusters[seat][text]; !known {
				s.Clusters[seat][text] = group.Nearest(vectors[i])
			}
		}
	}
	return s, nil
}

// embedAll embeds each different text once.
func embedAll(ctx context.Context, e embed.Embedder, texts []string) ([][]float32, error) {
	place := map[string]int{}
	var different []string
	for _, text := range texts {
		if _, ok := place[text]; !ok {
			place[text] = len(different)
			different = append(different, text)
		}
	}
	vectors, err := e.Embed(ctx, different)
	if err != nil {
		return nil, err
	}
	all := make([][]float32, len(texts))
	for i, text := range texts {
		all[i] = vectors[place[text]]
	}
	return all, nil
}

// cluster returns the latent strategy of a text that a seat says, and whether it
// has one. Texts that self-play did not have have none.
func (s *Space) cluster(seat int, text string) (int, bool) {
	c, ok := s.Clusters[seat][text]
	return c, ok
}
