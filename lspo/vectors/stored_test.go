package vectors_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"dryad/llm/embed"
	"dryad/lspo/vectors"
	"dryad/store"
)

// refusing fails the test when a text reaches it.
type refusing struct {
	embed.NGrams
	t *testing.T
}

func (r refusing) Embed(_ context.Context, texts []string) ([][]float32, error) {
	r.t.Errorf("%q are embedded again", texts)
	return nil, nil
}

func TestVectorsOutliveTheProcess(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "store.db")
	ngrams := embed.NewNGrams(16)
	texts := []string{"a wolf", "", "a seer", "a wolf"}
	var want [][]float32
	for run := range 2 {
		s, err := store.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		var inner embed.Embedder = ngrams
		if run > 0 {
			inner = refusing{ngrams, t}
		}
		got, err := embed.NewCached(inner, vectors.In(s), "ngrams-16").Embed(ctx, texts)
		if err != nil {
			t.Fatal(err)
		}
		if run == 0 {
			want = got
		} else if !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("stored vectors %v, want %v", got, want)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestClosedStoreIsAnError(t *testing.T) {
	s, err := store.Open(filepath.Join(t.TempDir(), "store.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := embed.NewCached(embed.NewNGrams(16), vectors.In(s), "x").Embed(context.Background(), []string{"a"}); err == nil {
		t.Error("no error")
	}
}
