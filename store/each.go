package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"
)

// A MatchText is a match as the file holds it, without its metrics.
type MatchText struct {
	Key  string
	Seed uint64
	Map  string
	// Policies is a list of JSON, Outcome any value of it.
	Policies, Outcome string
	Replay            string
}

// batchRows is how many rows are read before they are handed over, and batchesAhead how
// many such batches wait at most.
const batchRows, batchesAhead = 512, 4

// EachMatch calls each for the matches of a run from a key on, in the order of their
// keys, without holding them all. Its error ends the reading and is returned as it is.
// The file is read in another goroutine meanwhile.
func (s *Store) EachMatch(ctx context.Context, run, from string, each func(MatchText) error) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	batches := make(chan []string, batchesAhead)
	var group errgroup.Group
	group.Go(func() error {
		defer close(batches)
		return s.readMatches(inner, run, from, batches)
	})
	var failed error
	for batch := range batches {
		if err := ctx.Err(); err != nil && failed == nil {
			failed = fmt.Errorf("read the matches of run %s: %w", run, err)
		}
		for i := 0; i < len(batch) && failed == nil; i++ {
			match, ok := splitMatch(batch[i])
			if !ok {
				failed = fmt.Errorf("read the matches of run %s: a row has lost a part: %w", run, ErrNotStore)
			} else {
				failed = each(match)
			}
			if failed != nil {
				cancel()
			}
		}
	}
	if err := group.Wait(); err != nil && failed == nil {
		return fmt.Errorf("read the matches of run %s: %w", run, explain(err))
	}
	return failed
}

// separator ends the parts of a row that are no names: it stands in no JSON.
const separator = "\x1f"

// selectTexts has one column, which costs the driver less than six.
const selectTexts = `SELECT octet_length(key) || char(31) || seed || char(31) || octet_length(map) || char(31)
	|| policies || char(31) || outcome || char(31) || key || map || replay FROM matches WHERE run = ? AND key >= ? ORDER BY key`

// readMatches hands over the rows of selectTexts.
func (s *Store) readMatches(ctx context.Context, run, from string, batches chan<- []string) error {
	rows, err := s.QueryContext(ctx, selectTexts, run, from)
	if err != nil {
		return err
	}
	defer rows.Close()
	batch := make([]string, 0, batchRows)
	send := func() error {
		select {
		case batches <- batch:
			batch = make([]string, 0, batchRows)
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for rows.Next() {
		var row string
		if err := rows.Scan(&row); err != nil {
			return err
		}
		if batch = append(batch, row); len(batch) == batchRows {
			if err := send(); err != nil {
				return err
			}
		}
	}
	return errors.Join(rows.Err(), send())
}

// splitMatch takes a row apart.
func splitMatch(row string) (m MatchText, ok bool) {
	var parts [5]string
	for i := range parts {
		if parts[i], row, ok = strings.Cut(row, separator); !ok {
			return m, false
		}
	}
	seed, err := strconv.ParseInt(parts[1], 10, 64)
	key, noKey := strconv.Atoi(parts[0])
	mapped, noMap := strconv.Atoi(parts[2])
	if err != nil || noKey != nil || noMap != nil || key+mapped > len(row) {
		return m, false
	}
	return MatchText{Key: row[:key], Seed: uint64(seed), Map: row[key : key+mapped],
		Policies: parts[3], Outcome: parts[4], Replay: row[key+mapped:]}, true
}
