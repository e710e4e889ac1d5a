package tournament

import (
	"fmt"

	"dryad/match"
	"dryad/rating"
)

// A Test is a sequential probability ratio test of the first competitor against
// the second, over pairs of matches with one seed and the sides swapped
// ([rating.Test]).
type Test struct {
	// Elo0 and Elo1 are how many points the first competitor is better under
	// the null hypothesis and the alternative; Elo0 < Elo1.
	Elo0 float64 `json:"elo0"`
	Elo1 float64 `json:"elo1"`
	// Alpha and Beta bound the errors of accepting and rejecting; 0 stands for
	// 0.05.
	Alpha float64 `json:"alpha"`
	Beta  float64 `json:"beta"`
	// Model says what the points are.
	Model rating.Model `json:"model"`
}

// TestResult is the state of a sequential test.
type TestResult struct {
	Test
	// Verdict is that of [rating.Verdict]: "accepted" for Elo1, "rejected" for
	// Elo0, "exhausted" if all matches are played and nothing is decided.
	Verdict string `json:"verdict"`
	// LLR is the log-likelihood ratio; the test rejects at LLRLow and accepts at
	// LLRHigh.
	LLR     float64 `json:"llr"`
	LLRLow  float64 `json:"llr_low"`
	LLRHigh float64 `json:"llr_high"`
	// Pairs counts the pairs by their result, from two losses to two wins.
	Pairs rating.Pentanomial `json:"pairs"`
	// Score is the mean score with its interval of 95 %.
	Score  float64 `json:"score"`
	CILow  float64 `json:"ci_low"`
	CIHigh float64 `json:"ci_high"`
	// NormalizedElo is the estimate of the normalized Elo; nil while all pairs had
	// one result, which gives no deviation.
	NormalizedElo *float64 `json:"normalized_elo,omitempty"`
}

// decided reports whether the test has accepted or rejected; false without one.
func (r *TestResult) decided() bool {
	return r != nil && (r.Verdict == rating.Accepted.String() || r.Verdict == rating.Rejected.String())
}

// A trial feeds the pairs of the schedule to a test in their order. A nil trial
// takes nothing and never decides.
type trial struct {
	settings Test
	test     *rating.Test
	results  map[int]record // of matches not yet consumed, by index
	next     int            // the first match of the next pair
	pairs    int            // that were counted
}

// newTrial checks the settings and returns a trial that has seen nothing.
func (p *Params) newTrial() (*trial, error) {
	if len(p.Competitors) != 2 || !p.Schedule.fixed() || len(p.Portfolios) > 0 {
		return nil, fmt.Errorf("a sequential test compares two policies, %d are given", len(p.Competitors))
	}
	t := *p.Test
	if !(t.Elo0 < t.Elo1) {
		return nil, fmt.Errorf("a sequential test needs elo0 below elo1, they are %g and %g", t.Elo0, t.Elo1)
	}
	settings := rating.TestParams{Null: t.Elo0, Alternative: t.Elo1, Alpha: t.Alpha, Beta: t.Beta, Model: t.Model}
	if t.Model == rating.Logistic {
		settings.Null, settings.Alternative = rating.EloScore(t.Elo0), rating.EloScore(t.Elo1)
	}
	test, err := rating.NewTest(settings)
	if err != nil {
		return nil, err
	}
	return &trial{settings: t, test: test, results: map[int]record{}}, nil
}

func (t *trial) decided() bool { return t != nil && t.test.Verdict() != rating.Undecided }

// addOutcome hands in a match that was just played.
func (t *trial) addOutcome(p *Params, f Fixture, o *match.Outcome) error {
	return t.add(f.Index, p.record(f, o))
}

// add hands in a match. Pairs of which one says nothing are passed over.
func (t *trial) add(index int, r record) error {
	if t == nil {
		return nil
	}
	t.results[index] = r
	for {
		first, haveFirst := t.results[t.next]
		second, haveSecond := t.results[t.next+1]
		if !haveFirst || !haveSecond || t.decided() {
			return nil
		}
		delete(t.results, t.next)
		delete(t.results, t.next+1)
		t.next += 2
		if first.Void || second.Void {
			continue
		}
		pair := []record{first, second}
		settle(pair)
		home, err := pair[0].outcome()
		if err != nil {
			return err
		}
		away, err := pair[1].outcome()
		if err != nil {
			return err
		}
		if err := t.test.Add(t.pairs, rating.PairOf(home, away.Reversed())); err != nil {
			return err
		}
		t.pairs++
	}
}

// result is the state of the test; complete says that all matches were played.
func (t *trial) result(complete bool) *TestResult {
	low, high := t.test.Bounds()
	counts := t.test.Counts()
	interval := counts.Interval(confidence)
	r := &TestResult{Test: t.settings, Verdict: t.test.Verdict().String(), LLR: t.test.LLR(), LLRLow: low, LLRHigh: high,
		Pairs: counts, Score: counts.Score(), CILow: interval.Low, CIHigh: interval.High}
	seen := 0
	for _, count := range counts {
		if count > 0 {
			seen++
		}
	}
	if seen > 1 {
		elo := counts.NormalizedElo()
		r.NormalizedElo = &elo
	}
	if complete && !t.decided() {
		r.Verdict = rating.Exhausted.String()
	}
	return r
}
