package evolve

import (
	"fmt"
	"slices"
	"strings"

	"dryad/rating"
)

// The ways in which the opponents of candidates are chosen from the archive.
const (
	// TwoL takes the former champion and a set cover of the opponents that
	// better candidates failed against, and all others now and then (R. O.
	// Moraes, D. S. Aleixo, L. N. Ferreira, L. H. S. Lelis, "Choosing Well Your
	// Opponents: How to Guide the Synthesis of Programmatic Strategies", IJCAI
	// 2023).
	TwoL = "2l"
	// Uniform takes all alike (fictitious play).
	Uniform = "uniform"
	// Nash takes them as often as an equilibrium of the payoff matrix does
	// (double oracle).
	Nash = "nash"
	// Last takes the former champion alone (iterated best response).
	Last = "last"
)

// opponentKinds are all of them.
var opponentKinds = []string{TwoL, Uniform, Nash, Last}

func checkOpponents(kind string) error {
	if !slices.Contains(opponentKinds, kind) {
		return fmt.Errorf("there is no way %q to choose opponents; there are %s", kind, strings.Join(opponentKinds, ", "))
	}
	return nil
}

// rota is the length of the list of opponents that candidates meet in turn.
const rota = 16

// opponents makes the list of those that candidates meet besides the champion.
// An opponent comes as often as its weight asks for.
func (s *search) opponents() []*Entry {
	a := s.archive
	champion := a.index(s.champion)
	weights := make([]float64, len(a.Members))
	switch s.p.Opponents {
	case Uniform:
		for i := range weights {
			weights[i] = 1
		}
	case Nash:
		margins := make([][]float64, len(a.Members))
		for i := range margins {
			margins[i] = make([]float64, len(a.Members))
			for j := range margins[i] {
				margins[i][j] = a.Payoff[i][j].Score() - a.Payoff[j][i].Score()
			}
		}
		weights, _ = rating.NashAverage(margins)
	case Last:
		weights[s.former(champion)] = 1
	default:
		// Hard opponents more often, and everybody now and then, so that it shows
		// against whom candidates fail.
		for i := range weights {
			weights[i] = float64(0.25 * hardness(a, champion, i))
		}
		weights[s.former(champion)] += 1
		for _, i := range s.cover() {
			weights[i] += float64(1.5 * hardness(a, champion, i))
		}
	}
	for i := a.firstSparring(); i < a.Guests; i++ {
		weights[i] += 0.5 // sparring partners are always met
	}
	weights[champion] = 0
	return schedule(a.Members, weights)
}

// firstSparring is the place of the first sparring partner: the start is before.
func (a *Archive) firstSparring() int { return 1 }

// hardness is how often the champion loses to a member, and a little.
func hardness(a *Archive, champion, i int) float64 {
	return 1 - a.Payoff[champion][i].Score() + 0.05
}

// former is the champion before the present one, or the start.
func (s *search) former(champion int) int {
	for i := len(s.archive.Members) - 1; i >= s.archive.Guests; i-- {
		if i != champion {
			return i
		}
	}
	return 0
}

// cover is a greedy set cover: the opponents of which, together, every candidate
// that was better than the champion failed against one. Each turn takes the
// opponent that most of the rest failed against, the newest of equals.
func (s *search) cover() []int {
	left := slices.Clone(s.failures)
	var chosen []int
	for len(left) > 0 {
		best, most := -1, 0
		for i := range s.archive.Members {
			n := 0
			for _, f := range left {
				if slices.Contains(f, i) {
					n++
				}
			}
			if n >= most && n > 0 {
				best, most = i, n
			}
		}
		if best < 0 {
			return chosen
		}
		chosen = append(chosen, best)
		left = slices.DeleteFunc(left, func(f []int) bool { return slices.Contains(f, best) })
	}
	return chosen
}

// schedule lists members so that each comes as often as its weight asks for,
// spread evenly.
func schedule(members []*Entry, weights []float64) []*Entry {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	list := []*Entry{}
	if total <= 0 {
		return list
	}
	count := make([]float64, len(members))
	for n := range rota {
		best, most := 0, 0.0
		for i, w := range weights {
			if lack := float64(float64(w/total)*float64(n+1)) - count[i]; w > 0 && lack > most {
				best, most = i, lack
			}
		}
		count[best]++
		list = append(list, members[best])
	}
	return list
}
