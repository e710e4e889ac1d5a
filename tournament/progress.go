package tournament

import "sort"

// RoundResult is a round of a Swiss tournament or a knock-out.
type RoundResult struct {
	Meetings []MeetingResult `json:"meetings"`
}

// MeetingResult is what a meeting of a round came to.
type MeetingResult struct {
	Policies []string `json:"policies"`
	// Points are those of each policy: one for each opponent in a match that ended
	// behind it, one half for each that ended beside it.
	Points []float64 `json:"points"`
}

// Standing is a place in the order that the rounds give.
type Standing struct {
	Place  int    `json:"place"`
	Policy string `json:"policy"`
	// Points are those of a Swiss tournament, and Buchholz the sum of the points of
	// all opponents, which orders equal ones.
	Points   float64 `json:"points,omitempty"`
	Buchholz float64 `json:"buchholz,omitempty"`
	// Out is the round of the bracket of a knock-out in which the policy has lost;
	// 0 for one that has not.
	Out int `json:"out,omitempty"`
}

// progress is what a Swiss tournament or a knock-out has come to; nothing of
// others.
func (pl *plan) progress() (rounds []RoundResult, standing []Standing) {
	switch pl.scheme.(type) {
	case *swiss, *knockout:
	default:
		return nil, nil
	}
	for _, r := range pl.rounds {
		var result RoundResult
		for m, meeting := range r.meetings {
			var one MeetingResult
			for side, c := range meeting {
				one.Policies = append(one.Policies, pl.name(c))
				one.Points = append(one.Points, float64(r.points[m][side])/2)
			}
			result.Meetings = append(result.Meetings, one)
		}
		rounds = append(rounds, result)
	}
	switch scheme := pl.scheme.(type) {
	case *swiss:
		standing = pl.swissStanding(scheme)
	case *knockout:
		standing = pl.knockoutStanding(scheme)
	}
	return rounds, standing
}

func (pl *plan) name(competitor int) string { return pl.p.Competitors[competitor].Record.Name }

// swissStanding has the points of all rounds that have ended.
func (pl *plan) swissStanding(w *swiss) []Standing {
	buchholz := make([]int, len(w.points))
	for i := range buchholz {
		for j, times := range w.met[i] {
			buchholz[i] += times * w.points[j]
		}
	}
	order := w.order()
	sort.SliceStable(order, func(a, b int) bool {
		i, j := order[a], order[b]
		return w.points[i] > w.points[j] || w.points[i] == w.points[j] && buchholz[i] > buchholz[j]
	})
	var list []Standing
	for k, i := range order {
		s := Standing{Place: k + 1, Policy: pl.name(i), Points: float64(w.points[i]) / 2, Buchholz: float64(buchholz[i]) / 2}
		if k > 0 && list[k-1].Points == s.Points && list[k-1].Buchholz == s.Buchholz {
			s.Place = list[k-1].Place
		}
		list = append(list, s)
	}
	return list
}

// knockoutStanding has those first who have lost last.
func (pl *plan) knockoutStanding(k *knockout) []Standing {
	order := make([]int, len(k.out))
	for i := range order {
		order[i] = i
	}
	late := func(i int) int {
		if k.out[i] == 0 {
			return k.stage + 1
		}
		return k.out[i]
	}
	sort.SliceStable(order, func(a, b int) bool { return late(order[a]) > late(order[b]) })
	var list []Standing
	for n, i := range order {
		s := Standing{Place: n + 1, Policy: pl.name(i), Out: k.out[i]}
		if n > 0 && list[n-1].Out == s.Out {
			s.Place = list[n-1].Place
		}
		list = append(list, s)
	}
	return list
}
