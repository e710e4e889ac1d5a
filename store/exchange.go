package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// An Exchange is one question to a model and what came back.
type Exchange struct {
	Run        string
	Generation int
	Slot       int
	Attempt    int
	Model      string
	Request    json.RawMessage
	Response   json.RawMessage // null if there was none
	Error      string          // empty if there was none
}

// PutExchange stores an exchange and says whether it was the first for its
// generation, slot and attempt. A later one is dropped: what a run has paid for
// stays as it was.
func (s *Store) PutExchange(ctx context.Context, e Exchange) (added bool, err error) {
	return s.insert(ctx, fmt.Sprintf("store exchange %d/%d/%d of run %s", e.Generation, e.Slot, e.Attempt, e.Run),
		`INSERT INTO exchanges (run, generation, slot, attempt, model, request, response, error)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		e.Run, e.Generation, e.Slot, e.Attempt, e.Model, text(e.Request), text(e.Response), e.Error)
}

// Exchanges returns the exchanges of a run by generation, slot and attempt.
func (s *Store) Exchanges(ctx context.Context, run string) ([]Exchange, error) {
	return collect(ctx, s, "read the exchanges of run "+run, func(scan func(...any) error) (Exchange, error) {
		var e Exchange
		var request, response string
		err := scan(&e.Run, &e.Generation, &e.Slot, &e.Attempt, &e.Model, &request, &response, &e.Error)
		e.Request, e.Response = json.RawMessage(request), json.RawMessage(response)
		return e, explain(err)
	}, `SELECT run, generation, slot, attempt, model, request, response, error
		FROM exchanges WHERE run = ? ORDER BY generation, slot, attempt`, run)
}
