package head_test

import (
	"fmt"
	"math/rand/v2"

	"dryad/nn/head"
)

func Example() {
	h := head.Softmax{Choices: 3}
	logits := []float32{0, 0, 0}
	action := make([]float32, 1)
	h.Sample(rand.New(rand.NewPCG(1, 1)), logits, action)
	fmt.Printf("log-probability %.4f, entropy %.4f\n", h.LogProbability(logits, action, nil), h.Entropy(logits, nil))
	// Output: log-probability -1.0986, entropy 1.0986
}
