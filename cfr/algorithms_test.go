package cfr_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"dryad/cfr"
	"dryad/cfr/classic"
	_ "dryad/internal/fixedseed"
)

// shortened is how much of a long test is run under the race detector: less, for
// a strategy that is better than uniform play.
func shortened(t testing.TB, tree *cfr.Tree, iterations int, bound float64) (int, float64) {
	t.Helper()
	if !detecting {
		return iterations, bound
	}
	uniform, err := tree.Exploitability(cfr.NewStrategy(tree))
	if err != nil {
		t.Fatal(err)
	}
	return max(iterations/20, 10), uniform
}

// Every tabular algorithm comes below 1e-3 on Kuhn and 1e-2 on Leduc in the
// stated numbers of iterations.
func TestAlgorithmsConverge(t *testing.T) {
	kuhn, leduc := kuhn(t), leduc(t)
	check := func(t *testing.T, tree *cfr.Tree, algorithm string, iterations int, bound float64) {
		t.Helper()
		iterations, bound = shortened(t, tree, iterations, bound)
		if _, _, gap := solve(t, tree, cfr.Params{Algorithm: algorithm}, iterations); gap > bound {
			t.Errorf("%s: exploitability %v after %d iterations", tree.Game().Name(), gap, iterations)
		}
	}
	for _, test := range []struct {
		algorithm   string
		kuhn, leduc int
	}{
		{"cfr", 1000, 1500},
		{"cfr-simultaneous", 60_000, 12_000},
		{"cfr+", 200, 150},
		{"linear-cfr", 300, 600},
		{"dcfr", 200, 120},
		{"dcfr+", 300, 120},
		{"pcfr+", 200, 200},
		{"pdcfr+", 200, 200},
		{"hs-dcfr", 500, 300},
		{"hs-pcfr+", 200, 400},
		{"auto", 200, 200},
		{"xfp", 4000, 5000},
		{"psro", 20, 180},
		{"mmd", 3000, 3000},
	} {
		t.Run(test.algorithm, func(t *testing.T) {
			check(t, kuhn, test.algorithm, test.kuhn, 1e-3)
			check(t, leduc, test.algorithm, test.leduc, 1e-2)
		})
	}
}

// The sampling algorithms come below 0.1 on Leduc.
func TestSamplingConverges(t *testing.T) {
	leduc := leduc(t)
	for _, test := range []struct {
		name       string
		params     cfr.Params
		iterations int
	}{
		{"external", cfr.Params{Algorithm: "mccfr-external"}, 200_000},
		{"external, baselines", cfr.Params{Algorithm: "mccfr-external", Baselines: true}, 100_000},
		{"external, pruning", cfr.Params{Algorithm: "mccfr-external", Prune: -1}, 200_000},
		{"outcome, baselines", cfr.Params{Algorithm: "mccfr-outcome", Baselines: true}, 2_000_000},
		{"chance", cfr.Params{Algorithm: "mccfr-chance"}, 60_000},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.params.Seed = 1
			iterations, bound := shortened(t, leduc, test.iterations, 0.1)
			if _, _, gap := solve(t, leduc, test.params, iterations); gap > bound {
				t.Errorf("exploitability %v after %d iterations", gap, iterations)
			}
		})
	}
	sampling := cfr.NewSampling(kuhn(t).Game(), 1)
	if err := sampling.Run(40_000); err != nil {
		t.Fatal(err)
	}
	if gap, err := kuhn(t).Exploitability(kuhn(t).Strategy(sampling.Policy)); err != nil || gap > 0.02 {
		t.Errorf("implicit: exploitability %v, %v", gap, err)
	}
}

// Baselines reduce the variance of sampled values, and with it exploitability.
func TestBaselinesHelp(t *testing.T) {
	leduc := leduc(t)
	iterations, _ := shortened(t, leduc, 200_000, 0)
	_, _, plain := solve(t, leduc, cfr.Params{Algorithm: "mccfr-external", Seed: 1}, iterations)
	_, _, reduced := solve(t, leduc, cfr.Params{Algorithm: "mccfr-external", Seed: 1, Baselines: true}, iterations)
	if reduced >= plain {
		t.Errorf("exploitability %v with baselines, %v without", reduced, plain)
	}
}

