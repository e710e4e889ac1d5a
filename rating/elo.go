package rating

import (
	"fmt"
	"math"
)

// eloToNatural is ln(10)/400: one Elo point on the scale on which the expected
// score is the logistic function.
const eloToNatural = 0.005756462732485115

// An Anchor fixes the rating of one player.
type Anchor struct {
	Player int
	Rating float64
}

// EloParams are the settings of [Elo].
type EloParams struct {
	// Anchors fix the scale. Without any, the mean of all ratings is 0.
	Anchors []Anchor
	// Prior is a number of drawn games that every player is held to have
	// played against an imaginary one at the anchors' mean. With 0 the result
	// is the plain maximum likelihood, which does not exist for a player who
	// has won or lost every game; 1 always has a result and hardly moves a
	// rating that stands on a hundred games.
	Prior float64
	// Confidence of the intervals; 0 stands for 0.95.
	Confidence float64
}

// Ratings are Elo ratings of players, in the order of the payoff table.
type Ratings struct {
	// Elo is the rating of each player, in points: 400 of them are odds of
	// ten to one.
	Elo []float64
	// Intervals hold each rating's confidence interval.
	Intervals []Interval
	// covariance of the ratings, in points squared.
	covariance [][]float64
	quantile   float64
}

// An UnboundedError says that no finite rating is the most likely one, because
// these players have no losses, or no wins, against the others.
type UnboundedError struct{ Players []int }

func (e *UnboundedError) Error() string {
	return fmt.Sprintf("elo: players %v have no finite rating: the games do not connect them with the others in both directions; use a prior", e.Players)
}

// Elo is the maximum likelihood of the model of R. A. Bradley and M. E. Terry
// ("Rank analysis of incomplete block designs", Biometrika 39, 1952) with a draw
// counted as half a win, found by Newton's method. Errors come from the
// inverse of the observed information; as they take a draw for half a win and
// half a loss, they are a little too wide when there are draws.
//
// The error is an [*UnboundedError] when the likelihood has no maximum.
func Elo(games *Payoff, params EloParams) (*Ratings, error) {
	if params.Confidence == 0 {
		params.Confidence = 0.95
	}
	m := newEloModel(games, params)
	if params.Prior <= 0 {
		if loose := m.unbounded(); len(loose) > 0 {
			return nil, &UnboundedError{Players: loose}
		}
	}
	information := m.maximise()
	return m.ratings(information, params.Confidence), nil
}

// Difference is how many points player i is above j, and its interval. It is
// narrower than the intervals of the two suggest, as their errors go together.
func (r *Ratings) Difference(i, j int) (points float64, interval Interval) {
	points = r.Elo[i] - r.Elo[j]
	variance := r.covariance[i][i] + r.covariance[j][j] - float64(2*r.covariance[i][j])
	half := float64(r.quantile * math.Sqrt(max(0, variance)))
	return points, Interval{Low: points - half, High: points + half}
}

// An eloModel is the likelihood in natural units.
type eloModel struct {
	// played is the weight of the games between every two players, and score the
	// first one's mean score in them.
	played [][]float64
	score  [][]float64
	prior  float64
	centre float64 // strength of the prior's imaginary player
	fixed  []bool
	anchor bool
	gamma  []float64 // strength of each player
}

func newEloModel(games *Payoff, params EloParams) *eloModel {
	played, score := square(games.Players()), square(games.Players())
	for i := range played {
		for j := range played {
			record := games.Record(i, j)
			played[i][j], score[i][j] = float64(record.Games()), record.Score()
		}
	}
	return newWeightedModel(played, score, params)
}

// square is a matrix of zeros.
func square(n int) [][]float64 {
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = make([]float64, n)
	}
	return rows
}

// newWeightedModel is newEloModel for games of any weights.
func newWeightedModel(played, score [][]float64, params EloParams) *eloModel {
	n := len(played)
	m := &eloModel{played: played, score: score, prior: params.Prior, fixed: make([]bool, n), gamma: make([]float64, n)}
	for _, anchor := range params.Anchors {
		m.fixed[anchor.Player] = true
		m.gamma[anchor.Player] = anchor.Rating * eloToNatural
		m.centre += m.gamma[anchor.Player] / float64(len(params.Anchors))
		m.anchor = true
	}
	for i := range m.gamma {
		if !m.fixed[i] {
			m.gamma[i] = m.centre
		}
	}
	return m
}

