package cfr_test

import (
	"math"
	"sync"
	"testing"

	"dryad/cfr"
	"dryad/cfr/classic"
)

func compile(t testing.TB, game cfr.Game, err error) *cfr.Tree {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// diceTree is compiled once: a compiled game never changes.
var diceTree = sync.OnceValues(func() (*cfr.Tree, error) {
	game, err := classic.LiarsDice(1, 6)
	if err != nil {
		return nil, err
	}
	return cfr.Compile(game, cfr.Limits{})
})

func kuhn(t testing.TB) *cfr.Tree {
	game, err := classic.Kuhn(2)
	return compile(t, game, err)
}

func leduc(t testing.TB) *cfr.Tree { return compile(t, classic.Leduc(), nil) }

func liarsDice(t testing.TB) *cfr.Tree {
	t.Helper()
	tree, err := diceTree()
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func solve(t testing.TB, tree *cfr.Tree, p cfr.Params, iterations int) (*cfr.Strategy, float64, float64) {
	t.Helper()
	solver, err := cfr.New(tree, p)
	if err != nil {
		t.Fatal(err)
	}
	solver.Run(iterations)
	strategy := cfr.NewStrategy(tree)
	solver.Average(strategy)
	e := cfr.NewEvaluator(tree)
	exploitability, err := e.Exploitability(strategy)
	if err != nil {
		t.Fatal(err)
	}
	return strategy, e.Values(strategy)[0], exploitability
}

// Values from the literature: Kuhn 1950; Leduc and liar's dice as OpenSpiel
// has them, to the digits given. A value can be off by no more than what the
// players could gain together.
func TestValues(t *testing.T) {
	goofspiel, err := classic.Goofspiel(4)
	for _, test := range []struct {
		name           string
		tree           *cfr.Tree
		algorithm      string
		iterations     int
		value          float64
		exploitability float64
	}{
		{"kuhn", kuhn(t), "pdcfr+", 1000, -1.0 / 18, 1e-10},
		{"leduc", leduc(t), "dcfr+", 3000, -0.0856064, 5e-5},
		{"liar's dice", liarsDice(t), "dcfr+", 200, -0.0271318, 1e-3},
		{"goofspiel", compile(t, goofspiel, err), "pcfr+", 1000, 0, 1e-6},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.iterations, test.exploitability = shortened(t, test.tree, test.iterations, test.exploitability)
			_, value, exploitability := solve(t, test.tree, cfr.Params{Algorithm: test.algorithm}, test.iterations)
			if exploitability > test.exploitability || exploitability < -1e-12 {
				t.Errorf("exploitability %g, want less than %g", exploitability, test.exploitability)
			}
			if math.Abs(value-test.value) > 2*exploitability+1e-7 {
				t.Errorf("value %.9f, want %.7f", value, test.value)
			}
		})
	}
}