// The average of CFR converges as 1/sqrt(t) at least, CFR+ and the discounted
// ones in practice as 1/t or faster: a hundredfold of iterations divides the
// exploitability by 10 and by 100.
func TestRates(t *testing.T) {
	tree := leduc(t)
	for algorithm, factor := range map[string]float64{"cfr": 10, "cfr+": 100, "dcfr": 100, "pcfr+": 100} {
		_, _, early := solve(t, tree, cfr.Params{Algorithm: algorithm}, 30)
		iterations := 3000
		if detecting { // ten times more iterations divide it by 3, or 10
			iterations, factor = 300, math.Sqrt(factor)
		}
		_, _, late := solve(t, tree, cfr.Params{Algorithm: algorithm}, iterations)
		if late*factor > early {
			t.Errorf("%s: %v after 30 iterations, %v after 3000", algorithm, early, late)
		}
	}
}

// Kuhn 1950: player 0 bets a jack with some probability alpha up to 1/3, never
// a queen, a king with 3 alpha, and calls with the queen with alpha + 1/3;
// player 1's equilibrium strategy is unique.
func TestKuhnEquilibria(t *testing.T) {
	tree := kuhn(t)
	for _, algorithm := range []string{"lp", "pdcfr+", "cfr+", "psro"} {
		strategy, _, _ := solve(t, tree, cfr.Params{Algorithm: algorithm}, 3000/map[bool]int{true: 100, false: 1}[algorithm == "psro"])
		bet := func(p cfr.Player, key string) float64 {
			i, ok := tree.Lookup(p, key)
			if !ok {
				t.Fatalf("no information set %q", key)
			}
			return strategy.At(i)[classic.KuhnBet]
		}
		alpha := bet(0, "J")
		if alpha < -1e-6 || alpha > 1.0/3+1e-4 {
			t.Errorf("%s: bets the jack with %v", algorithm, alpha)
		}
		for _, check := range []struct {
			player cfr.Player
			key    string
			want   float64
		}{
			{0, "Q", 0}, {0, "K", 3 * alpha}, {0, "Jpb", 0}, {0, "Qpb", alpha + 1.0/3}, {0, "Kpb", 1},
			{1, "Jp", 1.0 / 3}, {1, "Jb", 0}, {1, "Qp", 0}, {1, "Qb", 1.0 / 3}, {1, "Kp", 1}, {1, "Kb", 1},
		} {
			if check.key == "Kpb" && alpha > 0.33 {
				continue // never reached: the king always bets
			}
			if got := bet(check.player, check.key); math.Abs(got-check.want) > 5e-3 {
				t.Errorf("%s, alpha %.4f: bets %s with %.5f, want %.5f", algorithm, alpha, check.key, got, check.want)
			}
		}
	}
}

func TestRPSLSIsUniform(t *testing.T) {
	tree := compile(t, classic.RPSLS(), nil)
	for _, algorithm := range []string{"cfr", "cfr+", "pcfr+", "dcfr", "lp", "psro", "mmd", "xfp"} {
		strategy, _, gap := solve(t, tree, cfr.Params{Algorithm: algorithm}, 2000)
		for p := range 2 {
			for a, got := range strategy.At(p) {
				if math.Abs(got-0.2) > 0.01 || gap > 2e-2 {
					t.Errorf("%s: player %d plays %d with %v", algorithm, p, a, got)
				}
			}
		}
	}
}

// linearBound returns how exploitable the linear program's solution of a matrix
// game may be. The simplex method stops when no reduced cost is below
// -linearTolerance, so that its value is at most linearTolerance times the sum of
// the variables away from the optimum. With D = max(1, 2 max |payoff|), in which
// the program counts values, those are the plan (sum 1), the values of the
// opponent's set and of the root (at most 3 D in all), and a slack of at most D for
// each of the opponent's actions and for the empty sequence. Exploitability is
// the mean of what both plans lack.
func linearBound(rows [][]float64) float64 {
	const linearTolerance = 1e-10
	depth := 1.0
	for _, row := range rows {
		for _, payoff := range row {
			depth = max(depth, 2*math.Abs(payoff))
		}
	}
	of := func(opponent int) float64 { return 1 + 3*depth + float64(opponent+1)*depth }
	return linearTolerance * (of(len(rows)) + of(len(rows[0]))) / 2
}

