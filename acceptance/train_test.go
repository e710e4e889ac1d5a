//go:build acceptance

package acceptance_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"dryad/nn"
	"dryad/train"
)

// TestShippedNetworksAreReproduced trains shipped networks again with the settings
// of the commands in docs/neural.md and compares them with the files in the
// repository, byte by byte.
func TestShippedNetworksAreReproduced(t *testing.T) {
	for _, task := range []string{"aim"} {
		file := filepath.Join("../games/fps/weights", task+".safetensors")
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		trainer, err := train.New(train.Params{Settings: train.Settings{Task: task, Seed: 1, Validation: -1}, Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		for !trainer.Done() {
			if _, err := trainer.Round(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		got, err := nn.Encode(trainer.Network(), map[string]string{"task": task})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("training again gives another file: run 'dryad train %s %s --seed 1'", task, file)
		}
	}
}
