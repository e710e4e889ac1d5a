package perwords_test

import (
	"testing"

	"dryad/dsl/internal/perwords"
	"dryad/vocab"
)

// TestMemory: a value is computed once, also for no vocabulary, and the number
// of those that are remembered is bounded.
func TestMemory(t *testing.T) {
	computed := 0
	m := perwords.New(func(v *vocab.Vocabulary) *vocab.Vocabulary { computed++; return v })
	game := &vocab.Vocabulary{Game: "a"}
	for range 3 {
		if m.Of(game) != game || m.Of(nil) != nil {
			t.Fatal("another value")
		}
	}
	if computed != 2 {
		t.Errorf("computed %d times", computed)
	}
	for range 100 {
		m.Of(&vocab.Vocabulary{})
	}
	if m.Of(game) != game || computed != 103 {
		t.Errorf("computed %d times", computed)
	}
}
