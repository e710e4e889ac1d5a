package tournament

import (
	"dryad/games"
	"dryad/rating"
)

// choice is what a portfolio plays in a group of matches.
type choice struct {
	member      int // -1 for a competitor that is no portfolio
	probability float64
}

// purposeChoice keys the draws of portfolios.
const purposeChoice = 0x706f7274

// choose lets the portfolios choose their members for the groups of a round.
func (pl *plan) choose(r *round) {
	if len(pl.p.Portfolios) == 0 {
		return
	}
	r.choices = make([][]choice, r.size())
	for place := range r.choices {
		meeting := r.meetings[place%len(r.meetings)]
		for side, competitor := range meeting {
			c := choice{member: -1}
			if pl.p.Portfolios[competitor] != nil {
				bandit := pl.bandit(competitor, meeting)
				drawn := games.Stream(pl.p.Seed, purposeChoice, uint64(r.first+place), uint64(side)).Float64()
				c.member = bandit.Choose(drawn)
				c.probability = bandit.Probabilities()[c.member]
			}
			r.choices[place] = append(r.choices[place], c)
		}
	}
}

// bandit is that of a portfolio in a meeting.
func (pl *plan) bandit(competitor int, meeting []int) *rating.Bandit {
	opponent := -1 // all of them
	if len(meeting) == 2 {
		opponent = meeting[0] + meeting[1] - competitor
	}
	key := [2]int{competitor, opponent}
	if pl.series[key] == nil {
		if pl.series == nil {
			pl.series = map[[2]int]*rating.Bandit{}
		}
		arms := len(pl.p.Portfolios[competitor])
		pl.series[key] = rating.NewBandit(arms, rating.Exploration(arms, pl.seriesLength()))
	}
	return pl.series[key]
}

// seriesLength is how many groups two meet in, as far as it can be said.
func (pl *plan) seriesLength() int {
	s := pl.p.Schedule
	switch {
	case s.Kind == Ladder:
		return pl.p.limit() / pl.sides * 2 / len(pl.p.Competitors)
	case s.counted():
		return pl.p.limit() / pl.sides / len(pl.meetings)
	}
	return s.groups()
}

// reward tells the portfolios of a group what their choices were worth. Points are
// the half points of its sides.
func (pl *plan) reward(r *round, place int, points []int) {
	if r.choices == nil {
		return
	}
	sum := 0
	for _, p := range points {
		sum += p
	}
	if sum == 0 {
		return // the group says nothing
	}
	meeting := r.meetings[place%len(r.meetings)]
	for side, c := range r.choices[place] {
		if c.member >= 0 {
			most := 2 * pl.sides * (pl.sides - 1)
			pl.bandit(meeting[side], meeting).Reward(c.member, float64(points[side])/float64(most), c.probability)
		}
	}
}

// NonDominated returns the policies of a table that no other one dominates, in the
// order of the table. One dominates another if it scores as well against each third
// one, no worse against the other itself, and better somewhere. Copies are all
// returned.
func NonDominated(r *Result) []string {
	var names []string
	for i, row := range r.Table {
		dominated := false
		for j := range r.Table {
			dominated = dominated || j != i && dominates(r.Payoff, j, i)
		}
		if !dominated {
			names = append(names, row.Policy)
		}
	}
	return names
}

func dominates(payoff [][]float64, i, j int) bool {
	if payoff[i][j] < 0.5 {
		return false
	}
	better := payoff[i][j] > 0.5
	for k := range payoff {
		if k == i || k == j {
			continue
		}
		if payoff[i][k] < payoff[j][k] {
			return false
		}
		better = better || payoff[i][k] > payoff[j][k]
	}
	return better
}
