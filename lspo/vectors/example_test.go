package vectors_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"dryad/llm/embed"
	"dryad/lspo/vectors"
	"dryad/store"
)

func Example() {
	folder, err := os.MkdirTemp("", "vectors")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	s, err := store.Open(filepath.Join(folder, "store.db"))
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	embedder := embed.NewCached(embed.NewNGrams(64), vectors.In(s), "ngrams-64")
	points, err := embedder.Embed(context.Background(), []string{"I am the seer."})
	fmt.Println(len(points), len(points[0]), err)
	// Output: 1 64 <nil>
}
