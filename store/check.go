package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// A Report is what [Check] found.
type Report struct {
	// Form is the schema's version.
	Form int `json:"form"`
	// Rows counts the rows of each table.
	Rows map[string]int `json:"rows"`
	// Runs are the runs with the number of their matches.
	Runs []RunReport `json:"runs"`
	// Faults say what is wrong, a sentence each; none in a sound file.
	Faults []string `json:"faults,omitempty"`
}

// RunReport is one run.
type RunReport struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	Status  Status `json:"status"`
	Matches int    `json:"matches"`
}

// mostFaults bounds a report.
const mostFaults = 20

// Check reads all of a file and reports what is wrong with it: pages and indices that
// do not fit together, rows of no run, and columns that hold no JSON where they must.
// The error is that the file cannot be opened at all.
func Check(ctx context.Context, path string) (*Report, error) {
	s, err := OpenReadOnly(path)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	r := &Report{Rows: map[string]int{}}
	fault := func(format string, args ...any) {
		if len(r.Faults) < mostFaults {
			r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
		}
	}
	if err := s.QueryRowContext(ctx, "PRAGMA user_version").Scan(&r.Form); err != nil {
		return nil, fmt.Errorf("check %s: %w", path, explain(err))
	}
	lines, err := collect(ctx, s, "check the file", scanString, "PRAGMA integrity_check(20)")
	if err != nil {
		fault("%v", err)
	}
	for _, line := range lines {
		if line != "ok" {
			fault("%s", line)
		}
	}
	strays, err := collect(ctx, s, "check the references", func(scan func(...any) error) (string, error) {
		var table, parent string
		var row, key any
		err := scan(&table, &row, &parent, &key)
		return fmt.Sprintf("row %v of %s belongs to no row of %s", row, table, parent), explain(err)
	}, "PRAGMA foreign_key_check")
	if err != nil {
		fault("%v", err)
	}
	for _, stray := range strays {
		fault("%s", stray)
	}
	for i := range tables {
		t := &tables[i]
		var rows int
		if err := s.QueryRowContext(ctx, "SELECT count(*) FROM "+t.name).Scan(&rows); err != nil {
			fault("count %s: %v", t.name, explain(err))
		}
		r.Rows[t.name] = rows
	}
	runs, err := s.Runs(ctx, "")
	if err != nil {
		fault("%v", err)
	}
	for _, run := range runs {
		one := RunReport{ID: run.ID, Kind: run.Kind, Status: run.Status}
		err := s.EachMatch(ctx, run.ID, "", func(m MatchText) error {
			one.Matches++
			if !json.Valid([]byte(m.Outcome)) {
				fault("match %s of run %s has an outcome that is no JSON", m.Key, run.ID)
			}
			if !json.Valid([]byte(m.Policies)) {
				fault("match %s of run %s has policies that are no JSON", m.Key, run.ID)
			}
			return nil
		})
		if err != nil {
			fault("%v", err)
		}
		r.Runs = append(r.Runs, one)
	}
	return r, nil
}

func scanString(scan func(...any) error) (text string, err error) {
	err = scan(&text)
	return text, explain(err)
}

// Compact gives room back to the disk that rows no longer need, and writes the log
// into the file. It fails while another process uses the file.
func (s *Store) Compact(ctx context.Context) error {
	for _, statement := range []string{"PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := s.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("compact the store: %w", explain(err))
		}
	}
	return nil
}

// ForgetReplays takes the replays' paths out of the matches.
func (s *Store) ForgetReplays(ctx context.Context) error {
	if _, err := s.ExecContext(ctx, "UPDATE matches SET replay = '' WHERE replay <> ''"); err != nil {
		return fmt.Errorf("forget the replays: %w", explain(err))
	}
	return nil
}

// Replays returns the paths of all replays that matches name, in their order.
func (s *Store) Replays(ctx context.Context) ([]string, error) {
	return collect(ctx, s, "read the paths of replays", scanString, "SELECT replay FROM matches WHERE replay <> '' ORDER BY run, key")
}
