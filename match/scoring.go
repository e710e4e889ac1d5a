package match

import (
	"slices"

	"dryad/rating"
)

// Scoring says how the two matches of a pair compare two policies. Side 0 of the
// first match is the one policy, side 0 of the second is the other. The zero value
// is that of two sides that fight each other.
type Scoring struct {
	// By is the rule.
	By Rule
	// Then names metrics that decide between equal results of HoldingOut, the
	// weightiest first.
	Then []string
}

// Rule is a way to compare two policies by a pair of matches.
type Rule int

const (
	// Duelling: both policies play both matches with the sides swapped, and each
	// match has its winner.
	Duelling Rule = iota
	// HoldingOut: the sides have different tasks, and side 0 holds out against side
	// 1. What counts is how well each policy held out against the other.
	HoldingOut
	// Alone: all seats are on one side, and each policy plays the seed without
	// the other. What counts is what each achieved.
	Alone
)

// Achieved is what side 0 has achieved by a rule other than Duelling, the more
// important figures first; nil for Duelling. Who holds out has its result, the time
// that it lasted and the metrics that decide; who plays alone its result, its
// points, and the time: the longer it lasted the better, or the sooner it won.
func (o *Outcome) Achieved(s Scoring) []float64 {
	var score, points, seats float64
	then := make([]float64, len(s.Then))
	for seat, side := range o.Sides {
		if side != 0 || seat >= len(o.Result.Scores) {
			continue
		}
		score += o.Result.Scores[seat]
		points += o.Result.Points[seat]
		seats++
		for _, m := range o.Metrics[seat] {
			if i := slices.Index(s.Then, m.Name); i >= 0 {
				then[i] += float64(m.Value * float64(m.Better))
			}
		}
	}
	score, points = score/max(1, seats), points/max(1, seats)
	time := float64(o.Ticks)
	switch s.By {
	case HoldingOut:
		return append([]float64{score, time}, then...)
	case Alone:
		if score == 1 {
			time = -time
		}
		return []float64{score, points, time}
	}
	return nil
}

// Better compares what two policies have achieved, as the first sees it.
func Better(first, second []float64) rating.Outcome {
	switch slices.Compare(first, second) {
	case 1:
		return rating.Win
	case -1:
		return rating.Loss
	}
	return rating.Draw
}

// Compare reads a pair of matches as the first policy sees it: what it has of each
// match, and its margin of points. By a rule other than Duelling the pair is
// one comparison, which counts for both matches.
func Compare(s Scoring, one, other *Outcome) (first, second rating.Outcome, margin float64) {
	if s.By == Duelling {
		first, gain := one.Duel()
		second, loss := other.Duel()
		return first, second.Reversed(), (gain - loss) / 2
	}
	a, b := one.Achieved(s), other.Achieved(s)
	result := Better(a, b)
	return result, result, MarginOf(s, a, b)
}

// MarginOf is by how much the first has achieved more: in points when each plays
// alone, in its result otherwise.
func MarginOf(s Scoring, first, second []float64) float64 {
	if s.By == Alone {
		return first[1] - second[1]
	}
	return first[0] - second[0]
}
