package embed_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"dryad/llm/embed"
)

func cosine(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

func TestNGrams(t *testing.T) {
	n := embed.NewNGrams(256)
	vectors, err := n.Embed(context.Background(), []string{
		"Bruno is a werewolf.", "bruno is a WEREWOLF!", "I think that Bruno is a wolf", "The train leaves at nine.", "", "?!",
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(vectors[0], vectors[1]) {
		t.Error("case and punctuation change the vector")
	}
	if near, far := cosine(vectors[0], vectors[2]), cosine(vectors[0], vectors[3]); near < far+0.1 {
		t.Errorf("shared words: cosine %.2f, none: %.2f", near, far)
	}
	for i, v := range vectors {
		if len(v) != n.Dimensions() {
			t.Errorf("vector %d has %d dimensions", i, len(v))
		}
		want := 1.0
		if i >= 4 {
			want = 0
		}
		if math.Abs(cosine(v, v)-want) > 1e-5 {
			t.Errorf("vector %d has squared length %v, want %v", i, cosine(v, v), want)
		}
	}
}

// counting counts the texts that reach an embedder.
type counting struct {
	embed.NGrams
	texts int
}

func (c *counting) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	c.texts += len(texts)
	return c.NGrams.Embed(ctx, texts)
}

func TestCachedAsksOnce(t *testing.T) {
	ctx := context.Background()
	inner := &counting{NGrams: embed.NewNGrams(32)}
	cache := embed.NewMemory()
	cached := embed.NewCached(inner, cache, "ngrams-32")
	want, err := inner.NGrams.Embed(ctx, []string{"a", "b", "a", "c"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		got, err := cached.Embed(ctx, []string{"a", "b", "a", "c"})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Error("cached vectors differ")
		}
	}
	if inner.texts != 3 {
		t.Errorf("%d texts were embedded, want 3", inner.texts)
	}
	// Another name shares nothing; vectors of another size do not count.
	if _, err := embed.NewCached(inner, cache, "other").Embed(ctx, []string{"a"}); err != nil || inner.texts != 4 {
		t.Errorf("%d texts were embedded, want 4 (%v)", inner.texts, err)
	}
	wider := &counting{NGrams: embed.NewNGrams(64)}
	if got, err := embed.NewCached(wider, cache, "ngrams-32").Embed(ctx, []string{"a"}); err != nil || len(got[0]) != 64 {
		t.Errorf("%v, %v", got, err)
	}
}
