package latent_test

import (
	"encoding/json"
	"fmt"
	"log"
	"reflect"
	"testing"

	"dryad/lspo/latent"
)

func speech(n int) (utterances []string, vectors [][]float32) {
	for i := range n {
		side := float32(i % 2)
		utterances = append(utterances, fmt.Sprint(i%6))
		vectors = append(vectors, []float32{side, 1 - side, float32(i%6) / 20})
	}
	return utterances, vectors
}

func TestBuild(t *testing.T) {
	utterances, vectors := speech(5000)
	g, err := latent.Build(latent.Params{Name: "seer", Clusters: 2, Seed: 1}, utterances, vectors)
	if err != nil {
		t.Fatal(err)
	}
	if g.Distinct != 6 || len(g.Clusters) != 2 || g.Silhouette < 0.8 || g.Utterances != 5000 || len(g.Clusters[0].Central) != 3 {
		t.Errorf("%+v", g)
	}
	if g.Nearest(vectors[0]) == g.Nearest(vectors[1]) || g.Nearest(vectors[0]) != g.Nearest(vectors[2]) {
		t.Error("the sides are not told apart")
	}
	text, err := json.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	var again latent.Group
	if err := json.Unmarshal(text, &again); err != nil || !reflect.DeepEqual(&again, g) {
		t.Errorf("JSON changes the group (%v)", err)
	}
	next, err := latent.Build(latent.Params{Name: "seer", Clusters: 3, Seed: 9, Before: g}, utterances, vectors)
	if err != nil {
		t.Fatal(err)
	}
	for side := range 2 {
		if a, b := g.Nearest(vectors[side]), next.Nearest(vectors[side]); b < 2 && a != b {
			t.Errorf("side %d was strategy %d and is %d", side, a, b)
		}
	}
}

// TestTooFewUtterances: fewer clusters than wanted, not an error.
func TestTooFewUtterances(t *testing.T) {
	g, err := latent.Build(latent.Params{Clusters: 4}, []string{"a", "b", "a"}, [][]float32{{1}, {1}, {1}})
	if err != nil || len(g.Clusters) != 1 || g.Wanted != 4 {
		t.Errorf("%+v, %v", g, err)
	}
	if _, err := latent.Build(latent.Params{Clusters: 1}, nil, nil); err == nil {
		t.Error("nothing was said: no error")
	}
}

func ExampleBuild() {
	said := []string{"I am the seer", "trust me, I am the seer", "I have nothing to say"}
	vectors := [][]float32{{1, 0}, {0.9, 0.1}, {0, 1}}
	g, err := latent.Build(latent.Params{Name: "seer", Clusters: 2, Seed: 1}, said, vectors)
	if err != nil {
		log.Fatal(err)
	}
	for c := range g.Clusters {
		fmt.Printf("%d %q\n", g.Clusters[c].Size, g.Clusters[c].Central)
	}
	// Unordered output:
	// 2 ["I am the seer" "trust me, I am the seer"]
	// 1 ["I have nothing to say"]
}
