package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// A Match is one finished match of a run.
type Match struct {
	Run      string
	Key      string // unique in the run, and the order of reading
	Seed     uint64
	Map      string
	Policies []string        // hashes, by seat
	Outcome  json.RawMessage // the job's own form
	Metrics  json.RawMessage // the job's own form
	Replay   string          // path relative to the run's folder; empty if none was kept
}

// PutMatch stores a match and says whether it was the first for its key. A
// later one is dropped.
func (s *Store) PutMatch(ctx context.Context, match Match) (added bool, err error) {
	doing := fmt.Sprintf("store match %s of run %s", match.Key, match.Run)
	policies, err := json.Marshal(match.Policies)
	if err != nil {
		return false, fmt.Errorf("%s: %w", doing, err)
	}
	return s.insert(ctx, doing, `INSERT INTO matches (run, key, seed, map, policies, outcome, metrics, replay)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		match.Run, match.Key, int64(match.Seed), match.Map, string(policies),
		text(match.Outcome), text(match.Metrics), match.Replay)
}

// ReplaceMatch puts a match in the place of the one that is stored for its key:
// that one turned out to be wrong.
func (s *Store) ReplaceMatch(ctx context.Context, match Match) error {
	return s.PutMatches(ctx, []Match{match}, true)
}

// Matches returns the matches of a run in the order of their keys.
func (s *Store) Matches(ctx context.Context, run string) ([]Match, error) {
	return collect(ctx, s, "read the matches of run "+run, scanMatch, selectMatches+` WHERE run = ? ORDER BY key`, run)
}

// Match returns one match; the error is ErrNotFound if there is none.
func (s *Store) Match(ctx context.Context, run, key string) (Match, error) {
	match, err := scanMatch(s.QueryRowContext(ctx, selectMatches+` WHERE run = ? AND key = ?`, run, key).Scan)
	if err != nil {
		return Match{}, fmt.Errorf("read match %s of run %s: %w", key, run, err)
	}
	return match, nil
}

const selectMatches = `SELECT run, key, seed, map, policies, outcome, metrics, replay FROM matches`

func scanMatch(scan func(...any) error) (Match, error) {
	var m Match
	var seed int64
	var policies, outcome, metrics string
	if err := scan(&m.Run, &m.Key, &seed, &m.Map, &policies, &outcome, &metrics, &m.Replay); err != nil {
		return Match{}, notFound(err)
	}
	m.Seed = uint64(seed)
	m.Outcome, m.Metrics = json.RawMessage(outcome), json.RawMessage(metrics)
	if err := json.Unmarshal([]byte(policies), &m.Policies); err != nil {
		return Match{}, fmt.Errorf("match %s: policies: %w", m.Key, err)
	}
	return m, nil
}

// text is a JSON value for a column; an absent one is null.
func text(value json.RawMessage) string {
	if len(value) == 0 {
		return "null"
	}
	return string(value)
}
