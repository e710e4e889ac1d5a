package solve

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"

	"dryad/cfr"
	"dryad/cfr/deep"
	"dryad/cfr/trace"
)

// deepEvery is the number of iterations between two measurements of a deep
// solver: each trains the average-strategy networks.
const deepEvery = 20

// deepIterations is how long a deep solver runs when nothing is said.
const deepIterations = 100

// deepSolver is a solver of package cfr/deep as one of package cfr, for games
// whose exploitability can be computed.
type deepSolver struct {
	tree  *cfr.Tree
	inner *deep.Solver
	err   error // of the run; training met a number that is not finite
}

// deepAlgorithm is the name of deep solvers on the command line; which one it
// is is the variant.
const deepAlgorithm = "deep-cfr"

func newDeepSolver(tree *cfr.Tree, p cfr.Params, variant string) (*deepSolver, error) {
	game, ok := tree.Game().(deep.Encoder)
	if !ok {
		return nil, fmt.Errorf("%s has no encoding for networks", tree.Game().Name())
	}
	params := deep.Params{
		Variant: variant, Seed: p.Seed, Workers: p.Threads,
		Traversals: 1000, Steps: 60, LearningRate: 2e-3, AverageSteps: 2000,
		Scale: math.Max(largestReturn(tree)/3, 1e-9),
	}
	if variant != deep.VRDeepPDCFR { // regresses the samples of all iterations
		params.Merge, params.Steps = true, 200
		params.Buffer, params.AverageBuffer = 1_000_000, 1_000_000
		params.Hidden = []int{128, 128}
	}
	inner, err := deep.New(game, params)
	if err != nil {
		return nil, err
	}
	return &deepSolver{tree: tree, inner: inner}, nil
}

// largestReturn returns the greatest absolute return of any player.
func largestReturn(tree *cfr.Tree) float64 {
	most := 0.0
	low, high := tree.Bounds()
	for p := range low {
		most = math.Max(most, math.Max(-low[p], high[p]))
	}
	return most
}

func (s *deepSolver) Algorithm() string { return deepAlgorithm }
func (s *deepSolver) Tree() *cfr.Tree   { return s.tree }
func (s *deepSolver) Iterations() int   { return s.inner.Iterations() }

func (s *deepSolver) Run(iterations int) {
	if s.err == nil {
		s.err = s.inner.Run(context.Background(), iterations)
	}
}

func (s *deepSolver) Average(dst *cfr.Strategy) {
	found := deep.Tabulate(s.tree, s.inner)
	for i := range s.tree.TotalInfosets() {
		copy(dst.At(i), found.At(i))
	}
}

// saveSolver writes a checkpoint of either kind of solver, with the curve so
// far.
func saveSolver(w io.Writer, solver cfr.Solver, curve trace.Curve) error {
	note, err := json.Marshal(curve.Points)
	if err != nil {
		return fmt.Errorf("save the curve: %w", err)
	}
	if s, ok := solver.(*deepSolver); ok {
		return s.inner.Save(w, note)
	}
	return cfr.Save(w, solver, note)
}

// newSolver makes a solver of either kind.
func newSolver(tree *cfr.Tree, p cfr.Params, variant string) (cfr.Solver, error) {
	if p.Algorithm == deepAlgorithm {
		return newDeepSolver(tree, p, variant)
	}
	return cfr.New(tree, p)
}
