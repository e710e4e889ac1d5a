package negotiation

import (
	"context"

	"dryad/games"
	"dryad/games/negotiation"
)

// Versus is what an agent came to against another one, with so many matches on
// each seat. Match i of both seats has the same deal.
type Versus struct {
	Games int `json:"games"`
	// Points of the agent as the first and as the second speaker, and those of
	// the other one on the other seat.
	Points []Mean  `json:"points"`
	Others []Mean  `json:"others"`
	Deals  float64 `json:"deals"` // part of the matches with a deal
}

// Meet plays an agent against another one on both seats. Match i is that of the
// seed games.Mix(seed, i), so that agents who meet the same one can be compared
// deal by deal. Played, unless nil, is told after each match, and ends them with
// its error.
func (g *Game) Meet(ctx context.Context, a, other negotiation.Agent, matches int, seed uint64, played func() error) (*Versus, error) {
	v := &Versus{Games: matches}
	deals := 0
	for seat := range 2 {
		var own, others []float64
		for i := range matches {
			agents := [2]negotiation.Agent{other, other}
			agents[seat] = a
			w, err := g.play(ctx, games.Mix(seed, uint64(i)), agents)
			if err != nil {
				return nil, err
			}
			result, _ := w.Result()
			own, others = append(own, result.Points[seat]), append(others, result.Points[1-seat])
			if _, deal := w.Talk().Shares(); deal {
				deals++
			}
			if played != nil {
				if err := played(); err != nil {
					return nil, err
				}
			}
		}
		v.Points, v.Others = append(v.Points, meanOf(own)), append(v.Others, meanOf(others))
	}
	v.Deals = float64(deals) / float64(2*max(matches, 1))
	return v, nil
}
