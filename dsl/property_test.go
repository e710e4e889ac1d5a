package dsl_test

import (
	"testing"

	"pgregory.net/rapid"

	"dryad/dsl"
	"dryad/dsl/internal/random"
	_ "dryad/internal/fixedseed"
)

// TestFormatThenParse: what is formatted reads as what was formatted.
func TestFormatThenParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		file := random.Policy().Draw(t, "policy")
		text := dsl.Format(file)
		again, faults := dsl.Parse("", text)
		if len(faults) > 0 {
			t.Fatalf("%s%v", text, faults)
		}
		if !again.Equal(file) {
			t.Fatalf("another file:\n%s", text)
		}
		if second := dsl.Format(again); second != text {
			t.Fatalf("formats as\n%s\nthen as\n%s", text, second)
		}
	})
}
