package scheduler

import (
	"math/rand/v2"

	"dryad/games"
	"dryad/match"
	"dryad/nn/kernel"
	"dryad/policy"
)

// choiceStream is the stream of random numbers by which options are drawn.
const choiceStream = 0x5c4ed

// Plays returns an error where schedulers cannot play a game: they learn from the
// scores that games of package fps show.
func Plays(game games.Game) error {
	_, err := newSight(game.Vocabulary())
	return err
}

// Uniform is an entrant that draws an option every so many ticks.
func Uniform(name string, library []*policy.Policy, every int) match.Entrant {
	return entrant(name, library, every, func(seat games.Seat, seed uint64) choice {
		return &uniform{games.Stream(seed, choiceStream, uint64(seat)), len(library)}
	})
}

type uniform struct {
	random  *rand.Rand
	options int
}

func (u *uniform) choose(games.Body, float64, bool) int { return u.random.IntN(u.options) }

// EXP3 is an entrant that learns within each match which option pays (Auer et al.
// 2002). exploration is its gamma.
func EXP3(name string, library []*policy.Policy, every int, exploration float64) match.Entrant {
	return entrant(name, library, every, func(seat games.Seat, seed uint64) choice {
		return &exp3{random: games.Stream(seed, choiceStream, uint64(seat)), exploration: exploration, logs: make([]float64, len(library))}
	})
}

type exp3 struct {
	random      *rand.Rand
	exploration float64
	logs        []float64 // logarithms of the weights
	chosen      int
	chance      float64
}

func (e *exp3) choose(_ games.Body, earned float64, began bool) int {
	n := float64(len(e.logs))
	if !began {
		// Gains lie between 0 and 1.
		gain := (earned + most) / (2 * most)
		e.logs[e.chosen] += float64(e.exploration*gain) / float64(e.chance*n)
	}
	highest := e.logs[0]
	for _, l := range e.logs {
		highest = max(highest, l)
	}
	sum, weights := 0.0, make([]float64, len(e.logs))
	for i, l := range e.logs {
		weights[i] = kernel.Exp(l - highest)
		sum += weights[i]
	}
	rest := e.random.Float64()
	for i, w := range weights {
		e.chosen, e.chance = i, float64((1-e.exploration)*w)/sum+e.exploration/n
		if rest -= e.chance; rest < 0 {
			break
		}
	}
	return e.chosen
}
