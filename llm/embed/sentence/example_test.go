package sentence_test

import (
	"context"
	"fmt"
	"log"

	"dryad/llm/embed/sentence"
	"dryad/nn/kernel"
)

func Example() {
	encoder, err := sentence.New(sentence.Params{})
	if err != nil {
		log.Fatal(err)
	}
	vectors, err := encoder.Embed(context.Background(), []string{
		"I am the seer and Bruno is a wolf.",
		"My role is seer, and I found out that Bruno is a werewolf.",
		"The train leaves at nine.",
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(kernel.Dot(vectors[0], vectors[1]) > kernel.Dot(vectors[0], vectors[2]))
	// Output: true
}
