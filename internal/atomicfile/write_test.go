package atomicfile_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/internal/atomicfile"
)

func TestWriteReplaces(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	for _, text := range []string{"one", "two, longer", ""} {
		if err := atomicfile.Write(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Fatalf("read %q, %v; want %q", got, err, text)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v; want one file", entries, err)
	}
}

func TestWriteFailsWhole(t *testing.T) {
	dir := t.TempDir()
	// A folder cannot be replaced by a file: the rename fails after the write.
	if err := os.MkdirAll(filepath.Join(dir, "taken", "inside"), 0o755); err != nil {
		t.Fatal(err)
	}
	err := atomicfile.Write(filepath.Join(dir, "taken"), []byte("x"))
	if err == nil || !strings.HasPrefix(err.Error(), "write "+filepath.Join(dir, "taken")+": ") {
		t.Errorf("error %v does not name the file", err)
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 {
		t.Errorf("%d entries are left, want 1", len(entries))
	}
	err = atomicfile.Write(filepath.Join(dir, "none", "x"), nil)
	if err == nil || strings.Count(err.Error(), "none") != 1 {
		t.Errorf("error %v, want one that names the path once", err)
	}
}