// Matrix games: regret minimisation finds the linear program's value. Payoffs
// are eighths: a matrix whose entries differ by many orders of magnitude asks
// about the conditioning of a basis and not about games.
func TestMatrixGames(t *testing.T) {
	eighths := rapid.Map(rapid.IntRange(-40, 40), func(n int) float64 { return float64(n) / 8 })
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(1, 6).Draw(t, "columns")
		rows := rapid.SliceOfN(rapid.SliceOfN(eighths, columns, columns), 1, 6).Draw(t, "rows")
		game, err := classic.Matrix("m", rows)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := cfr.Compile(game, cfr.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		value := func(algorithm string, iterations int) (float64, float64) {
			solver, err := cfr.New(tree, cfr.Params{Algorithm: algorithm})
			if err != nil {
				t.Fatal(err)
			}
			solver.Run(iterations)
			s := cfr.NewStrategy(tree)
			solver.Average(s)
			gap, err := tree.Exploitability(s)
			if err != nil {
				t.Fatal(err)
			}
			return cfr.NewEvaluator(tree).Values(s)[0], gap
		}
		exact, zero := value("lp", 1)
		bound := linearBound(rows)
		if zero > bound {
			t.Fatalf("the linear program's solution has exploitability %v, more than %v", zero, bound)
		}
		// A value differs from the game's by at most what both players could gain.
		if got, gap := value("pcfr+", 2000); math.Abs(got-exact) > 2*(gap+bound) || gap > 0.01 {
			t.Fatalf("value %v, exploitability %v; the linear program says %v", got, gap, exact)
		}
	})
}

// Fixed-magnet mirror descent: at its end every policy is the logit response
// to the values of its actions at the temperature.
func TestQuantalEquilibrium(t *testing.T) {
	const temperature = 0.3
	// Biased rock-paper-scissors, whose equilibria at different temperatures
	// differ.
	game, err := classic.Matrix("biased", [][]float64{{0, -1, 3}, {1, 0, -3}, {-3, 3, 0}})
	tree := compile(t, game, err)
	strategy, _, gap := solve(t, tree, cfr.Params{Algorithm: "mmd-fixed", Temperature: temperature, StepSize: 0.05}, 5000)
	if gap < 0.01 {
		t.Errorf("exploitability %v: the temperature had no effect", gap)
	}
	rows := [][]float64{{0, -1, 3}, {1, 0, -3}, {-3, 3, 0}}
	x, y := strategy.At(0), strategy.At(1)
	for p, own := range [][]float64{x, y} {
		weights, sum := make([]float64, 3), 0.0
		for a := range weights {
			q := 0.0
			for b := range 3 {
				if p == 0 {
					q += y[b] * rows[a][b]
				} else {
					q -= x[b] * rows[b][a]
				}
			}
			weights[a] = math.Exp(q / temperature)
			sum += weights[a]
		}
		for a := range weights {
			if math.Abs(own[a]-weights[a]/sum) > 1e-9 {
				t.Errorf("player %d, action %d: %v, the logit response is %v", p, a, own[a], weights[a]/sum)
			}
		}
	}
}

// In Kuhn the agent quantal equilibrium is reached too: a hundred times longer
// changes nothing, and a lower temperature is closer to Nash.
func TestQuantalKuhn(t *testing.T) {
	tree := kuhn(t)
	_, _, hot := solve(t, tree, cfr.Params{Algorithm: "mmd-fixed", Temperature: 0.2, StepSize: 0.2}, 20_000)
	_, _, long := solve(t, tree, cfr.Params{Algorithm: "mmd-fixed", Temperature: 0.2, StepSize: 0.2}, 40_000)
	_, _, cold := solve(t, tree, cfr.Params{Algorithm: "mmd-fixed", Temperature: 0.05, StepSize: 0.2}, 20_000)
	if math.Abs(hot-long) > 1e-9 || cold > hot/2 {
		t.Errorf("exploitability %v, %v after twice as long, %v when colder", hot, long, cold)
	}
}

