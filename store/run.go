package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// A Status is the state of a run.
type Status string

// The states of a run.
const (
	Running     Status = "running"     // a process works on it, or died doing so
	Interrupted Status = "interrupted" // stopped before its end; can be resumed
	Finished    Status = "finished"    // nothing is left to do
	Failed      Status = "failed"      // stopped by an error; can be resumed
)

// A Run is one long job.
type Run struct {
	ID            string          // unique in the file
	Kind          string          // the command that made it: evolve, tournament, ...
	Configuration json.RawMessage // all that determines the result
	Seed          uint64
	Status        Status
	Stopped       string // why it stopped, for people
	Started       time.Time
	Updated       time.Time
}

// CreateRun adds a run in the state Running, started now. An ID that exists is
// an error.
func (s *Store) CreateRun(ctx context.Context, run Run) error {
	if len(run.Configuration) == 0 {
		run.Configuration = json.RawMessage("{}")
	}
	now := time.Now().UnixMilli()
	_, err := s.ExecContext(ctx, `INSERT INTO runs
		(id, kind, configuration, seed, status, stopped, started, updated) VALUES (?, ?, ?, ?, ?, '', ?, ?)`,
		run.ID, run.Kind, string(run.Configuration), int64(run.Seed), string(Running), now, now)
	if err != nil {
		return fmt.Errorf("create run %s: %w", run.ID, explain(err))
	}
	return nil
}

// SetStatus says where a run stands, and why it stopped.
func (s *Store) SetStatus(ctx context.Context, id string, status Status, stopped string) error {
	result, err := s.ExecContext(ctx, `UPDATE runs SET status = ?, stopped = ?, updated = ? WHERE id = ?`,
		string(status), stopped, time.Now().UnixMilli(), id)
	if err == nil {
		var changed int64
		if changed, err = result.RowsAffected(); err == nil && changed == 0 {
			err = ErrNotFound
		}
	}
	if err != nil {
		return fmt.Errorf("set the status of run %s: %w", id, explain(err))
	}
	return nil
}

// Run returns one run; the error is ErrNotFound if there is none of that ID.
func (s *Store) Run(ctx context.Context, id string) (Run, error) {
	run, err := scanRun(s.QueryRowContext(ctx, selectRuns+` WHERE id = ?`, id).Scan)
	if err != nil {
		return Run{}, fmt.Errorf("read run %s: %w", id, err)
	}
	return run, nil
}

// Runs returns all runs of one kind, or of every kind if it is empty, oldest
// first.
func (s *Store) Runs(ctx context.Context, kind string) ([]Run, error) {
	return collect(ctx, s, "read the runs", scanRun,
		selectRuns+` WHERE ?1 = '' OR kind = ?1 ORDER BY started, id`, kind)
}

const selectRuns = `SELECT id, kind, configuration, seed, status, stopped, started, updated FROM runs`

func scanRun(scan func(...any) error) (Run, error) {
	var run Run
	var configuration, status string
	var seed, started, updated int64
	err := scan(&run.ID, &run.Kind, &configuration, &seed, &status, &run.Stopped, &started, &updated)
	run.Configuration = json.RawMessage(configuration)
	run.Seed = uint64(seed)
	run.Status = Status(status)
	run.Started = time.UnixMilli(started)
	run.Updated = time.UnixMilli(updated)
	return run, notFound(err)
}

// collect runs a query and reads each of its rows.
func collect[T any](ctx context.Context, s *Store, doing string, read func(scan func(...any) error) (T, error), query string, args ...any) ([]T, error) {
	rows, err := s.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doing, explain(err))
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := read(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", doing, err)
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", doing, explain(err))
	}
	return all, nil
}

func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return explain(err)
}
