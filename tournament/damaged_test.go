package tournament_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/store"
	"dryad/tournament"
)

// TestRowsOfAnotherPlanAreRefused: what is stored must be of the plan that is
// resumed or shown.
func TestRowsOfAnotherPlanAreRefused(t *testing.T) {
	t.Parallel()

	for name, change := range map[string]string{
		"key":      "UPDATE matches SET key = '99999x' WHERE key = '00000001'",
		"seed":     "UPDATE matches SET seed = seed + 1 WHERE key = '00000001'",
		"policies": "UPDATE matches SET policies = '[\"a\",\"b\"]' WHERE key = '00000001'",
		"result":   "UPDATE matches SET outcome = replace(replace(outcome, '\"win\"', '\"wim\"'), '\"loss\"', '\"lost\"')",
		"home":     "UPDATE matches SET outcome = replace(outcome, '\"home\":0', '\"home\":1')",
	} {
		p := params(t)
		run(t, t.Context(), p)
		if _, err := p.Store.ExecContext(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		if _, err := tournament.Run(t.Context(), p); err == nil || !strings.Contains(err.Error(), "the stored match") {
			t.Errorf("%s: resumed with %v", name, err)
		}
		if _, err := tournament.Tabulate(t.Context(), p); err == nil || !strings.Contains(err.Error(), "the stored match") {
			t.Errorf("%s: shown with %v", name, err)
		}
	}
}

// TestShowFromAReadOnlyFolder reads a finished store that cannot be written.
func TestShowFromAReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "run.db")
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	p := params(t)
	p.Store = s
	want := run(t, context.Background(), p)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o700)
	if p.Store, err = store.OpenReadOnly(path); err != nil {
		t.Fatal(err)
	}
	defer p.Store.Close()
	got, err := tournament.Tabulate(t.Context(), p)
	if err != nil || len(got.Table) != len(want.Table) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := store.OpenReadOnly(filepath.Join(dir, "none.db")); err == nil {
		t.Error("a store that is not there was opened")
	}
}
