package deep_test

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"dryad/cfr"
	"dryad/cfr/classic"
	"dryad/cfr/deep"
	"dryad/nn"
)

var train = flag.Bool("train", false, "train the networks in testdata anew, to the same bits: some minutes")

// leducParams are what the networks in testdata were trained with, for
// leducIterations.
var leducParams = deep.Params{
	Variant: deep.VRDeepPDCFR, Traversals: 1000, Steps: 60, LearningRate: 2e-3,
	AverageSteps: 3000, Scale: 13.0 / 3, Workers: 2, Seed: 1,
}

const leducIterations = 240

func leducFile(role int) string { return fmt.Sprintf("testdata/leduc-%d.safetensors", role) }

// The networks learned for Leduc poker are less than 0.1 exploitable, exactly
// measured, and beat ones with random weights. `go test ./cfr/deep -run
// TestLeduc -train` makes the files again.
func TestLeducNetworks(t *testing.T) {
	game := classic.Leduc().(deep.Encoder)
	tree := compile(t, game)
	if *train {
		s := solver(t, game, leducParams)
		run(t, s, leducIterations)
		if err := s.TrainAverage(); err != nil {
			t.Fatal(err)
		}
		for role := range 2 {
			if err := nn.Save(leducFile(role), s.Network(role), nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	learned := solver(t, game, leducParams)
	for role := range 2 {
		net, _, err := nn.Load(leducFile(role))
		if err != nil {
			t.Fatal(err)
		}
		if err := learned.SetNetwork(role, net); err != nil {
			t.Fatal(err)
		}
	}
	good := deep.Tabulate(tree, learned)
	gap, err := tree.Exploitability(good)
	if err != nil || gap > 0.1 {
		t.Errorf("exploitability %v, %v", gap, err)
	}
	random := solver(t, game, leducParams)
	if err := random.Randomise(5); err != nil {
		t.Fatal(err)
	}
	bad := deep.Tabulate(tree, random)
	// Each seat once with the random weights, against the learned ones: exact
	// values, so that there is no interval to be beyond.
	lost := 0.0
	for p := range 2 {
		mixed := cfr.NewStrategy(tree)
		for i := range tree.TotalInfosets() {
			from := good
			if int(tree.Infoset(i).Player) == p {
				from = bad
			}
			copy(mixed.At(i), from.At(i))
		}
		lost -= cfr.NewEvaluator(tree).Values(mixed)[p]
	}
	if lost < 0.2 {
		t.Errorf("random weights lose only %v in a pair of deals", lost)
	}
	// And in matches, beyond an interval of 99.9 %, in which the exact value lies.
	const pairs = 4000
	source := rand.New(rand.NewPCG(1, 2))
	sum, squares := 0.0, 0.0
	for range pairs {
		result := deal(game, source, learned.Policy, random.Policy)[0] + deal(game, source, random.Policy, learned.Policy)[1]
		sum += result
		squares += result * result
	}
	mean := sum / pairs
	half := 3.29 * math.Sqrt((squares/pairs-mean*mean)/pairs)
	if mean-half <= 0 || math.Abs(mean-lost) > half {
		t.Errorf("the learned weights win %v +- %v in a pair of deals, exactly %v", mean, half, lost)
	}
}

// deal plays one deal and returns what the players get.
func deal(game cfr.Game, source *rand.Rand, players ...func(cfr.State) []float64) []float64 {
	state := game.Root()
	for state.Player() != cfr.Terminal {
		if state.Player() == cfr.Chance {
			state = state.Child(cfr.Pick(state.Probabilities(), source.Float64()))
		} else {
			state = state.Child(cfr.Pick(players[state.Player()](state), source.Float64()))
		}
	}
	returns := make([]float64, 2)
	state.Returns(returns)
	return returns
}

// Liar's dice with three sides is learned to less than 0.1, exactly measured.
func TestLiarsDice(t *testing.T) {
	game, err := classic.LiarsDice(1, 3)
	if err != nil {
		t.Fatal(err)
	}
	tree := compile(t, game)
	uniform, err := tree.Exploitability(cfr.NewStrategy(tree))
	if err != nil {
		t.Fatal(err)
	}
	s := solver(t, game.(deep.Encoder), deep.Params{
		Variant: deep.VRDeepPDCFR, Traversals: 200, Steps: 30, AverageSteps: 800, LearningRate: 3e-3, Seed: 1,
	})
	run(t, s, 20)
	if gap, err := tree.Exploitability(deep.Tabulate(tree, s)); err != nil || gap > 0.1 || gap > uniform/4 {
		t.Errorf("exploitability %v, %v; uniform play has %v", gap, err, uniform)
	}
}

// Training on Leduc brings exploitability down from the start.
func TestLeducLearns(t *testing.T) {
	game := classic.Leduc().(deep.Encoder)
	tree := compile(t, game)
	p := leducParams
	p.Traversals, p.Steps, p.AverageSteps = 300, 30, 600
	s := solver(t, game, p)
	run(t, s, 15)
	gap, err := tree.Exploitability(deep.Tabulate(tree, s))
	if err != nil || gap > 1.5 {
		t.Errorf("exploitability %v after 15 iterations, %v; uniform play has 2.37", gap, err)
	}
}
