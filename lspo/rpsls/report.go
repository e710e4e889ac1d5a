package rpsls

import (
	"dryad/cfr"
	"dryad/cfr/classic"
	"dryad/lspo/cluster"
)

// Report is what an iteration came to.
type Report struct {
	Iteration int `json:"iteration"`
	// Exploitability in the whole game of five moves.
	Exploitability float64 `json:"exploitability"`
	// Abstract is the exploitability in the game of clusters.
	Abstract float64 `json:"abstract_exploitability"`
	// Moves has how often each of the five is played.
	Moves map[string]float64 `json:"moves"`
	// Agreement is the adjusted Rand index of clusters against moves.
	Agreement float64 `json:"adjusted_rand"`
}

// Measure returns what a complete iteration came to.
func Measure(it *Iteration) (*Report, error) {
	s, found := it.Space, it.Solution
	tree, err := cfr.Compile(classic.RPSLS(), cfr.Limits{})
	if err != nil {
		return nil, err
	}
	strategy := cfr.NewStrategy(tree)
	for i := range tree.TotalInfosets() {
		copy(strategy.At(i), found.Moves)
	}
	r := &Report{Iteration: it.Number, Abstract: found.Gap, Moves: map[string]float64{}}
	for m, name := range moves {
		r.Moves[name] = found.Moves[m]
	}
	if r.Exploitability, err = tree.Exploitability(strategy); err != nil {
		return nil, err
	}
	var clusters, labels []int
	for c, members := range s.Members {
		for m, n := range members {
			for range int(n) {
				clusters, labels = append(clusters, c), append(labels, m)
			}
		}
	}
	r.Agreement, err = cluster.AdjustedRand(clusters, labels)
	return r, err
}
