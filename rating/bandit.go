package rating

import (
	"fmt"
	"math"
)

// A Bandit chooses among arms by what they have paid, without any assumption on who
// pays: EXP3 of P. Auer, N. Cesa-Bianchi, Y. Freund and R. E. Schapire, "The
// nonstochastic multiarmed bandit problem" (SIAM Journal on Computing 32, 2002),
// figure 1. Make one with [NewBandit]. It is used by one goroutine at a time.
type Bandit struct {
	exploration float64
	logs        []float64 // logarithms of the weights
}

// NewBandit returns a bandit that has seen nothing. Exploration is the paper's gamma,
// above 0 and at most 1: the share of choices that do not look at what was paid.
func NewBandit(arms int, exploration float64) *Bandit {
	if arms < 1 || !(exploration > 0 && exploration <= 1) {
		panic(fmt.Sprintf("rating: bug: a bandit of %d arms with exploration %v", arms, exploration))
	}
	return &Bandit{exploration: exploration, logs: make([]float64, arms)}
}

// Exploration is the share that bounds the regret after so many choices, by
// corollary 3.2 of the paper.
func Exploration(arms, choices int) float64 {
	if choices < 1 || arms < 2 {
		return 1
	}
	share := math.Sqrt(float64(float64(arms)*ln(float64(arms))) / float64((math.E-1)*float64(choices)))
	return min(1, share)
}

// Probabilities are those with which the arms are to be chosen.
func (b *Bandit) Probabilities() []float64 {
	most := b.logs[0]
	for _, l := range b.logs {
		most = max(most, l)
	}
	sum, p := 0.0, make([]float64, len(b.logs))
	for i, l := range b.logs {
		p[i] = exp(l - most)
		sum += p[i]
	}
	for i := range p {
		p[i] = float64((1-b.exploration)*(p[i]/sum)) + b.exploration/float64(len(p))
	}
	return p
}

// Choose returns the arm for a number that was drawn from [0, 1).
func (b *Bandit) Choose(drawn float64) int {
	p := b.Probabilities()
	for i := range p {
		if drawn -= p[i]; drawn < 0 {
			return i
		}
	}
	return len(p) - 1
}

// Reward says what an arm has paid, from 0 to 1. Probability is that with which it
// was chosen.
func (b *Bandit) Reward(arm int, paid, probability float64) {
	b.logs[arm] += float64(b.exploration*paid) / float64(probability*float64(len(b.logs)))
}
