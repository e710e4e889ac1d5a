//go:build acceptance

package acceptance_test

import (
	"bytes"
	"context"
	"os"
	"testing"

	"dryad/nn"
	"dryad/train"
)

// TestTrainingIsReproduced trains a shipped network with the settings of its command in
// docs/neural.md, by one worker and by two, and compares both with its file, byte by byte.
func TestTrainingIsReproduced(t *testing.T) {
	want, err := os.ReadFile("../examples/networks/aim.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	for workers := 1; workers <= 2; workers++ {
		trainer, err := train.New(train.Params{Settings: train.Settings{Task: "aim", Seed: 1, Validation: -1}, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		for !trainer.Done() {
			if _, err := trainer.Round(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		got, err := nn.Encode(trainer.Network(), map[string]string{"task": "aim"})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%d workers train another network", workers)
		}
	}
}
