package rating

import (
	"fmt"
	"math"
)

// A Skill is a player's strength as a normal distribution.
type Skill struct{ Mean, Deviation float64 }

// NewSkill is the skill of a player who has not played: mean 25 and deviation
// 25/3.
func NewSkill() Skill { return Skill{Mean: 25, Deviation: 25. / 3} }

// Interval is the interval that holds the strength with the given confidence.
func (s Skill) Interval(confidence float64) Interval {
	half := float64(normalQuantile(confidence) * s.Deviation)
	return Interval{Low: s.Mean - half, High: s.Mean + half}
}

// PlackettLuceParams are the settings of [PlackettLuce]. The zero value of a
// field stands for the default in its comment, which suits [NewSkill].
type PlackettLuceParams struct {
	// Beta is the deviation of a player's performance in one game around the
	// strength; 25/6.
	Beta float64
	// Tau is the deviation by which a strength changes from game to game;
	// 25/300. A negative one stands for none.
	Tau float64
	// Kappa is the smallest factor by which a game shrinks a variance; 0.0001.
	Kappa float64
}

// PlackettLuce returns the skills after one game of any number of teams of any
// size, in the order of teams. Ranks hold each team's place; the lowest is the
// best, equal ones are ties, and only their order counts. The method is
// algorithm 4 of R. C. Weng and C.-J. Lin, "A Bayesian approximation method for
// online ranking" (JMLR 12, 2011), with the paper's gamma of deviation/c. Package openskill calls it the Plackett-Luce model, and adds tau
// to the deviations before the game, as is done here.
func PlackettLuce(teams [][]Skill, ranks []int, params PlackettLuceParams) ([][]Skill, error) {
	if params.Beta == 0 {
		params.Beta = 25. / 6
	}
	if params.Tau == 0 {
		params.Tau = 25. / 300
	}
	if params.Kappa == 0 {
		params.Kappa = 0.0001
	}
	if err := checkTeams(teams, ranks, params); err != nil {
		return nil, err
	}
	tau := max(0, params.Tau)
	means, variances := make([]float64, len(teams)), make([]float64, len(teams))
	after := make([][]Skill, len(teams))
	total := 0.0 // c squared
	for i, team := range teams {
		for _, player := range team {
			variance := float64(player.Deviation*player.Deviation) + float64(tau*tau)
			means[i] += player.Mean
			variances[i] += variance
			after[i] = append(after[i], Skill{Mean: player.Mean, Deviation: math.Sqrt(variance)})
		}
		total += variances[i] + float64(params.Beta*params.Beta)
	}
	c := math.Sqrt(total)
	for i, moved := range plackettLuceGradient(means, ranks, c) {
		omega := float64(variances[i] / c * moved.slope)
		gamma := math.Sqrt(variances[i]) / c
		delta := float64(gamma * float64(variances[i]/total*moved.curvature))
		for p := range after[i] {
			player := &after[i][p]
			variance := float64(player.Deviation * player.Deviation)
			share := variance / variances[i]
			player.Mean += float64(share * omega)
			player.Deviation = math.Sqrt(float64(variance * max(1-float64(share*delta), params.Kappa)))
		}
	}
	return after, nil
}

// derivative is the first and the negative second derivative of the logarithm
// of a ranking's probability by one team's mean.
type derivative struct{ slope, curvature float64 }

// plackettLuceGradient has a derivative for each team, in units of 1/c and
// 1/c squared. At the place of team q the teams that are not better than q
// compete, and a tie of a teams is divided by a.
func plackettLuceGradient(means []float64, ranks []int, c float64) []derivative {
	out := make([]derivative, len(means))
	for q := range means {
		// Powers are taken relative to the best of those who compete.
		top, tied := math.Inf(-1), 0
		for i, rank := range ranks {
			if rank >= ranks[q] {
				top = max(top, means[i])
			}
			if rank == ranks[q] {
				tied++
			}
		}
		sum := 0.0
		for i, rank := range ranks {
			if rank >= ranks[q] {
				sum += exp((means[i] - top) / c)
			}
		}
		for i, rank := range ranks {
			if rank < ranks[q] {
				continue
			}
			p := exp((means[i]-top)/c) / sum
			if i == q {
				out[i].slope += (1 - p) / float64(tied)
			} else {
				out[i].slope -= p / float64(tied)
			}
			out[i].curvature += float64(p*(1-p)) / float64(tied)
		}
	}
	return out
}

func checkTeams(teams [][]Skill, ranks []int, params PlackettLuceParams) error {
	if len(teams) < 2 || len(ranks) != len(teams) {
		return fmt.Errorf("plackett-luce: want two teams or more and a rank for each, have %d teams and %d ranks", len(teams), len(ranks))
	}
	if !(params.Beta > 0 && params.Kappa > 0 && params.Kappa < 1) || math.IsNaN(params.Tau) {
		return fmt.Errorf("plackett-luce: want a positive beta and kappa between 0 and 1, have %v and %v", params.Beta, params.Kappa)
	}
	for i, team := range teams {
		if len(team) == 0 {
			return fmt.Errorf("plackett-luce: team %d has no players", i)
		}
		for _, player := range team {
			if !(player.Deviation > 0) || math.IsNaN(player.Mean) || math.IsInf(player.Mean, 0) {
				return fmt.Errorf("plackett-luce: want a finite mean and a positive deviation, team %d has %v and %v", i, player.Mean, player.Deviation)
			}
		}
	}
	return nil
}
