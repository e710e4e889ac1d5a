package cfr_test

import (
	"bytes"
	"strings"
	"testing"

	"dryad/cfr"
	"dryad/cfr/classic"
)

func newSolver(t testing.TB, tree *cfr.Tree, p cfr.Params) cfr.Solver {
	t.Helper()
	solver, err := cfr.New(tree, p)
	if err != nil {
		t.Fatal(err)
	}
	return solver
}

func saved(t testing.TB, solver cfr.Solver) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := cfr.Save(&b, solver, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Every algorithm goes on from a checkpoint to the same bits.
func TestResume(t *testing.T) {
	begin, more := 150, 120
	if detecting {
		begin, more = 15, 12
	}
	goofspiel, err := classic.Goofspiel(4)
	for _, tree := range []*cfr.Tree{kuhn(t), compile(t, goofspiel, err)} {
		for _, algorithm := range cfr.Algorithms() {
			for _, p := range []cfr.Params{{}, {HistoryForm: true, TrackRegret: true, Float32: true}, {Baselines: true, Drift: 0.1}} {
				p.Seed = 7
				row, ok := cfr.Lookup(algorithm)
				if !ok {
					t.Fatalf("no algorithm %q", algorithm)
				}
				p = row.Only(p)
				first, err := cfr.New(tree, p)
				if err != nil {
					continue // the linear program of goofspiel is too big
				}
				first.Run(begin)
				checkpoint := saved(t, first)
				first.Run(more)
				resumed, err := cfr.Load(bytes.NewReader(checkpoint), tree, 2)
				if err != nil {
					t.Fatalf("%s: %v", algorithm, err)
				}
				resumed.Run(more)
				a, b := cfr.NewStrategy(tree), cfr.NewStrategy(tree)
				first.Average(a)
				resumed.Average(b)
				for i := range tree.TotalInfosets() {
					for k, q := range a.At(i) {
						if b.At(i)[k] != q {
							t.Fatalf("%s, %+v: %v and %v at %v", algorithm, p, q, b.At(i)[k], tree.Infoset(i))
						}
					}
				}
				if resumed.Iterations() != begin+more || resumed.Algorithm() != algorithm {
					t.Errorf("%s after %d iterations", resumed.Algorithm(), resumed.Iterations())
				}
			}
		}
	}
}

func TestDamagedCheckpoints(t *testing.T) {
	tree := kuhn(t)
	solver := newSolver(t, tree, cfr.Params{Algorithm: "psro"})
	solver.Run(5)
	good := saved(t, solver)
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 0x10
		if _, err := cfr.Load(bytes.NewReader(bad), tree, 1); err == nil {
			t.Fatalf("a checkpoint with byte %d changed was loaded", i)
		}
		if _, err := cfr.Load(bytes.NewReader(good[:i]), tree, 1); err == nil {
			t.Fatalf("%d bytes of a checkpoint were loaded", i)
		}
	}
	if _, err := cfr.Load(bytes.NewReader(good), leduc(t), 1); err == nil || !strings.Contains(err.Error(), "of the game kuhn") {
		t.Errorf("%v", err)
	}
	rule := cfr.DCFRRule()
	if err := cfr.Save(&bytes.Buffer{}, newSolver(t, tree, cfr.Params{Rule: &rule}), nil); err == nil {
		t.Error("a rule of one's own was saved")
	}
}

func TestStrategyFile(t *testing.T) {
	tree := leduc(t)
	strategy, _, gap := solve(t, tree, cfr.Params{Algorithm: "dcfr"}, 50)
	var file bytes.Buffer
	if err := cfr.WriteStrategy(&file, strategy, cfr.StrategyInfo{Algorithm: "dcfr", Iterations: 50, Exploitability: gap}); err != nil {
		t.Fatal(err)
	}
	text := file.String()
	back, info, err := cfr.ReadStrategy(strings.NewReader(text), tree)
	if err != nil || info.Exploitability != gap || info.Iterations != 50 || info.Game != "leduc" {
		t.Fatalf("%+v, %v", info, err)
	}
	for i := range tree.TotalInfosets() {
		for a, p := range strategy.At(i) {
			if back.At(i)[a] != p {
				t.Fatalf("%v: %v and %v", tree.Infoset(i), p, back.At(i)[a])
			}
		}
	}
	for _, change := range [][2]string{
		{`"version":1`, `"version":2`},
		{`"dryad-strategy"`, `"something"`},
		{`"leduc"`, `"kuhn"`},
		{`"player":0,"key":"J1"`, `"player":0,"key":"A1"`},
		{`"player":0,"key":"J1"`, `"player":5,"key":"J1"`},
		{`"player":0,"key":"J1"`, `"player":0,"key":"J2"`},
		{`"actions":["`, `"actions":["a renamed `},
		{`"actions":["`, `"actions":["more","`},
		{`"probabilities":[`, `"probabilities":[1,`},
		{`"probabilities":[0.`, `"probabilities":[-0.`},
		{"\n]}", ""},
	} {
		if _, _, err := cfr.ReadStrategy(strings.NewReader(strings.Replace(text, change[0], change[1], 1)), tree); err == nil {
			t.Errorf("%s for %s was read", change[1], change[0])
		}
	}
}

func FuzzLoad(f *testing.F) {
	game, err := classic.Kuhn(2)
	tree := compile(f, game, err)
	for _, algorithm := range []string{"pcfr+", "psro", "auto", "mccfr-outcome"} {
		solver := newSolver(f, tree, cfr.Params{Algorithm: algorithm})
		solver.Run(3)
		f.Add(saved(f, solver))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		solver, err := cfr.Load(bytes.NewReader(data), tree, 1)
		if err == nil {
			solver.Average(cfr.NewStrategy(tree))
		}
	})
}

func FuzzReadStrategy(f *testing.F) {
	game, err := classic.Kuhn(2)
	tree := compile(f, game, err)
	var file bytes.Buffer
	if err := cfr.WriteStrategy(&file, cfr.NewStrategy(tree), cfr.StrategyInfo{}); err != nil {
		f.Fatal(err)
	}
	f.Add(file.String())
	f.Fuzz(func(t *testing.T, text string) {
		s, _, err := cfr.ReadStrategy(strings.NewReader(text), tree)
		if err != nil {
			return
		}
		if gap, err := tree.Exploitability(s); err != nil || !(gap > -1e-3 && gap < 10) {
			t.Errorf("exploitability %v, %v", gap, err)
		}
	})
}
