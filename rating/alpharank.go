package rating

import (
	"fmt"
	"math"
)

// AlphaRankParams are the settings of [AlphaRank]. The zero value of a field
// stands for the default in its comment.
type AlphaRankParams struct {
	// Alpha is the intensity of selection; 100. The larger it is, the more
	// surely the better of two players replaces the other.
	Alpha float64
	// Population is the number of individuals that a mutant has to replace; 50.
	Population int
}

// AlphaRank rates players by how much of the time evolution spends at each (S.
// Omidshafiei et al., "alpha-Rank: Multi-Agent Evaluation by Evolution",
// Scientific Reports 9, 2019, the model of one population). Margins is
// an antisymmetric matrix, for instance [Payoff.Margins]. The weights are the
// stationary distribution of the chain in which a population of one kind of
// player is invaded by single mutants of each other kind; they sum to 1. Unlike
// an order by points it shows a cycle as a set of players that share the
// weight.
//
// A mutant's fitness is its payoff against a resident, and a resident's its
// payoff against a mutant, so that they differ by twice the margin.
func AlphaRank(margins [][]float64, params AlphaRankParams) ([]float64, error) {
	if params.Alpha == 0 {
		params.Alpha = 100
	}
	if params.Population == 0 {
		params.Population = 50
	}
	if !(params.Alpha > 0) || math.IsInf(params.Alpha, 0) || params.Population < 2 {
		return nil, fmt.Errorf("alpha-rank: want a positive alpha and a population of 2 at least, have %v and %d", params.Alpha, params.Population)
	}
	n := len(margins)
	if n == 0 {
		return nil, nil
	}
	rates := make([][]float64, n) // logarithms, from the row to the column
	for resident := range n {
		rates[resident] = make([]float64, n)
		for mutant := range n {
			if mutant != resident {
				rates[resident][mutant] = logFixation(float64(params.Alpha*float64(2*margins[mutant][resident])), params.Population)
			}
		}
	}
	return stationary(rates), nil
}

// logFixation is the logarithm of the probability that one mutant with that
// advantage, in units of 1/alpha, takes over a population of m: the paper's
// rho = (1 - e^-x) / (1 - e^-mx), which is 1/m at x = 0.
func logFixation(advantage float64, m int) float64 {
	size := float64(m)
	x := math.Abs(advantage)
	if x == 0 {
		return -ln(size)
	}
	value := ln(oneMinusExp(x)) - ln(oneMinusExp(float64(size*x)))
	if advantage < 0 {
		value -= float64((size - 1) * x)
	}
	return value
}

// oneMinusExp is 1 - e^-x for x > 0 without cancellation.
func oneMinusExp(x float64) float64 {
	if x > 1e-2 {
		return 1 - exp(-x)
	}
	sum := 1.0
	for k := 9; k >= 2; k-- {
		sum = 1 - float64(x*sum)/float64(k)
	}
	return float64(x * sum)
}

// stationary is the stationary distribution of the chain whose rates between
// different states have these logarithms. It removes state after state (W. K.
// Grassmann, M. I. Taksar and D. P. Heyman, "Regenerative analysis and steady
// state distributions for Markov chains", Operations Research 33, 1985), which
// subtracts nothing, and can so be done on logarithms: rates of e^-10000 are no
// matter.
func stationary(rates [][]float64) []float64 {
	n := len(rates)
	q := make([][]float64, n)
	for i := range q {
		q[i] = append([]float64(nil), rates[i]...)
	}
	leaving := make([]float64, n)
	for k := n - 1; k > 0; k-- {
		leaving[k] = math.Inf(-1)
		for j := range k {
			leaving[k] = logSum(leaving[k], q[k][j])
		}
		for i := range k {
			for j := range k {
				if i != j {
					q[i][j] = logSum(q[i][j], q[i][k]+q[k][j]-leaving[k])
				}
			}
		}
	}
	weights := make([]float64, n)
	for k := 1; k < n; k++ {
		weights[k] = math.Inf(-1)
		for i := range k {
			weights[k] = logSum(weights[k], weights[i]+q[i][k]-leaving[k])
		}
	}
	return softmax(weights)
}

// logSum is the logarithm of e^x + e^y.
func logSum(x, y float64) float64 {
	high, low := max(x, y), min(x, y)
	if math.IsInf(high, -1) {
		return high
	}
	return high + ln(1+exp(low-high))
}
