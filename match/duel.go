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

// Places reads the outcome of a match between so many sides: the place of each, 0
// for the best, equal ones sharing it. Sides are in the order of their seats' mean
// score, and by the mean points where that is equal: in a match of many sides all
// but the winner have the same score.
func (o *Outcome) Places(sides int) []int {
	score, points, seats := make([]float64, sides), make([]float64, sides), make([]float64, sides)
	for s, team := range o.Teams {
		side := team % sides
		if o.Sides != nil {
			side = o.Sides[s] % sides
		}
		seats[side]++
		if s < len(o.Result.Scores) {
			score[side] += o.Result.Scores[s]
			points[side] += o.Result.Points[s]
		}
	}
	// Products in place of means, as in Duel.
	ahead := func(a, b int) bool {
		first, second := float64(score[a]*seats[b]), float64(score[b]*seats[a])
		if first != second {
			return first > second
		}
		return float64(points[a]*seats[b]) > float64(points[b]*seats[a])
	}
	places := make([]int, sides)
	for a := range places {
		for b := range places {
			if ahead(b, a) {
				places[a]++
			}
		}
	}
	return places
}
