package genetic_test

import (
	"testing"

	"dryad/dsl"
	"dryad/evolve/genetic"
	"dryad/games"
	"dryad/games/tag"
)

// TestEverythingWrittenReadsBack: what the writer builds, formats and parses to
// the same tree, without a fault.
func TestEverythingWrittenReadsBack(t *testing.T) {
	w := genetic.New(tag.New().Vocabulary(), genetic.Params{})
	parent := w.Random(games.Stream(1))
	others := []*dsl.File{w.Random(games.Stream(2)), w.Random(games.Stream(3))}
	done := map[string]int{}
	for i := range 2000 {
		child, how := w.Vary(games.Stream(4, uint64(i)), parent, others)
		for _, h := range how {
			done[h]++
		}
		text := dsl.Format(child)
		read, faults := dsl.Parse("child", text)
		if len(faults) > 0 {
			t.Fatalf("%v in\n%s", faults[0], text)
		}
		if !read.Equal(child) {
			t.Fatalf("reads back as\n%s\ninstead of\n%s", dsl.Format(read), text)
		}
		if child.Equal(parent) {
			t.Fatalf("child %d equals its parent", i)
		}
		if parent = child; i%25 == 24 {
			parent = w.Random(games.Stream(5, uint64(i)))
		}
	}
	if len(done) < 12 {
		t.Errorf("only these operators were ever applied: %v", done)
	}
}

// TestBounds: no tree is larger or deeper than allowed.
func TestBounds(t *testing.T) {
	params := genetic.Params{MaxNodes: 15, MaxDepth: 4}
	w := genetic.New(tag.New().Vocabulary(), params)
	file := w.Random(games.Stream(1))
	for i := range 500 {
		file, _ = w.Vary(games.Stream(2, uint64(i)), file, []*dsl.File{file})
		if n := file.Main().Root.Size(); n > params.MaxNodes {
			t.Fatalf("%d nodes:\n%s", n, dsl.Format(file))
		}
	}
}

// TestSameStreamSameTree: a tree is a function of the stream.
func TestSameStreamSameTree(t *testing.T) {
	w := genetic.New(tag.New().Vocabulary(), genetic.Params{})
	for i := range uint64(100) {
		a, b := w.Random(games.Stream(i)), w.Random(games.Stream(i))
		if !a.Equal(b) {
			t.Fatalf("stream %d wrote two trees", i)
		}
		c, _ := w.Vary(games.Stream(i, 1), a, nil)
		d, _ := w.Vary(games.Stream(i, 1), b, nil)
		if !c.Equal(d) {
			t.Fatalf("stream %d varied in two ways", i)
		}
	}
}

// TestChecked: a tree that the checker faults is not written.
func TestChecked(t *testing.T) {
	w := genetic.New(tag.New().Vocabulary(), genetic.Params{Check: func(f *dsl.File) (faults dsl.Diagnostics) {
		f.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
			if n.Word == "flee" || n.Kind == dsl.Net {
				faults = append(faults, dsl.Diagnostic{Severity: dsl.Error})
			}
			return true
		})
		return faults
	}})
	file := w.Random(games.Stream(5))
	for i := range 300 {
		file, _ = w.Vary(games.Stream(6, uint64(i)), file, nil)
		file.Walk(func(_ *dsl.Tree, n *dsl.Node) bool {
			if n.Word == "flee" || n.Kind == dsl.Net {
				t.Fatalf("a faulted word in\n%s", dsl.Format(file))
			}
			return true
		})
	}
}

func BenchmarkVary(b *testing.B) {
	w := genetic.New(tag.New().Vocabulary(), genetic.Params{})
	parent := w.Random(games.Stream(1))
	b.ReportAllocs()
	i := uint64(0)
	for b.Loop() {
		w.Vary(games.Stream(2, i), parent, nil)
		i++
	}
}
