package evolve

import (
	"slices"

	"dryad/games"
)

// curriculum is a bandit over groups of training games: modes where there are
// several, else maps. An arm pays what a pair on it tells about the candidates: the
// covariance, over the candidates of a generation, of their score in that pair with
// their mean score in the others. It is nothing where all lose, all draw, or chance
// alone decides. Pairs are shared out in proportion to the discounted mean pay, and
// a part of them evenly, so that every arm is tried again.
type curriculum struct {
	arms   []Arm
	byMode bool
	turns  []float64 // generations that each arm had to itself
	next   []int     // of each arm's games, the one that is due
}

// Arm is a group of training games.
type Arm struct {
	Name string `json:"name"`
	// Pairs are the screening pairs that were played on the group, those of all
	// candidates counted.
	Pairs int `json:"pairs"`
	// Pay is the discounted mean of what a pair told; Share the share of pairs
	// that follows.
	Pay   float64 `json:"pay"`
	Share float64 `json:"share"`

	games  []int
	weight float64 // of what Pay is the mean of
}

const (
	// evenShare of the pairs is shared out evenly.
	evenShare = 0.4
	// payDiscount is what an observation counts a generation later.
	payDiscount = 0.9
)

func newCurriculum(configs []games.Config) *curriculum {
	c := &curriculum{}
	for _, config := range configs {
		c.byMode = c.byMode || config.Mode != configs[0].Mode
	}
	return c
}

// add takes in the next training game.
func (c *curriculum) add(config games.Config) {
	name := config.Map
	if c.byMode {
		name = config.Mode
	}
	index := 0
	for i := range c.arms {
		index += len(c.arms[i].games)
	}
	at := slices.IndexFunc(c.arms, func(a Arm) bool { return a.Name == name })
	if at < 0 {
		at = len(c.arms)
		c.arms, c.next, c.turns = append(c.arms, Arm{Name: name}), append(c.next, 0), append(c.turns, 0)
	}
	c.arms[at].games = append(c.arms[at].games, index)
}

// shares are the parts of the pairs that the arms get.
func (c *curriculum) shares() []float64 {
	total, n := 0.0, float64(len(c.arms))
	for i := range c.arms {
		total += max(0, c.arms[i].Pay)
	}
	shares := make([]float64, len(c.arms))
	for i := range shares {
		shares[i] = 1 / n
		if total > 0 {
			shares[i] = evenShare/n + float64((1-evenShare)*(max(0, c.arms[i].Pay)/total))
		}
		c.arms[i].Share = shares[i]
	}
	return shares
}

// list chooses the games of so many pairs. An arm's games come in turn.
func (c *curriculum) list(pairs int) []int {
	shares := c.shares()
	count := make([]float64, len(c.arms))
	list := make([]int, pairs)
	for n := range list {
		best, most := 0, -1.0
		for i, share := range shares {
			if lack := float64(share*float64(n+1)) - count[i]; lack > most {
				best, most = i, lack
			}
		}
		count[best]++
		list[n] = c.arms[best].games[c.next[best]%len(c.arms[best].games)]
		c.next[best]++
	}
	return list
}

// learn takes in the scores of a generation: scores[i][k] is what candidate i
// scored in pair k, which was played on game list[k].
func (c *curriculum) learn(list []int, scores [][]float64) {
	if len(scores) < 3 || len(list) < 2 {
		return
	}
	n := float64(len(scores))
	sums := make([]float64, len(scores))
	all := 0.0
	for i, row := range scores {
		for _, x := range row {
			sums[i] += x
		}
		all += sums[i] / n
	}
	for i := range c.arms {
		c.arms[i].weight *= payDiscount
	}
	for k, game := range list {
		mean := 0.0
		for _, row := range scores {
			mean += row[k] / n
		}
		rest := all - mean
		covariance := 0.0
		for i, row := range scores {
			covariance += float64((row[k] - mean) * (sums[i] - row[k] - rest))
		}
		covariance /= float64((n - 1) * float64(len(list)-1))
		a := &c.arms[c.of(game)]
		a.Pay = (float64(a.Pay*a.weight) + covariance) / (a.weight + 1)
		a.weight++
		a.Pairs += len(scores)
	}
}

// of is the arm of a game.
func (c *curriculum) of(game int) int {
	return slices.IndexFunc(c.arms, func(a Arm) bool { return slices.Contains(a.games, game) })
}
