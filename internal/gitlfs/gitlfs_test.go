package gitlfs_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"dryad/cfr"
	"dryad/cfr/classic"
	"dryad/games/fps/maps/wad"
	"dryad/internal/gitlfs"
	"dryad/nn"
	"dryad/nn/onnx"
	"dryad/nn/safetensors"
	"dryad/replay"
	"dryad/store"
)

// TestPointers: every reader of binary files says that it was given a pointer.
func TestPointers(t *testing.T) {
	pointer := []byte("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n")
	file := filepath.Join(t.TempDir(), "pointer")
	if err := os.WriteFile(file, pointer, 0o600); err != nil {
		t.Fatal(err)
	}
	kuhn, err := classic.Kuhn(2)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := cfr.Compile(kuhn, cfr.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for name, read := range map[string]func() error{
		"WAD":            func() error { _, err := wad.Parse("a.wad", pointer); return err },
		"ONNX":           func() error { _, err := onnx.Decode(pointer); return err },
		"safetensors":    func() error { _, err := safetensors.Decode(pointer); return err },
		"network":        func() error { _, _, err := nn.Load(file); return err },
		"replay":         func() error { _, err := replay.ReadFile(file); return err },
		"strategy":       func() error { _, _, err := cfr.ReadStrategy(bytes.NewReader(pointer), tree); return err },
		"solver's file":  func() error { _, err := cfr.ReadCheckpointHeader(bytes.NewReader(pointer)); return err },
		"store":          func() error { _, err := store.Open(file); return err },
		"store, to read": func() error { _, err := store.OpenReadOnly(file); return err },
	} {
		if err := read(); !errors.Is(err, gitlfs.ErrPointer) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := gitlfs.Check([]byte("version 2")); err != nil {
		t.Error(err)
	}
}
