package match

import "dryad/rating"

// Duel reads the outcome of a match between two sides, as side 0 sees it: the
// sides of the match, or else the even teams against the odd ones. The side whose seats score more on the average
// has won: the sides of a game need not be of equal size. Margin is the mean of
// its seats' points less that of the other's.
func (o *Outcome) Duel() (result rating.Outcome, margin float64) {
	var score, points, seats [2]float64
	for s, team := range o.Teams {
		side := team % 2
		if o.Sides != nil {
			side = o.Sides[s] % 2
		}
		seats[side]++
		if s < len(o.Result.Scores) {
			score[side] += o.Result.Scores[s]
			points[side] += o.Result.Points[s]
		}
	}
	for side := range seats {
		if seats[side] > 0 {
			points[side] /= seats[side]
		}
	}
	margin = points[0] - points[1]
	// Products in place of means: scores are small multiples of a half, so that
	// they compare exactly.
	first, second := float64(score[0]*seats[1]), float64(score[1]*seats[0])
	switch {
	case first > second:
		return rating.Win, margin
	case first < second:
		return rating.Loss, margin
	}
	return rating.Draw, margin
}
