package store

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Export writes all rows as lines of JSON: {"table": "matches", "row": {...}}. Tables
// and rows come in one order, so that equal stores give equal texts. What is no text
// is written as an object with the key base64.
func (s *Store) Export(ctx context.Context, w io.Writer) error {
	lines := json.NewEncoder(w)
	for i := range tables {
		t := &tables[i]
		if err := s.exportTable(ctx, t, lines); err != nil {
			return fmt.Errorf("export %s: %w", t.name, err)
		}
	}
	return nil
}

func (s *Store) exportTable(ctx context.Context, t *table, lines *json.Encoder) error {
	columns := t.columns()
	rows, err := s.QueryContext(ctx, fmt.Sprintf("SELECT %s FROM %s ORDER BY %s", strings.Join(columns, ", "), t.name, strings.Join(t.keys, ", ")))
	if err != nil {
		return explain(err)
	}
	defer rows.Close()
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return explain(err)
		}
		row := make(map[string]any, len(columns))
		for i, name := range columns {
			switch v := values[i].(type) {
			case []byte:
				row[name] = map[string][]byte{"base64": v}
			case string:
				if row[name] = v; !utf8.ValidString(v) {
					row[name] = map[string][]byte{"base64": []byte(v)}
				}
			default:
				row[name] = v
			}
		}
		if err := lines.Encode(struct {
			Table string         `json:"table"`
			Row   map[string]any `json:"row"`
		}{t.name, row}); err != nil {
			return err
		}
	}
	return explain(rows.Err())
}