// unbounded lists the players for which L. R. Ford's condition fails ("Solution
// of a ranking problem from binary comparisons", 1957): in the graph of who
// took points off whom, each must reach an anchor, or the first player, and be
// reached from it.
func (m *eloModel) unbounded() []int {
	n := len(m.played)
	reach := func(scored func(i, j int) bool) []bool {
		seen := make([]bool, n)
		var queue []int
		for i := range n {
			if m.fixed[i] || (!m.anchor && i == 0) {
				seen[i] = true
				queue = append(queue, i)
			}
		}
		for len(queue) > 0 {
			i := queue[0]
			queue = queue[1:]
			for j := range n {
				if !seen[j] && scored(i, j) {
					seen[j] = true
					queue = append(queue, j)
				}
			}
		}
		return seen
	}
	points := func(i, j int) bool { return m.played[i][j] > 0 && m.score[i][j] > 0 }
	down := reach(points)
	up := reach(func(i, j int) bool { return points(j, i) })
	var loose []int
	for i := range n {
		if !down[i] || !up[i] {
			loose = append(loose, i)
		}
	}
	return loose
}

// maximise moves gamma to the maximum and returns the observed information
// there.
func (m *eloModel) maximise() [][]float64 {
	n := len(m.played)
	for range 200 {
		gradient, information := m.derivatives()
		step := solveLinear(m.regular(information), gradient)
		largest := 0.0
		for i := range n {
			largest = max(largest, math.Abs(step[i]))
		}
		// The likelihood is concave but flat far out: steps of more than two
		// natural units (350 points) leave the region in which Newton's model
		// of it is good.
		scale := 1.0
		if largest > 2 {
			scale = 2 / largest
		}
		for i := range n {
			m.gamma[i] += float64(scale * step[i])
		}
		if largest < 1e-11 {
			break
		}
	}
	_, information := m.derivatives()
	return information
}

func (m *eloModel) derivatives() (gradient []float64, information [][]float64) {
	n := len(m.played)
	gradient = make([]float64, n)
	information = square(n)
	for i := range n {
		for j, played := range m.played[i] {
			if played == 0 {
				continue
			}
			expected := logistic(m.gamma[i] - m.gamma[j])
			gradient[i] += float64(played * (m.score[i][j] - expected))
			weight := float64(played * float64(expected*(1-expected)))
			information[i][i] += weight
			information[i][j] -= weight
		}
		expected := logistic(m.gamma[i] - m.centre)
		gradient[i] += float64(m.prior * (0.5 - expected))
		information[i][i] += float64(m.prior * float64(expected*(1-expected)))
	}
	for i := range n {
		if m.fixed[i] {
			gradient[i] = 0
			for j := range n {
				information[i][j], information[j][i] = 0, 0
			}
			information[i][i] = 1
		}
	}
	return gradient, information
}

// regular is the information made invertible: without anchors it does not see
// a shift of all ratings, which is then taken out by holding their mean.
func (m *eloModel) regular(information [][]float64) [][]float64 {
	if m.anchor {
		return information
	}
	n := len(information)
	shifted := make([][]float64, n)
	for i := range n {
		shifted[i] = make([]float64, n)
		for j := range n {
			shifted[i][j] = information[i][j] + 1/float64(n)
		}
	}
	return shifted
}

func (m *eloModel) ratings(information [][]float64, confidence float64) *Ratings {
	return m.ratingsWith(invert(m.regular(information)), confidence)
}

// invert inverts a regular matrix.
func invert(matrix [][]float64) [][]float64 {
	rows := make([][]float64, len(matrix))
	for j := range rows {
		unit := make([]float64, len(matrix))
		unit[j] = 1
		rows[j] = solveLinear(matrix, unit)
	}
	return rows
}

// ratingsWith are the ratings with a covariance of the strengths.
func (m *eloModel) ratingsWith(covariance [][]float64, confidence float64) *Ratings {
	n := len(m.played)
	r := &Ratings{
		Elo:        make([]float64, n),
		Intervals:  make([]Interval, n),
		covariance: covariance,
		quantile:   normalQuantile(confidence),
	}
	mean := 0.0
	if !m.anchor {
		for _, gamma := range m.gamma {
			mean += gamma / float64(n)
		}
	}
	for j := range n {
		for i := range n {
			if m.fixed[i] || m.fixed[j] {
				r.covariance[j][i] = 0
			}
			r.covariance[j][i] /= eloToNatural * eloToNatural
		}
	}
	if !m.anchor {
		centre(r.covariance)
	}
	for i := range n {
		r.Elo[i] = (m.gamma[i] - mean) / eloToNatural
		half := float64(r.quantile * math.Sqrt(max(0, r.covariance[i][i])))
		r.Intervals[i] = Interval{Low: r.Elo[i] - half, High: r.Elo[i] + half}
	}
	return r
}

// centre turns the covariance of strengths into that of their differences from
// the mean, which is what is reported.
func centre(covariance [][]float64) {
	n := len(covariance)
	rows, columns, all := make([]float64, n), make([]float64, n), 0.0
	for i, row := range covariance {
		for j, c := range row {
			rows[i] += c / float64(n)
			columns[j] += c / float64(n)
			all += c / float64(n*n)
		}
	}
	for i, row := range covariance {
		for j := range row {
			row[j] += all - rows[i] - columns[j]
		}
	}
}

func logistic(x float64) float64 { return 1 / (1 + exp(-x)) }
