package session

import (
	"context"
	"errors"

	"dryad/evolve"
	"dryad/store"
)

// inStore keeps the chunks and candidates of a search in the run's store.
type inStore struct{ store *store.Store }

// Work implements [evolve.Memory].
func (m inStore) Work(ctx context.Context, key string) ([]byte, bool, error) {
	result, err := m.store.WorkResult(ctx, ID, key)
	if errors.Is(err, store.ErrNotFound) {
		return nil, false, nil
	}
	return result, err == nil, err
}

// PutWork implements [evolve.Memory]. A chunk that was played is kept even when
// the run is being stopped.
func (m inStore) PutWork(ctx context.Context, key string, result []byte) error {
	_, err := m.store.PutWork(context.WithoutCancel(ctx), ID, key, result)
	return err
}

// Drop implements [memory].
func (m inStore) Drop(ctx context.Context, keys []string) error {
	return errors.Join(m.store.DropWork(ctx, ID, keys), m.store.DropCandidates(ctx, ID))
}

// PutCandidate implements [evolve.Recorder].
func (m inStore) PutCandidate(ctx context.Context, e *evolve.Entry) error {
	return m.store.PutCandidate(context.WithoutCancel(ctx), store.Candidate{
		Run: ID, Generation: e.Generation, Slot: e.Slot, Prompt: e.Prompt, Tree: e.Source,
		Hash: e.Hash, Parents: e.Parents, Result: e.Result(), Accepted: e.Fate == evolve.Accepted,
	})
}

// inMemory keeps the chunks of a search that has no folder.
type inMemory struct{ work map[string][]byte }

// Work implements [evolve.Memory].
func (m inMemory) Work(_ context.Context, key string) ([]byte, bool, error) {
	result, have := m.work[key]
	return result, have, nil
}

// PutWork implements [evolve.Memory].
func (m inMemory) PutWork(_ context.Context, key string, result []byte) error {
	m.work[key] = result
	return nil
}

// Drop implements [memory].
func (m inMemory) Drop(_ context.Context, keys []string) error {
	for _, key := range keys {
		delete(m.work, key)
	}
	return nil
}

// PutCandidate implements [evolve.Recorder]: the result has all entries.
func (inMemory) PutCandidate(context.Context, *evolve.Entry) error { return nil }
