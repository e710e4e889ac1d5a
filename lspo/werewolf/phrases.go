package werewolf

import (
	"context"
	"math"
	"strings"

	"dryad/llm/embed"
)

// sentences cuts a masked text after each mark that ends a sentence or opens
// one.
func sentences(text string) []string {
	var parts []string
	for text != "" {
		at := strings.IndexAny(text, ".!?:")
		if at < 0 {
			at = len(text) - 1
		}
		if part := strings.TrimSpace(text[:at+1]); part != "" {
			parts = append(parts, part)
		}
		text = text[at+1:]
	}
	return parts
}

// common counts how often each sentence occurs in texts, as a part of all.
// Those that occur once are left out.
func common(texts []string) map[string]float64 {
	count := map[string]int{}
	all := 0
	for _, text := range texts {
		for _, s := range sentences(text) {
			count[s]++
			all++
		}
	}
	parts := map[string]float64{}
	for s, n := range count {
		if n > 1 {
			parts[s] = float64(n) / float64(all)
		}
	}
	return parts
}

// rarity is the parameter a of the weights a/(a+p) of sentences.
const rarity = 1e-3

// embedTexts embeds masked texts: each is the sum of the vectors of its
// sentences, one that makes up a part p of all that is said weighing a/(a+p), so
// that phrases that everybody uses say little (Arora, Liang and Ma, "A simple but
// tough-to-beat baseline for sentence embeddings", 2017, for sentences in place
// of words). The sums have length 1.
func embedTexts(ctx context.Context, e embed.Embedder, parts map[string]float64, texts []string) ([][]float32, error) {
	var all []string
	for _, text := range texts {
		all = append(all, sentences(text)...)
	}
	all = unique(all)
	vectors, err := e.Embed(ctx, all)
	if err != nil {
		return nil, err
	}
	of := make(map[string][]float32, len(all))
	for i, s := range all {
		of[s] = vectors[i]
	}
	sums := make([][]float32, len(texts))
	for i, text := range texts {
		sum := make([]float64, e.Dimensions())
		for _, s := range sentences(text) {
			weight := rarity / (rarity + parts[s])
			for d, x := range of[s] {
				sum[d] += float64(weight * float64(x))
			}
		}
		sums[i] = unit(sum)
	}
	return sums, nil
}

// unit scales a vector to length 1 unless it is zero.
func unit(v []float64) []float32 {
	square := 0.0
	for _, x := range v {
		square += float64(x * x)
	}
	u := make([]float32, len(v))
	if square == 0 {
		return u
	}
	scale := 1 / math.Sqrt(square)
	for i, x := range v {
		u[i] = float32(x * scale)
	}
	return u
}
