package fps_test

import (
	"testing"

	"dryad/games/fps"
)

func TestVocabularyIsValidAndRich(t *testing.T) {
	v := fps.Vocabulary("arena")
	if err := v.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what       string
		have, want int
	}{
		{"features", len(v.Features), 40}, {"conditions", len(v.Conditions), 25},
		{"choosers", len(v.Choosers), 20}, {"tasks", len(v.Tasks), 15},
	} {
		if c.have < c.want {
			t.Errorf("%d %s, at least %d are promised", c.have, c.what, c.want)
		}
	}
}
