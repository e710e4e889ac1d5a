package store

import (
	"context"
	"fmt"
)

// PutWork stores the result of one piece of work and says whether it was the
// first for its key. A later one is dropped: work is done once.
func (s *Store) PutWork(ctx context.Context, run, key string, result []byte) (added bool, err error) {
	if result == nil {
		result = []byte{}
	}
	return s.insert(ctx, fmt.Sprintf("store work %s of run %s", key, run),
		`INSERT INTO work (run, key, result) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, run, key, result)
}

// DropWork forgets the results of pieces of work: they are to be done again.
func (s *Store) DropWork(ctx context.Context, run string, keys []string) error {
	return s.Update(ctx, func(t *Store) error {
		for _, key := range keys {
			if _, err := t.ExecContext(ctx, `DELETE FROM work WHERE run = ? AND key = ?`, run, key); err != nil {
				return fmt.Errorf("drop work %s of run %s: %w", key, run, explain(err))
			}
		}
		return nil
	})
}

// WorkResult returns the result of one piece of work; the error is ErrNotFound
// if it was not done.
func (s *Store) WorkResult(ctx context.Context, run, key string) ([]byte, error) {
	var result []byte
	err := s.QueryRowContext(ctx, `SELECT result FROM work WHERE run = ? AND key = ?`, run, key).Scan(&result)
	if err != nil {
		return nil, fmt.Errorf("read work %s of run %s: %w", key, run, notFound(err))
	}
	return result, nil
}

// Work returns all finished pieces of work of a run by their keys.
func (s *Store) Work(ctx context.Context, run string) (map[string][]byte, error) {
	type piece struct {
		key    string
		result []byte
	}
	pieces, err := collect(ctx, s, "read the work of run "+run, func(scan func(...any) error) (p piece, err error) {
		err = scan(&p.key, &p.result)
		return p, err
	}, `SELECT key, result FROM work WHERE run = ?`, run)
	if err != nil {
		return nil, err
	}
	done := make(map[string][]byte, len(pieces))
	for _, piece := range pieces {
		done[piece.key] = piece.result
	}
	return done, nil
}

// insert executes one INSERT ... ON CONFLICT DO NOTHING and says whether a row
// was added.
func (s *Store) insert(ctx context.Context, doing, query string, args ...any) (added bool, err error) {
	result, err := s.ExecContext(ctx, query, args...)
	if err != nil {
		return false, fmt.Errorf("%s: %w", doing, explain(err))
	}
	rows, err := result.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("%s: %w", doing, err)
	}
	return rows > 0, nil
}
