package rating

import "fmt"

// TestParams are the settings of a sequential test. The zero value of a field
// stands for the default in its comment.
type TestParams struct {
	// Null and Alternative are the two hypotheses, Null < Alternative, in the
	// unit of Model. Under Logistic both zero mean 0.5 and 0.55.
	Null, Alternative float64
	// Model says what Null and Alternative are; Logistic.
	Model Model
	// Alpha bounds the probability of accepting a player whose mean score is
	// Null or less; 0.05.
	Alpha float64
	// Beta bounds the probability of rejecting one whose mean score is
	// Alternative or more, as long as MaxPairs does not end the test; 0.05.
	Beta float64
	// MinPairs is the number of pairs before which no verdict is given; 8.
	// The likelihood ratio estimates the spread of the pairs from the pairs
	// themselves and means little before it has seen some.
	MinPairs int
	// MaxPairs ends the test without a decision; 0 never does.
	MaxPairs int
}

// A Model is the unit of the hypotheses of a sequential test.
type Model int8

// The units of hypotheses.
const (
	// Logistic hypotheses are mean scores strictly between 0 and 1; [EloScore]
	// makes them of Elo points.
	Logistic Model = iota
	// Normalized hypotheses are points of normalized Elo, at most
	// [MaxNormalizedElo] in size: the mean score above one half in units of the
	// deviation of a game ([NormalizedLogLikelihoodRatio]). The number of pairs
	// that a test needs then does not depend on how many games are drawn.
	Normalized
)

// String is "logistic" or "normalized".
func (m Model) String() string {
	switch m {
	case Logistic:
		return "logistic"
	case Normalized:
		return "normalized"
	}
	return "invalid model"
}

// MarshalText is String.
func (m Model) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText is the inverse of MarshalText.
func (m *Model) UnmarshalText(text []byte) error {
	for _, known := range []Model{Logistic, Normalized} {
		if known.String() == string(text) {
			*m = known
			return nil
		}
	}
	return fmt.Errorf("sequential test: there is no model %q; use logistic or normalized", text)
}

// A Verdict is the state of a sequential test.
type Verdict int8

// The states of a sequential test. Only Accepted says that the player is
// better: an Exhausted test has not shown it.
const (
	Undecided Verdict = iota // more pairs are wanted
	Accepted                 // the alternative hypothesis
	Rejected                 // the null hypothesis
	Exhausted                // MaxPairs without a decision
)

// String is the verdict in one word.
func (v Verdict) String() string {
	return [...]string{"undecided", "accepted", "rejected", "exhausted"}[v]
}

// A Test is a sequential probability ratio test over pairs of games. Pairs may
// be added in any order; they are consumed by index, and those after the one
// that decides are dropped, so the verdict does not depend on the order of
// arrival. A Test is not safe for concurrent use.
//
// The method is A. Wald, "Sequential tests of statistical hypotheses" (Annals
// of Mathematical Statistics 16, 1945), with the generalised likelihood ratio
// of the five possible results of a pair, as engine developers use it: M. Van
// den Bergh, "A practical introduction to the GSPRT" (2017), after X. Li, J.
// Liu and Z. Ying, "Generalized sequential probability ratio test for separate
// families of hypotheses" (Sequential Analysis 33, 2014).
type Test struct {
	params       TestParams
	lower, upper float64
	counts       Pentanomial
	used         int
	llr          float64
	verdict      Verdict
	waiting      map[int]Pair
}

// NewTest checks params and returns a test that has seen nothing.
func NewTest(params TestParams) (*Test, error) {
	if params.Model == Logistic && params.Null == 0 && params.Alternative == 0 {
		params.Null, params.Alternative = 0.5, 0.55
	}
	if params.Alpha == 0 {
		params.Alpha = 0.05
	}
	if params.Beta == 0 {
		params.Beta = 0.05
	}
	if params.MinPairs == 0 {
		params.MinPairs = 8
	}
	switch {
	case params.Model != Logistic && params.Model != Normalized:
		return nil, fmt.Errorf("sequential test: there is no model %d", params.Model)
	case params.Model == Normalized:
		if !(-MaxNormalizedElo <= params.Null && params.Null < params.Alternative && params.Alternative <= MaxNormalizedElo) {
			return nil, fmt.Errorf("sequential test: want null < alternative, both from %d to %d points of normalized Elo, have %v and %v",
				-MaxNormalizedElo, MaxNormalizedElo, params.Null, params.Alternative)
		}
	case !(0 < params.Null && params.Null < params.Alternative && params.Alternative < 1):
		return nil, fmt.Errorf("sequential test: want 0 < null < alternative < 1, have %v and %v",
			params.Null, params.Alternative)
	}
	if !(0 < params.Alpha && params.Alpha < 0.5 && 0 < params.Beta && params.Beta < 0.5) {
		return nil, fmt.Errorf("sequential test: want alpha and beta between 0 and 0.5, have %v and %v",
			params.Alpha, params.Beta)
	}
	if params.MinPairs < 0 || params.MaxPairs < 0 {
		return nil, fmt.Errorf("sequential test: numbers of pairs must not be negative, have %d and %d",
			params.MinPairs, params.MaxPairs)
	}
	return &Test{
		params:  params,
		lower:   ln(params.Beta / (1 - params.Alpha)),
		upper:   ln((1 - params.Beta) / params.Alpha),
		waiting: map[int]Pair{},
	}, nil
}

// EloScore is the expected score of a player who is better by elo points, for
// hypotheses that are stated in Elo.
func EloScore(elo float64) float64 {
	return 1 / (1 + exp(-elo*eloToNatural))
}

// Add hands in the pair of that index, counted from 0. A pair that was handed
// in already, or that comes after the verdict, changes nothing.
func (t *Test) Add(index int, pair Pair) error {
	if pair < 0 || pair > 4 {
		return fmt.Errorf("sequential test: pair %d has result %d, want 0 to 4", index, pair)
	}
	if index < t.used || t.verdict != Undecided {
		return nil
	}
	if _, have := t.waiting[index]; !have {
		t.waiting[index] = pair
	}
	for t.verdict == Undecided {
		next, have := t.waiting[t.used]
		if !have {
			return nil
		}
		delete(t.waiting, t.used)
		t.used++
		t.counts.Add(next)
		t.decide()
	}
	clear(t.waiting)
	return nil
}

func (t *Test) decide() {
	if t.params.Model == Normalized {
		t.llr = NormalizedLogLikelihoodRatio(t.counts, t.params.Null, t.params.Alternative)
	} else {
		t.llr = LogLikelihoodRatio(t.counts, t.params.Null, t.params.Alternative)
	}
	switch {
	case t.used >= t.params.MinPairs && t.llr >= t.upper:
		t.verdict = Accepted
	case t.used >= t.params.MinPairs && t.llr <= t.lower:
		t.verdict = Rejected
	case t.params.MaxPairs > 0 && t.used >= t.params.MaxPairs:
		t.verdict = Exhausted
	}
}

// Verdict is the state after the pairs consumed so far.
func (t *Test) Verdict() Verdict { return t.verdict }

// Used is the number of pairs consumed: all indexes below it were.
func (t *Test) Used() int { return t.used }

// Counts is what the consumed pairs were.
func (t *Test) Counts() Pentanomial { return t.counts }

// LLR is the log-likelihood ratio after the consumed pairs.
func (t *Test) LLR() float64 { return t.llr }

// Bounds are the values of LLR at which the test rejects and accepts.
func (t *Test) Bounds() (reject, accept float64) { return t.lower, t.upper }
