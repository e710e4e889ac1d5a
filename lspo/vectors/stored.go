package vectors

import (
	"context"
	"errors"

	"dryad/llm/embed"
	"dryad/store"
)

// Stored is an embed.Cache in a store.
type Stored struct{ store *store.Store }

var _ embed.Cache = Stored{}

// In makes a cache of a store, which the caller closes.
func In(s *store.Store) Stored { return Stored{s} }

// Lookup implements embed.Cache.
func (c Stored) Lookup(ctx context.Context, name string, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vector, err := c.store.Embedding(ctx, text, name)
		switch {
		case errors.Is(err, store.ErrNotFound):
		case err != nil:
			return nil, err
		default:
			vectors[i] = vector
		}
	}
	return vectors, nil
}

// Keep implements embed.Cache; it writes all vectors or none.
func (c Stored) Keep(ctx context.Context, name string, texts []string, vectors [][]float32) error {
	return c.store.Update(ctx, func(s *store.Store) error {
		for i, text := range texts {
			if err := s.PutEmbedding(ctx, text, name, vectors[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
