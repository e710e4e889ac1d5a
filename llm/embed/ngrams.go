package embed

import (
	"context"
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// NGrams embeds a text by hashing its words, pairs of words and groups of three
// letters to signed dimensions (Weinberger et al. 2009, arXiv 0902.2206). It sees
// which words two texts share and nothing of what they mean.
type NGrams struct{ dimensions int }

var _ Embedder = NGrams{}

// NewNGrams makes an embedder of that many dimensions; less than 1 means 512.
func NewNGrams(dimensions int) NGrams {
	if dimensions < 1 {
		dimensions = 512
	}
	return NGrams{dimensions}
}

// Dimensions implements Embedder.
func (n NGrams) Dimensions() int { return n.dimensions }

// Embed implements Embedder. Its only error is that of a context that ends.
func (n NGrams) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		vectors[i] = n.embed(text)
	}
	return vectors, nil
}

// The kinds of features start from different hashes, so that a word and its
// letters do not fall together.
const (
	wordSeed = iota + 1
	pairSeed
	lettersSeed
)

func (n NGrams) embed(text string) []float32 {
	vector := make([]float32, n.dimensions)
	words := strings.FieldsFunc(strings.ToLower(norm.NFKC.String(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	previous := "\x02"
	for _, word := range words {
		n.add(vector, wordSeed, word, 1)
		n.add(vector, pairSeed, previous+"\x00"+word, 0.5)
		previous = word
		letters := []rune("\x02" + word + "\x03")
		for i := 0; i+3 <= len(letters); i++ {
			n.add(vector, lettersSeed, string(letters[i:i+3]), 0.25)
		}
	}
	// The square root keeps a repeated word from drowning the others.
	for i, v := range vector {
		vector[i] = float32(math.Copysign(math.Sqrt(math.Abs(float64(v))), float64(v)))
	}
	normalise(vector)
	return vector
}

func (n NGrams) add(vector []float32, seed uint64, feature string, weight float32) {
	const prime = 1099511628211
	hash := 14695981039346656037 ^ seed
	hash *= prime
	for _, b := range []byte(feature) {
		hash = (hash ^ uint64(b)) * prime
	}
	// FNV's last byte hardly reaches the high bits; mix before cutting.
	hash ^= hash >> 32
	hash *= 0x9e3779b97f4a7c15
	if hash>>63 != 0 {
		weight = -weight
	}
	vector[hash<<1>>1%uint64(len(vector))] += weight
}
