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

// TestShippedNetworkIsReproduced trains the network of the neural task shoot
// again and compares it with the file in the repository, byte by byte.
func TestShippedNetworkIsReproduced(t *testing.T) {
	want, err := os.ReadFile("../games/fps/weights/shoot.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	net, _, err := train.Shoot(context.Background(), train.Params{Seed: 1, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	got, err := nn.Encode(net, map[string]string{"task": "shoot"})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("training again gives another file: run 'dryad train shoot --seed 1 games/fps/weights/shoot.safetensors'")
	}
}
