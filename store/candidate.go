package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// A Candidate is a proposed policy with what it was proposed from and what
// became of it: a row of the data from which proposers can be trained.
type Candidate struct {
	Run        string
	Generation int
	Slot       int
	Prompt     string // what the proposer was told; empty for one that is told nothing
	Tree       string // its text, sound or not
	Hash       string
	Parents    []string        // hashes
	Result     json.RawMessage // the job's own form
	Accepted   bool
}

// PutCandidate stores a candidate. One that is there already for the same run,
// generation and slot is replaced, as its result comes later than its text.
func (s *Store) PutCandidate(ctx context.Context, c Candidate) error {
	doing := fmt.Sprintf("store candidate %d/%d of run %s", c.Generation, c.Slot, c.Run)
	parents, err := json.Marshal(c.Parents)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	_, err = s.ExecContext(ctx, `INSERT OR REPLACE INTO candidates
		(run, generation, slot, prompt, tree, hash, parents, result, accepted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.Run, c.Generation, c.Slot, c.Prompt, c.Tree, c.Hash, string(parents), text(c.Result), c.Accepted)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, explain(err))
	}
	return nil
}

// DropCandidates forgets the candidates of a run.
func (s *Store) DropCandidates(ctx context.Context, run string) error {
	if _, err := s.ExecContext(ctx, `DELETE FROM candidates WHERE run = ?`, run); err != nil {
		return fmt.Errorf("drop the candidates of run %s: %w", run, explain(err))
	}
	return nil
}

// Candidates returns the candidates of a run by generation and slot.
func (s *Store) Candidates(ctx context.Context, run string) ([]Candidate, error) {
	return collect(ctx, s, "read the candidates of run "+run, func(scan func(...any) error) (Candidate, error) {
		var c Candidate
		var parents, result string
		err := scan(&c.Run, &c.Generation, &c.Slot, &c.Prompt, &c.Tree, &c.Hash, &parents, &result, &c.Accepted)
		if err != nil {
			return Candidate{}, explain(err)
		}
		c.Result = json.RawMessage(result)
		return c, json.Unmarshal([]byte(parents), &c.Parents)
	}, `SELECT run, generation, slot, prompt, tree, hash, parents, result, accepted
		FROM candidates WHERE run = ? ORDER BY generation, slot`, run)
}
