package embed

import (
	"context"
	"math"
)

// Embedder turns texts into vectors. Implementations may be used by any number of
// goroutines at once.
type Embedder interface {
	// Dimensions is the length of every vector.
	Dimensions() int
	// Embed returns one vector for each text, of Euclidean length 1 or, where a
	// text holds nothing to go by, zero. On an error it returns no vectors.
	Embed(ctx context.Context, texts []string) ([][]float32, error)
}

// normalise scales a vector to length 1 unless it is zero.
func normalise(vector []float32) {
	square := 0.0
	for _, v := range vector {
		square += float64(float64(v) * float64(v))
	}
	if square == 0 {
		return
	}
	scale := 1 / math.Sqrt(square)
	for i, v := range vector {
		vector[i] = float32(float64(v) * scale)
	}
}
