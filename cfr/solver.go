package cfr

import (
	"errors"
	"fmt"
)

// Solver is an iterative algorithm on a compiled game. One iteration updates
// every player once. A solver is not safe for concurrent use.
type Solver interface {
	// Algorithm returns the name under which [New] made it.
	Algorithm() string
	// Tree returns the game.
	Tree() *Tree
	// Run does a number of iterations.
	Run(iterations int)
	// Iterations returns how many were done.
	Iterations() int
	// Average writes the strategy that the algorithm has found so far to dst:
	// the average over the iterations, or the last one where that is what
	// converges. Information sets never visited are uniform.
	Average(dst *Strategy)
}

// Checkpointer is a Solver that [Save] can write down.
type Checkpointer interface {
	Solver
	// Tables returns pointers to all that changes as the solver runs, always
	// in the same order: *int, *uint64, *float64, *[]float64, *[]float32, and *[]int32.
	// The lengths of slices are those that a new solver has, except that a
	// slice behind a *[]T whose new solver's is nil may have any length.
	Tables() []any
	// Restored is called when the tables were overwritten; it brings what is
	// derived from them in line, and checks what it can.
	Restored() error
}

// Params choose and tune an algorithm for [New]. [Registry] lists which settings
// an algorithm uses; New refuses others.
type Params struct {
	// Algorithm is one of [Algorithms]; "dcfr" by default.
	Algorithm string
	// Rule replaces the update rule of the CFR family; then Algorithm is only
	// a label.
	Rule *Rule `json:"-"`
	// Gamma, when positive, replaces the averaging exponent of the CFR family:
	// 3 is usual with DCFR in production.
	Gamma float64
	// Prediction, when positive, replaces the weight of the prediction in
	// pcfr+ and pdcfr+: 1/3 is the cautious choice.
	Prediction float64
	// Horizon is the length of the run that the hyper-parameter schedules of
	// hs-dcfr and hs-pcfr+ are stretched over; 1000 by default.
	Horizon int
	// Threads is the number of threads; 1 by default. Results are the same
	// bits for any number.
	Threads int
	// Float32 keeps the tables of the CFR family in single precision.
	Float32 bool
	// HistoryForm walks level-ordered histories also where the sequence form
	// would do.
	HistoryForm bool
	// TrackRegret keeps the plain sums of regrets, for CoarseGap.
	TrackRegret bool
	// Seed of the sampling algorithms.
	Seed uint64
	// Epsilon is how often outcome sampling explores; 0.6 by default.
	Epsilon float64
	// Baselines reduce the variance of external and outcome sampling.
	Baselines bool
	// Prune, when negative, lets external sampling leave out actions whose
	// mean regret is below it.
	Prune float64
	// Temperature of magnetic mirror descent, in units of the returns (of mmd
	// at the first iteration); a tenth of the greatest return by default.
	Temperature float64
	// StepSize of magnetic mirror descent, in inverse units of the returns (of
	// mmd at the first iteration); by default 1 over the greatest return, with
	// mmd 50 over it.
	StepSize float64
	// Simultaneous moves all players of magnetic mirror descent at once, as in
	// its paper, and not in turn; the defaults of mmd are then 0.3 times the
	// greatest return and 6 over it.
	Simultaneous bool
	// Drift is how far the magnet moves towards the policy in an
	// iteration; 0 leaves it where it is.
	Drift float64
}

func (p *Params) horizon() int {
	if p.Horizon > 0 {
		return p.Horizon
	}
	return 1000
}

// family returns the update rule of a member of the CFR family with what the
// parameters change of it.
func (p Params) family(preset func(Params) Rule) Rule {
	rule := preset(p)
	if p.Gamma > 0 {
		rule.Gamma = p.Gamma
	}
	if p.Prediction > 0 && rule.Prediction > 0 {
		rule.Prediction = p.Prediction
	}
	return rule
}

// New returns a solver for a compiled game. A setting that the algorithm does
// not use is an error that wraps [ErrSetting].
func New(t *Tree, p Params) (Solver, error) {
	if len(t.sets) == 0 {
		return nil, fmt.Errorf("solve %s: nobody decides anything", t.game.Name())
	}
	if p.Algorithm == "" && p.Rule == nil {
		p.Algorithm = "dcfr"
	}
	if p.Threads < 0 || p.Threads > 1024 {
		return nil, fmt.Errorf("solve %s: %d threads", t.game.Name(), p.Threads)
	}
	algorithm, ok := Lookup(p.Algorithm)
	if p.Rule != nil {
		algorithm, ok = &Algorithm{Name: "a rule", Settings: tables, rule: func(p Params) Rule { return *p.Rule }}, true
	}
	if !ok {
		return nil, fmt.Errorf("%w: %q", ErrUnknownAlgorithm, p.Algorithm)
	}
	if err := algorithm.check(p); err != nil {
		return nil, fmt.Errorf("solve %s: %w", t.game.Name(), err)
	}
	p.Threads = max(p.Threads, 1)
	switch {
	case algorithm.rule == nil:
		return algorithm.build(t, p)
	case p.Float32:
		return newRegretSolver[float32](t, p, p.family(algorithm.rule)), nil
	default:
		return newRegretSolver[float64](t, p, p.family(algorithm.rule)), nil
	}
}

// ErrUnknownAlgorithm is returned by [New] for a name that is not among [Algorithms].
var ErrUnknownAlgorithm = errors.New("unknown algorithm")
