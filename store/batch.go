package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// PutMatches stores matches in one transaction, all or none: that costs hardly more
// than one of them, as the disk is waited for once. One that is there already for its
// key is kept, unless replace says otherwise.
func (s *Store) PutMatches(ctx context.Context, matches []Match, replace bool) error {
	conflict := "NOTHING"
	if replace {
		conflict = `UPDATE SET seed = excluded.seed, map = excluded.map, policies = excluded.policies,
			outcome = excluded.outcome, metrics = excluded.metrics, replay = excluded.replay`
	}
	return s.Update(ctx, func(s *Store) error {
		statement, err := s.PrepareContext(ctx, `INSERT INTO matches (run, key, seed, map, policies, outcome, metrics, replay)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run, key) DO `+conflict)
		if err != nil {
			return fmt.Errorf("store matches: %w", explain(err))
		}
		defer statement.Close()
		for i := range matches {
			m := &matches[i]
			policies, err := json.Marshal(m.Policies)
			if err == nil {
				_, err = statement.ExecContext(ctx, m.Run, m.Key, int64(m.Seed), m.Map, string(policies), text(m.Outcome), text(m.Metrics), m.Replay)
			}
			if err != nil {
				return fmt.Errorf("store match %s of run %s: %w", m.Key, m.Run, explain(err))
			}
			if replace {
				if err := s.forget(ctx, m.Run, m.Key); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// A Snapshot is what somebody has made of the matches of a run whose keys come before
// one. It says no more than those matches do, and is forgotten when one of them is
// replaced.
type Snapshot struct {
	Before string // the first key that it does not hold
	Rows   int    // how many matches it holds
	Data   []byte
}

// snapshotKey is where a snapshot of a name stands among the work of a run.
func snapshotKey(name string) string { return "snapshot/" + name }

// PutSnapshot stores a snapshot in the place of an earlier one of its name.
func (s *Store) PutSnapshot(ctx context.Context, run, name string, shot Snapshot) error {
	data, err := json.Marshal(shot)
	if err == nil {
		_, err = s.ExecContext(ctx, `INSERT INTO work (run, key, result) VALUES (?, ?, ?) ON CONFLICT (run, key) DO UPDATE SET result = excluded.result`, run, snapshotKey(name), data)
	}
	if err != nil {
		return fmt.Errorf("store a snapshot of run %s: %w", run, explain(err))
	}
	return nil
}

// SnapshotOf returns a snapshot; false if there is none, or if the store does not hold
// as many matches before its key as it was made of.
func (s *Store) SnapshotOf(ctx context.Context, run, name string) (shot Snapshot, ok bool, err error) {
	data, err := s.WorkResult(ctx, run, snapshotKey(name))
	if errors.Is(err, ErrNotFound) {
		return shot, false, nil
	}
	if err != nil {
		return shot, false, err
	}
	if json.Unmarshal(data, &shot) != nil {
		return shot, false, nil
	}
	rows := 0
	if err := s.QueryRowContext(ctx, `SELECT count(*) FROM matches WHERE run = ? AND key < ?`, run, shot.Before).Scan(&rows); err != nil {
		return shot, false, fmt.Errorf("count the matches of run %s: %w", run, explain(err))
	}
	return shot, rows == shot.Rows, nil
}

// forget drops the snapshots that hold a match.
func (s *Store) forget(ctx context.Context, run, key string) error {
	_, err := s.ExecContext(ctx, `DELETE FROM work WHERE run = ? AND key >= 'snapshot/' AND key < 'snapshot0' AND json_extract(CAST(result AS TEXT), '$.Before') > ?`, run, key)
	if err != nil {
		return fmt.Errorf("forget the snapshots of run %s: %w", run, explain(err))
	}
	return nil
}
