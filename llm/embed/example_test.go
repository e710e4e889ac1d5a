package embed_test

import (
	"context"
	"fmt"
	"log"

	"dryad/llm/embed"
	"dryad/llm/embed/sentence"
)

// The encoder, a client of an endpoint and hashed words take each other's place.
func Example() {
	encoder, err := sentence.New(sentence.Params{})
	if err != nil {
		log.Fatal(err)
	}
	for _, embedder := range []embed.Embedder{
		embed.NewCached(encoder, embed.NewMemory(), sentence.Name),
		embed.NewNGrams(64),
	} {
		vectors, err := embedder.Embed(context.Background(), []string{"I am the seer."})
		fmt.Println(len(vectors), embedder.Dimensions(), err)
	}
	// Output:
	// 1 512 <nil>
	// 1 64 <nil>
}