// With all players moving at once, as in the paper, the fixed magnet leads to
// the same equilibrium, and the annealed one towards Nash, more slowly.
func TestMMDSimultaneous(t *testing.T) {
	tree := kuhn(t)
	_, _, turns := solve(t, tree, cfr.Params{Algorithm: "mmd-fixed", Temperature: 0.2, StepSize: 0.05}, 20_000)
	_, _, atOnce := solve(t, tree, cfr.Params{Algorithm: "mmd-fixed", Temperature: 0.2, StepSize: 0.05, Simultaneous: true}, 20_000)
	if math.Abs(turns-atOnce) > 1e-9 {
		t.Errorf("exploitability %v in turn, %v at once", turns, atOnce)
	}
	if _, _, gap := solve(t, tree, cfr.Params{Algorithm: "mmd", Simultaneous: true}, 3000); gap > 5e-3 {
		t.Errorf("exploitability %v on Kuhn", gap)
	}
}

func TestMMDDecisionTime(t *testing.T) {
	next := make([]float64, 2)
	cfr.MMDStep(next, []float64{0.5, 0.5}, []float64{0.5, 0.5}, []float64{1, 0}, 1, 0)
	if want := math.E / (1 + math.E); math.Abs(next[0]-want) > 1e-12 {
		t.Errorf("%v, want %v", next, want)
	}
	// With the king in hand, facing a bet, planning against any policy calls.
	game := kuhn(t).Game()
	world := game.Root().Child(2).Child(0).Child(0).Child(1) // K, J, pass, bet
	even := func(s cfr.State) []float64 { return []float64{0.5, 0.5} }
	random := func() float64 { return 0.5 }
	if got := cfr.PlanMMD(game, []cfr.State{world}, even, 10, 0.01, random); got[1] < 0.99 {
		t.Errorf("planned %v", got)
	}
}

// The gap of coarse correlated equilibrium follows from regrets; with
// simultaneous updates it is the external regret per iteration.
func TestCoarseGap(t *testing.T) {
	three, err := classic.Kuhn(3)
	for _, tree := range []*cfr.Tree{kuhn(t), compile(t, three, err)} {
		solver, err := cfr.New(tree, cfr.Params{Algorithm: "cfr-simultaneous", TrackRegret: true})
		if err != nil {
			t.Fatal(err)
		}
		gap := solver.(interface{ CoarseGap() float64 })
		if !math.IsInf(gap.CoarseGap(), 1) {
			t.Error("a gap before the first iteration")
		}
		// Brute force: the mean over iterations of what a best response to the
		// mean of the others' play gets, less what was got.
		evaluator := cfr.NewEvaluator(tree)
		solver.Run(1) // uniform play: its gap is the deviation gain at the uniform strategy
		gains, err := evaluator.DeviationIncentives(cfr.NewStrategy(tree))
		if err != nil {
			t.Fatal(err)
		}
		most := 0.0
		for _, g := range gains {
			most = max(most, g)
		}
		if got := gap.CoarseGap(); math.Abs(got-most) > 1e-12 {
			t.Errorf("gap %v, want %v", got, most)
		}
		solver.Run(4999)
		if got := gap.CoarseGap(); got < 0 || got > 0.02 {
			t.Errorf("gap %v after 5000 iterations", got)
		}
	}
}

func TestLimitsOfAlgorithms(t *testing.T) {
	three, err := classic.Kuhn(3)
	tree := compile(t, three, err)
	for _, algorithm := range []string{"psro", "lp"} {
		if _, err := cfr.New(tree, cfr.Params{Algorithm: algorithm}); !errors.Is(err, cfr.ErrNotTwoPlayerZeroSum) {
			t.Errorf("%s on three players: %v", algorithm, err)
		}
	}
	if _, err := cfr.New(leduc(t), cfr.Params{Algorithm: "lp"}); err == nil {
		t.Error("a linear program of Leduc's size was accepted")
	}
	if _, err := cfr.New(tree, cfr.Params{Algorithm: "nonsense"}); !errors.Is(err, cfr.ErrUnknownAlgorithm) {
		t.Errorf("%v", err)
	}
}
