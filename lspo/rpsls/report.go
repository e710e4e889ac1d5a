package rpsls

import (
	"encoding/json"
	"fmt"

	"dryad/cfr"
	"dryad/cfr/classic"
	"dryad/lspo"
	"dryad/lspo/cluster"
	"dryad/lspo/latent"
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

// Read measures a complete iteration.
func Read(it lspo.Iteration) (*Report, error) {
	var s space
	var found solution
	if err := json.Unmarshal(it.Space, &s); err != nil {
		return nil, fmt.Errorf("read a space: %w", err)
	}
	if err := json.Unmarshal(it.Solution, &found); err != nil {
		return nil, fmt.Errorf("read a solution: %w", err)
	}
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

// Groups returns the latent strategies of a space that Construct made: one
// group, for there is one role.
func Groups(constructed []byte) ([]*latent.Group, error) {
	var s space
	if err := json.Unmarshal(constructed, &s); err != nil {
		return nil, fmt.Errorf("read a space: %w", err)
	}
	return []*latent.Group{s.Group}, nil
}
