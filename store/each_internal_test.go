package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// What is read is what was stored, in order, also where names hold anything.
func TestEachMatch(t *testing.T) {
	defer goleak.VerifyNone(t)
	ctx := context.Background()
	s, err := Open(filepath.Join(t.TempDir(), "run.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.CreateRun(ctx, Run{ID: "run", Kind: "test"}); err != nil {
		t.Fatal(err)
	}
	const count = 3 * batchRows
	var matches []Match
	for i := range count {
		matches = append(matches, Match{Run: "run", Key: fmt.Sprintf("%08d", count-1-i), Seed: uint64(i) << 54, Map: "é\x1f" + fmt.Sprint(i),
			Policies: []string{"a\x1f"}, Outcome: json.RawMessage(`{"x":"\u001f"}`), Metrics: json.RawMessage(`1`), Replay: "\x1fé"})
	}
	if err := s.PutMatches(ctx, matches, false); err != nil {
		t.Fatal(err)
	}
	next := count - 1
	err = s.EachMatch(ctx, "run", "00000001", func(m MatchText) error {
		next--
		want := matches[next]
		if m != (MatchText{Key: want.Key, Seed: want.Seed, Map: want.Map, Policies: `["a\u001f"]`, Outcome: string(want.Outcome), Replay: want.Replay}) {
			t.Fatalf("%+v in place of %+v", m, want)
		}
		return nil
	})
	if err != nil || next != 0 {
		t.Fatalf("%d are left, %v", next, err)
	}
	enough := errors.New("enough")
	read := 0
	if err := s.EachMatch(ctx, "run", "", func(MatchText) error { read++; return enough }); err != enough || read != 1 {
		t.Errorf("%d were read: %v", read, err)
	}
	stopped, cancel := context.WithCancel(ctx)
	if err := s.EachMatch(stopped, "run", "", func(MatchText) error { cancel(); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("a reading that was stopped: %v", err)
	}
	var plan string
	var a, b, c int
	if err := s.QueryRowContext(ctx, "EXPLAIN QUERY PLAN "+selectTexts, "run", "").Scan(&a, &b, &c, &plan); err != nil || !strings.Contains(plan, "COVERING INDEX matches_read") {
		t.Errorf("matches are read by %s, %v", plan, err)
	}
}
