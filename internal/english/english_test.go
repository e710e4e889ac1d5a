package english_test

import (
	"fmt"
	"testing"

	"dryad/internal/english"
)

func ExampleNumber() {
	fmt.Println(english.Number(1, "node"), english.Number(0, "match"), english.Number(2, "werewolf"), english.Number(3, "policy"), english.Number(2, "day"))
	// Output: 1 node 0 matches 2 werewolves 3 policies 2 days
}

func TestArticle(t *testing.T) {
	for word, want := range map[string]string{"int": "an int", "bool": "a bool", "enum": "an enum", "unit": "a unit", "user": "a user",
		"agent": "an agent", "one-sided test": "a one-sided test", `"item"`: `an "item"`, "uninteresting": "an uninteresting", "hour": "an hour", "": "a "} {
		if have := english.Article(word); have != want {
			t.Errorf("%q, not %q", have, want)
		}
	}
}
