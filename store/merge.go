package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
)

// ErrConflict says that two stores hold different results for one piece of work.
var ErrConflict = errors.New("the two hold different results for the same work: they are of different settings or programs, or one is damaged")

// Merge adds the rows of another file that this one does not have, and returns how
// many those were, by table. It adds all or nothing: the error wraps [ErrConflict]
// when the two differ in a row that both have. The other file is not changed.
func (s *Store) Merge(ctx context.Context, path string) (added map[string]int, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("merge %s: %w", path, err)
		}
	}()
	other, err := OpenReadOnly(path) // of the present form, and sound
	if err != nil {
		return nil, err
	}
	if err := other.Close(); err != nil {
		return nil, err
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	connection, err := s.database.Conn(ctx)
	if err != nil {
		return nil, explain(err)
	}
	defer connection.Close()
	source := url.URL{Scheme: "file", Path: filepath.ToSlash(absolute), RawQuery: "mode=ro"}
	if _, err := connection.ExecContext(ctx, "ATTACH DATABASE ? AS other", source.String()); err != nil {
		return nil, explain(err)
	}
	defer connection.ExecContext(context.WithoutCancel(ctx), "DETACH DATABASE other")
	transaction, err := connection.BeginTx(ctx, nil)
	if err != nil {
		return nil, explain(err)
	}
	defer transaction.Rollback()
	added = map[string]int{}
	for i := range tables {
		t := &tables[i]
		if err := conflict(ctx, transaction, t); err != nil {
			return nil, err
		}
		columns := strings.Join(t.columns(), ", ")
		result, err := transaction.ExecContext(ctx, fmt.Sprintf("INSERT INTO main.%s (%s) SELECT %s FROM other.%s WHERE true ON CONFLICT DO NOTHING", t.name, columns, columns, t.name))
		if err != nil {
			return nil, fmt.Errorf("add to %s: %w", t.name, explain(err))
		}
		rows, err := result.RowsAffected()
		if err != nil {
			return nil, err
		}
		added[t.name] = int(rows)
	}
	return added, explain(transaction.Commit())
}

// conflict finds a row that both files have and in which they differ.
func conflict(ctx context.Context, transaction *sql.Tx, t *table) error {
	var match, differ []string
	for _, key := range t.keys {
		match = append(match, fmt.Sprintf("a.%s = b.%s", key, key))
	}
	for _, column := range t.same {
		differ = append(differ, fmt.Sprintf("a.%s IS NOT b.%s", column, column))
	}
	var key string
	parts := make([]string, len(t.keys))
	for i := range parts {
		parts[i] = "quote(a." + t.keys[i] + ")"
	}
	err := transaction.QueryRowContext(ctx, fmt.Sprintf("SELECT %s FROM main.%s a JOIN other.%s b ON %s WHERE %s LIMIT 1",
		strings.Join(parts, " || ' ' || "), t.name, t.name, strings.Join(match, " AND "), strings.Join(differ, " OR "))).Scan(&key)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return explain(err)
	}
	return fmt.Errorf("%w (%s of %s)", ErrConflict, t.name, key)
}
