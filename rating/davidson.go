package rating

import (
	"errors"
	"math"
)

// DavidsonParams are the settings of [Davidson].
type DavidsonParams struct {
	// Prior is a number of games without draws, half won and half lost, of
	// every player against an imaginary one at the mean of all. With 0 the
	// result is the plain maximum likelihood. It says nothing about draws.
	Prior float64
	// Confidence of the intervals; 0 stands for 0.95.
	Confidence float64
}

// DavidsonRatings are ratings under the model of [Davidson]. The mean of all is
// 0, and 400 points are odds of ten to one between winning and losing.
type DavidsonRatings struct {
	Ratings
	// Draws is the model's parameter for draws: two equal players draw a part
	// Draws/(2+Draws) of their games. It is 0 if no game was drawn.
	Draws float64
	// DrawsInterval is the confidence interval of Draws, which is computed on
	// the logarithm of Draws; [0, 0] if no game was drawn.
	DrawsInterval Interval
}

// ErrDrawsUnbounded says that the likelihood grows with the parameter for draws
// without end: all games were drawn, or too few were decided to bound it.
var ErrDrawsUnbounded = errors.New("davidson: the decided games do not bound the rate of draws: play more games, or rate with draws as half a win")

// Davidson is the maximum likelihood of the Bradley-Terry model with draws
// (R. R. Davidson, "On extending the Bradley-Terry model to accommodate ties in
// paired comparison experiments", JASA 65, 1970): with strengths p and q,
// wins, draws and losses are as p to v*sqrt(p*q) to q, where v is the
// parameter for draws. Errors come
// from the inverse of the observed information, in which strengths and draws
// are estimated together.
//
// The error is an [*UnboundedError] or [ErrDrawsUnbounded] when the likelihood
// has no maximum.
func Davidson(games *Payoff, params DavidsonParams) (*DavidsonRatings, error) {
	if params.Confidence == 0 {
		params.Confidence = 0.95
	}
	n := games.Players()
	m := &davidsonModel{games: games, prior: params.Prior, gamma: make([]float64, n)}
	decided, drawn := 0, 0
	for i := range n {
		total := games.Total(i)
		decided += total.Wins
		drawn += total.Draws
	}
	drawn /= 2 // each was seen by two players
	m.draws = drawn > 0
	if params.Prior <= 0 {
		if loose := newEloModel(games, EloParams{}).unbounded(); len(loose) > 0 {
			return nil, &UnboundedError{Players: loose}
		}
		if m.draws && m.drawsUnbounded() {
			return nil, ErrDrawsUnbounded
		}
	}
	if m.draws && decided == 0 {
		return nil, ErrDrawsUnbounded
	}
	if m.draws {
		m.delta = ln(2 * float64(drawn) / float64(decided))
	}
	return m.ratings(m.maximise(), params.Confidence), nil
}

// A davidsonModel is the likelihood in natural units: gamma are the logarithms
// of the strengths, delta is that of the parameter for draws.
type davidsonModel struct {
	games *Payoff
	prior float64
	draws bool // some game was drawn, so that delta is estimated
	gamma []float64
	delta float64
}

// drawsUnbounded reports whether there is a direction with growing delta in
// which no observed result becomes less likely. In it a winner gains at least
// twice as much as delta on the loser, and two players who drew part by at most
// that: a system of difference constraints, which R. Bellman's algorithm solves
// ("On a routing problem", Quarterly of Applied Mathematics 16, 1958).
func (m *davidsonModel) drawsUnbounded() bool {
	n := m.games.Players()
	bound := make([]int, n)
	for round := 0; ; round++ {
		changed := false
		lower := func(i, limit int) {
			if bound[i] > limit {
				bound[i], changed = limit, true
			}
		}
		for i := range n {
			for j := range n {
				games := m.games.Record(i, j)
				if games.Wins > 0 {
					lower(j, bound[i]-2)
				}
				if games.Draws > 0 {
					lower(j, bound[i]+2)
				}
			}
		}
		if !changed {
			return true
		}
		if round > n {
			return false // a cycle of constraints contradicts itself
		}
	}
}

// probabilities are those of a win and a draw at a difference of strength.
func (m *davidsonModel) probabilities(difference float64) (win, draw, loss float64) {
	// All three weights are divided by the largest one.
	half := float64(difference / 2)
	top := math.Abs(half)
	if m.draws {
		top = max(top, m.delta)
	}
	win, loss = exp(half-top), exp(-half-top)
	if m.draws {
		draw = exp(m.delta - top)
	}
	sum := win + draw + loss
	return win / sum, draw / sum, loss / sum
}

