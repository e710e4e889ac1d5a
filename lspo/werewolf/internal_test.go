package werewolf

import (
	"slices"
	"testing"

	"dryad/lspo/latent"
)

func TestMask(t *testing.T) {
	for text, want := range map[string]string{
		"player_3 and player_12, hear me": "somebody and somebody, hear me",
		"I am the seer.":                  "I am the seer.",
		"player_":                         "somebody",
	} {
		if got := mask(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestSentences(t *testing.T) {
	got := sentences("Listen: I am the seer. Really?  Yes! and more")
	if want := []string{"Listen:", "I am the seer.", "Really?", "Yes!", "and more"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	parts := common([]string{"A. B.", "A. C."})
	if len(parts) != 1 || parts["A."] != 0.5 {
		t.Errorf("%v", parts)
	}
}

// TestNumber: clusters that sound alike share a symbol, also across roles;
// those of one role never do.
func TestNumber(t *testing.T) {
	at := func(x float32) latent.Cluster { return latent.Cluster{Center: []float32{x}, Radius: 1} }
	s := &Space{Groups: []*latent.Group{
		{Clusters: []latent.Cluster{at(0), at(10), at(20)}},
		{Clusters: []latent.Cluster{at(19.5), at(20.2)}},
		{Clusters: []latent.Cluster{at(-0.5), at(50)}},
	}}
	s.number()
	if !slices.Equal(s.Symbols[0], []int{0, 1, 2}) || !slices.Equal(s.Symbols[1], []int{3, 2}) || !slices.Equal(s.Symbols[2], []int{0, 4}) {
		t.Errorf("symbols %v", s.Symbols)
	}
	if s.nearest([]float32{12}) != 1 || len(s.Centers) != 5 {
		t.Errorf("centers %v", s.Centers)
	}
}
