//go:build acceptance

package acceptance_test

import (
	"bytes"
	"context"
	"testing"

	"dryad/nn"
	"dryad/train"
)

// TestTrainingIsReproduced trains a shipped network with the settings of its command in
// docs/neural.md, by one worker and by two, and compares the files byte by byte. The
// shipped file itself is of before the weapons' timing was mended.
func TestTrainingIsReproduced(t *testing.T) {
	var files [2][]byte
	for i := range files {
		trainer, err := train.New(train.Params{Settings: train.Settings{Task: "aim", Seed: 1, Validation: -1}, Workers: i + 1})
		if err != nil {
			t.Fatal(err)
		}
		for !trainer.Done() {
			if _, err := trainer.Round(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		if files[i], err = nn.Encode(trainer.Network(), map[string]string{"task": "aim"}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two workers train another network than one")
	}
}
