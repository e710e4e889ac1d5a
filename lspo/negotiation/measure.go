package negotiation

import (
	"context"
	"math"
	"slices"

	"dryad/cfr"
	"dryad/games"
	"dryad/games/negotiation"
)

// Report is what an iteration came to. What belongs to the seats is in their
// order: who speaks first, and who speaks second.
type Report struct {
	Iteration int            `json:"iteration"`
	Clusters  map[string]int `json:"clusters"`
	Pairs     int            `json:"pairs"`
	Histories int            `json:"histories"` // of the abstract game
	// Values and Gains are those of the solution in the abstract game.
	Values []float64 `json:"solved_values"`
	Gains  []float64 `json:"abstract_gains"`
	// WholeGains are what each seat would gain by the exact best response in the
	// whole game against an opponent who plays the solution and puts clusters as
	// self-play did, and WholeValues what the seats get there.
	WholeValues []float64 `json:"whole_values"`
	WholeGains  []float64 `json:"whole_gains"`
	// Played are the means of what the seats got in words.
	Played []Mean  `json:"played"`
	Deals  float64 `json:"deals"` // part of the matches with a deal
	// Strayed is the part of the turns in which the abstract game did not know
	// what was said before, Missed that in which no candidate was of the cluster
	// drawn.
	Strayed float64 `json:"strayed"`
	Missed  float64 `json:"no_candidate"`
}

// Mean is a mean with its interval of 95 %.
type Mean struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"ci_low"`
	High float64 `json:"ci_high"`
}

// Measure returns what a complete iteration came to, with so many matches played
// in words.
func (g *Game) Measure(ctx context.Context, it *Iteration, matches int, seed uint64) (*Report, error) {
	r := &Report{
		Iteration: it.Number, Clusters: map[string]int{}, Pairs: len(it.Pairs), Histories: it.Solution.Histories,
		Values: it.Solution.Values, Gains: it.Solution.Gains,
	}
	for seat, group := range it.Space.Groups {
		r.Clusters[seatNames[seat]] = len(group.Clusters)
	}
	var err error
	if r.WholeValues, r.WholeGains, err = g.whole(it); err != nil {
		return nil, err
	}
	agent := g.Agent(it)
	points := [2][]float64{}
	deals := 0
	for i := range matches {
		w, err := g.play(ctx, games.Mix(seed, uint64(i)), [2]negotiation.Agent{agent, agent})
		if err != nil {
			return nil, err
		}
		result, _ := w.Result()
		for seat := range points {
			points[seat] = append(points[seat], result.Points[seat])
		}
		if _, deal := w.Talk().Shares(); deal {
			deals++
		}
	}
	for seat := range points {
		r.Played = append(r.Played, meanOf(points[seat]))
	}
	r.Deals = float64(deals) / float64(max(matches, 1))
	turns := float64(max(agent.turns.Load(), 1))
	r.Strayed, r.Missed = float64(agent.strayed.Load())/turns, float64(agent.missed.Load())/turns
	return r, nil
}

func meanOf(values []float64) Mean {
	sum := 0.0
	for _, x := range values {
		sum += x
	}
	n := float64(max(len(values), 1))
	mean := sum / n
	square := 0.0
	for _, x := range values {
		square += float64((x - mean) * (x - mean))
	}
	half := 1.959964 * math.Sqrt(square) / n
	return Mean{mean, mean - half, mean + half}
}

// whole measures the solution in the whole game: at each decision the moves of
// each cluster come with the frequencies of self-play. What the abstract game does
// not know is played uniformly.
func (g *Game) whole(it *Iteration) (values, gains []float64, err error) {
	set := g.set()
	tree, err := cfr.Compile(negotiation.Tree(*set), cfr.Limits{})
	if err != nil {
		return nil, nil, err
	}
	game := g.abstraction(it.Space)
	strategy := tree.Strategy(func(s cfr.State) []float64 {
		own, talk := negotiation.Seen(s)
		return game.mixture(it.Solution, own, talk)
	})
	judge := cfr.NewEvaluator(tree)
	values = slices.Clone(judge.Values(strategy))
	gains, err = judge.DeviationIncentives(strategy)
	return values, slices.Clone(gains), err
}

// mixture is planned, or uniform where the abstract game does not know what was
// said.
func (a *abstraction) mixture(s *Solution, own negotiation.Items, talk *negotiation.Talk) []float64 {
	row, known := a.planned(s, own, talk)
	if !known {
		for i := range row {
			row[i] = 1 / float64(len(row))
		}
	}
	return row
}

// planned returns the probabilities of the legal moves at a decision of the whole
// game, and whether the abstract game knows what was said. The seat's own moves
// so far do not say in which clusters they were: each sequence of clusters counts
// with its probability.
func (a *abstraction) planned(s *Solution, own negotiation.Items, talk *negotiation.Talk) (row []float64, known bool) {
	seat := talk.Speaker()
	legal := talk.Legal()
	row = make([]float64, len(legal))
	var visit func(turn int, said []int, weight float64)
	visit = func(turn int, said []int, weight float64) {
		if turn < len(talk.Moves) && turn%2 != seat {
			visit(turn+1, append(slices.Clip(said), 0), weight)
			return
		}
		before := negotiation.Talk{Set: talk.Set, Moves: talk.Moves[:turn]}
		d, ok := s.Decisions[key(seat, string(appendKey(nil, own, &before, said)))]
		if !ok {
			return
		}
		for i, c := range d.Clusters {
			moves, parts := a.legal(int(c), own, &before)
			if c == leave {
				moves, parts = []negotiation.Move{{Kind: negotiation.Leave}}, []float64{1}
			}
			for j, m := range moves {
				p := float64(float64(weight*d.Probabilities[i]) * parts[j])
				switch {
				case turn == len(talk.Moves):
					row[slices.Index(legal, m)] += p
				case m == talk.Moves[turn]:
					visit(turn+1, append(slices.Clip(said), int(c)), p)
				}
			}
		}
	}
	visit(0, nil, 1)
	sum := 0.0
	for _, p := range row {
		sum += p
	}
	if sum <= 0 {
		return row, false
	}
	for i := range row {
		row[i] /= sum
	}
	return row, true
}
