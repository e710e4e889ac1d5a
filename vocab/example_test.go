package vocab_test

import (
	"fmt"

	"dryad/vocab"
)

func ExampleVocabulary() {
	v := vocab.Vocabulary{
		Game:           "arena",
		TicksPerSecond: 35,
		Channels:       []string{"move"},
		Features:       []vocab.Feature{{Name: "health", Kind: vocab.Int, Unit: "hp", Max: 200, Description: "own health"}},
		Conditions:     []vocab.Condition{{Name: "alone", Description: "nobody is in view"}},
	}
	at, _ := v.Reading("alone")
	fmt.Println(v.Validate(), at, v.Features[0].Kind)
	// Output: <nil> 1 int
}
