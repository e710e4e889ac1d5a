package nn_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"testing"

	"dryad/nn"
)

// TestSameBitsOnEveryPlatform trains networks of all kinds and compares the
// parameters with recorded digests. Run it on another platform, such as
// GOOS=js GOARCH=wasm, to see that the platform does not show.
func TestSameBitsOnEveryPlatform(t *testing.T) {
	for want, names := range map[string][]string{
		"2af46d2f5b2538edae16f516a2e242e1": {"mlp", "tanh", "stacked", "norm", "conv", "conv1d"},
		"a4241c73c72a6e45c1fd9f03a0cb9b14": {"gelu", "pool", "pool1d", "gru"},
	} {
		if got := trainingDigest(t, names); got != want {
			t.Errorf("%v: digest %s, recorded %s", names, got, want)
		}
	}
}

// trainingDigest trains networks with each loss and returns a digest of losses and
// parameters.
func trainingDigest(t *testing.T, names []string) string {
	t.Helper()
	digest := sha256.New()
	for _, name := range names {
		for _, loss := range []nn.Loss{nn.MSE{}, nn.Huber{}, nn.CrossEntropy{}, nn.BinaryCrossEntropy{}} {
			n := mustNew(t, architectures[name], 11)
			random := source(12)
			trainer := nn.NewTrainer(n, nn.TrainerParams{Loss: loss, Optimizer: &nn.Adam{LearningRate: 1e-2, WeightDecay: 1e-3}, ClipNorm: 1, Workers: 2})
			for range 5 {
				batch := nn.Batch{Inputs: values(random, 40*n.Inputs()), Targets: values(random, 40*n.Outputs())}
				for i, v := range batch.Targets {
					batch.Targets[i] = (v + 1) / 2
				}
				value, err := trainer.Step(batch)
				if err != nil {
					t.Fatal(err)
				}
				if err := binary.Write(digest, binary.LittleEndian, math.Float64bits(value)); err != nil {
					t.Fatal(err)
				}
			}
			if err := binary.Write(digest, binary.LittleEndian, n.Parameters()); err != nil {
				t.Fatal(err)
			}
		}
	}
	return hex.EncodeToString(digest.Sum(nil)[:16])
}
