package app

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// TestEditors: a tree is edited by the program that was named, with its arguments;
// one that is not there is told. cp stands for a person: it puts another text in the
// place of the tree.
func TestEditors(t *testing.T) {
	const tree = "policy p for tag\n\ntree main:\n  task: stay\n"
	path := filepath.Join(t.TempDir(), "other.dryad")
	if err := os.WriteFile(path, []byte(tree), 0o600); err != nil {
		t.Fatal(err)
	}
	e := &editors{command: []string{"cp", path}}
	if got := <-e.edit(context.Background(), "before\n"); got.Err != nil || got.Source != tree {
		t.Errorf("%+v", got)
	}
	e.wait()
	e = &editors{command: []string{"no-such-editor-of-dryad"}}
	if got := <-e.edit(context.Background(), tree); got.Err == nil {
		t.Errorf("%+v", got)
	}
	e.wait()
}
