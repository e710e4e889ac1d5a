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
// of words). The sums have length 1. Each sentence is embedded once. Done, unless
// nil, is told of the sentences.
func embedTexts(ctx context.Context, e embed.Embedder, parts map[string]float64, texts []string, done func(n int)) ([][]float32, error) {
	of, err := embedSentences(ctx, e, texts, done)
	if err != nil {
		return nil, err
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

// embedSentences returns the vectors of the sentences of texts.
func embedSentences(ctx context.Context, e embed.Embedder, texts []string, done func(n int)) (map[string][]float32, error) {
	all := distinctSentences(texts)
	of := make(map[string][]float32, len(all))
	const batch = 200
	for first := 0; first < len(all); first += batch {
		some := all[first:min(first+batch, len(all))]
		vectors, err := e.Embed(ctx, some)
		if err != nil {
			return nil, err
		}
		for i, s := range some {
			of[s] = vectors[i]
		}
		if done != nil {
			done(len(some))
		}
	}
	return of, nil
}

// distinctSentences returns the different sentences of texts, in the order in
// which they come first.
func distinctSentences(texts []string) []string {
	var all []string
	for _, text := range texts {
		all = append(all, sentences(text)...)
	}
	return unique(all)
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