// logLikelihood is that of all games, without constants.
func (m *davidsonModel) logLikelihood() float64 {
	sum := 0.0
	add := func(count, p float64) {
		if count > 0 {
			sum += float64(count * ln(max(p, 1e-300)))
		}
	}
	for i := range m.gamma {
		for j := range i {
			games := m.games.Record(i, j)
			win, draw, loss := m.probabilities(m.gamma[i] - m.gamma[j])
			add(float64(games.Wins), win)
			add(float64(games.Draws), draw)
			add(float64(games.Losses), loss)
		}
		add(m.prior/2, logistic(m.gamma[i]))
		add(m.prior/2, logistic(-m.gamma[i]))
	}
	return sum
}

// derivatives are the gradient of the log-likelihood and the observed
// information, for gamma and after them delta. The model is an exponential
// family, so the information is the covariance of what is counted: half of wins
// minus losses, and draws.
func (m *davidsonModel) derivatives() (gradient []float64, information [][]float64) {
	n := len(m.gamma)
	gradient = make([]float64, n+1)
	information = make([][]float64, n+1)
	for i := range information {
		information[i] = make([]float64, n+1)
	}
	for i := range n {
		for j := range n {
			games := m.games.Record(i, j)
			if games.Games() == 0 {
				continue
			}
			played := float64(games.Games())
			win, draw, loss := m.probabilities(m.gamma[i] - m.gamma[j])
			lead := (win - loss) / 2
			variance := float64((win+loss)/4) - float64(lead*lead)
			gradient[i] += float64(float64(games.Wins-games.Losses)/2) - float64(played*lead)
			information[i][i] += float64(played * variance)
			information[i][j] -= float64(played * variance)
			if m.draws {
				covariance := float64(played * float64(lead*draw))
				information[i][n] -= covariance
				information[n][i] -= covariance
				// Each two players are met twice.
				gradient[n] += float64((float64(games.Draws) - float64(played*draw)) / 2)
				information[n][n] += float64(float64(played*float64(draw*(1-draw))) / 2)
			}
		}
		expected := logistic(m.gamma[i])
		gradient[i] += float64(m.prior * (0.5 - expected))
		information[i][i] += float64(m.prior * float64(expected*(1-expected)))
	}
	if !m.draws {
		information[n][n] = 1
	}
	return gradient, information
}

// regular is the information made invertible: it does not see a shift of all
// strengths, which is taken out by holding their mean.
func (m *davidsonModel) regular(information [][]float64) [][]float64 {
	n := len(m.gamma)
	shifted := make([][]float64, n+1)
	for i := range shifted {
		shifted[i] = append([]float64(nil), information[i]...)
		if i == n {
			continue
		}
		for j := range n {
			shifted[i][j] += 1 / float64(n)
		}
	}
	return shifted
}

// maximise moves gamma and delta to the maximum by Newton's method with halved
// steps, and returns the observed information there.
func (m *davidsonModel) maximise() [][]float64 {
	n := len(m.gamma)
	value := m.logLikelihood()
	for range 200 {
		gradient, information := m.derivatives()
		step := solveLinear(m.regular(information), gradient)
		largest := 0.0
		for _, s := range step {
			largest = max(largest, math.Abs(s))
		}
		scale := 1.0
		if largest > 2 {
			scale = 2 / largest
		}
		gamma, delta := append([]float64(nil), m.gamma...), m.delta
		for range 40 {
			for i := range n {
				m.gamma[i] = gamma[i] + float64(scale*step[i])
			}
			m.delta = delta + float64(scale*step[n])
			next := m.logLikelihood()
			// Near the maximum only rounding remains between the two values.
			if next >= value-float64(1e-9*math.Abs(value))-1e-12 {
				value = next
				break
			}
			scale /= 2
		}
		if largest < 1e-10 {
			break
		}
	}
	_, information := m.derivatives()
	return information
}

func (m *davidsonModel) ratings(information [][]float64, confidence float64) *DavidsonRatings {
	n := len(m.gamma)
	quantile := normalQuantile(confidence)
	r := &DavidsonRatings{Ratings: Ratings{Elo: make([]float64, n), Intervals: make([]Interval, n),
		covariance: make([][]float64, n), quantile: quantile}}
	mean := 0.0
	for _, gamma := range m.gamma {
		mean += gamma / float64(n)
	}
	regular := m.regular(information)
	for j := range n + 1 {
		unit := make([]float64, n+1)
		unit[j] = 1
		column := solveLinear(regular, unit)
		if j < n {
			r.covariance[j] = column[:n]
			for i := range n {
				r.covariance[j][i] /= eloToNatural * eloToNatural
			}
			continue
		}
		if m.draws {
			half := float64(quantile * math.Sqrt(max(0, column[n])))
			r.Draws = exp(m.delta)
			r.DrawsInterval = Interval{Low: exp(m.delta - half), High: exp(m.delta + half)}
		}
	}
	centre(r.covariance)
	for i := range n {
		r.Elo[i] = (m.gamma[i] - mean) / eloToNatural
		half := float64(quantile * math.Sqrt(max(0, r.covariance[i][i])))
		r.Intervals[i] = Interval{Low: r.Elo[i] - half, High: r.Elo[i] + half}
	}
	return r
}
