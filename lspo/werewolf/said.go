package werewolf

import (
	"context"

	"dryad/games/werewolf/rules"
	"dryad/lspo"
)

// Spoken is a text that a seat thought of in self-play.
type Spoken struct {
	View     *rules.View
	Text     string
	Strategy int // its cluster among those of the seat's role
}

// Said returns all that seats thought of in an iteration's self-play.
func (g *Game) Said(ctx context.Context, it lspo.Iteration) ([]Spoken, error) {
	space, err := ReadSpace(it.Space)
	if err != nil {
		return nil, err
	}
	e := newEar(space, g.kinds, g.params.Embedder)
	var said []Spoken
	for i := range space.Games {
		err := g.review(ctx, &space.Games[i], func(v *rules.View, m *move) error {
			sounds, err := e.hear(ctx, m.Said...)
			if err != nil {
				return err
			}
			for j, s := range sounds {
				said = append(said, Spoken{View: v, Text: m.Said[j], Strategy: s.own[e.kind[v.Role]]})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return said, nil
}
