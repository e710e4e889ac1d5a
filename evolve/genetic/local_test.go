package genetic_test

import (
	"strings"
	"testing"

	"dryad/dsl"
	"dryad/evolve/genetic"
	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/arena"
	"dryad/policy"
)

// TestNeighbours: every neighbour is legal and differs from its parent, equal
// streams write equal trees, and pieces of the library get into trees.
func TestNeighbours(t *testing.T) {
	checker := policy.NewChecker(arena.New(), policy.Params{Net: fps.Network})
	words := checker.Runnable()
	writer := genetic.New(words, genetic.Params{Check: checker.Check})
	library := &genetic.Library{}
	for _, group := range genetic.Pieces(words) {
		library.AddPieces(group)
	}
	if library.Len() < 30 {
		t.Errorf("the library has %d pieces", library.Len())
	}
	size := library.Len()
	for _, group := range genetic.Pieces(words) {
		library.AddPieces(group)
	}
	if library.Len() != size {
		t.Error("equal pieces are kept twice")
	}
	walk := func(seed uint64) (trees []string, from map[string]int) {
		random := games.Stream(seed)
		parent := writer.Random(random)
		from = map[string]int{}
		for i := range 150 {
			child, how := writer.Neighbour(random, parent, genetic.LocalParams{Library: library, Bold: i%5 == 0})
			for _, h := range how {
				from[h]++
			}
			if p, faults := checker.Parse("child", dsl.Format(child)); p == nil {
				t.Fatalf("%v\n%s", faults, dsl.Format(child))
			}
			if dsl.Format(child) == dsl.Format(parent) {
				t.Fatal("a neighbour that is its parent")
			}
			trees = append(trees, dsl.Format(child))
			parent = child
		}
		return trees, from
	}
	a, from := walk(1)
	b, _ := walk(1)
	for i := range a {
		if a[i] != b[i] {
			t.Fatalf("tree %d differs between two equal streams", i)
		}
	}
	if from["add a branch of the library"] == 0 || from["drop a branch"] == 0 {
		t.Errorf("operators used: %v", from)
	}
}

// TestErrands: each way of going somewhere comes bare, and with a shot as long as there
// is somebody to shoot at, and each is a legal tree.
func TestErrands(t *testing.T) {
	checker := policy.NewChecker(arena.New(), policy.Params{Net: fps.Network})
	bare, acting := genetic.Errands(checker.Runnable())
	if len(bare) == 0 || len(bare) != len(acting) {
		t.Fatalf("%d and %d", len(bare), len(acting))
	}
	for i, piece := range acting {
		text, to := dsl.FormatNode(piece, 1), strings.TrimSpace(dsl.FormatNode(bare[i], 0))
		if want := "selector: parallel: net: shoot nearest_enemy_in_view " + to + " " + to; strings.Join(strings.Fields(text), " ") != want {
			t.Errorf("%s\nnot %s", text, want)
		}
		if p, faults := checker.Parse("piece", "policy piece for arena\n\ntree main:\n"+text); p == nil {
			t.Errorf("%s\n%s", text, faults[0])
		}
	}
}

// TestGoingPieces: the pieces go to places of their own accord, with a shot beside
// them and without, and each is a legal tree.
func TestGoingPieces(t *testing.T) {
	checker := policy.NewChecker(arena.New(), policy.Params{Net: fps.Network})
	found := map[string]bool{}
	for _, piece := range genetic.GoingPieces(checker.Runnable()) {
		text := dsl.FormatNode(piece, 1)
		found[strings.Join(strings.Fields(text), " ")] = true
		if p, faults := checker.Parse("piece", "policy piece for arena\n\ntree main:\n"+text); p == nil {
			t.Errorf("%s\n%s", text, faults[0])
		}
	}
	for _, want := range []string{"task: capture", "parallel: net: shoot nearest_enemy_in_view task: capture", "parallel: net: shoot nearest_enemy_in_view task: move_to threatened_objective"} {
		if !found[want] {
			t.Errorf("no piece is %q, of %d", want, len(found))
		}
	}
}
