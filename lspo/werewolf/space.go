package werewolf

import (
	"sync"

	"dryad/games/werewolf/belief"
	"dryad/games/werewolf/regard"
	"dryad/lspo/cluster"
	"dryad/lspo/latent"
)

// Space is the latent strategies of an iteration: what Construct finds.
type Space struct {
	// Groups holds the clusters of each role, in the order of the set's kinds.
	Groups []*latent.Group `json:"groups"`
	// Symbols has, for each group and cluster, its number in the abstract game.
	// Clusters of different roles that are alike share one.
	Symbols [][]int `json:"symbols"`
	// Centers has the vector of each number; an utterance has the number of the
	// nearest.
	Centers [][]float32 `json:"centers"`
	// Common has the sentences that are said more than once, as a part of all.
	Common map[string]float64 `json:"common"`
	// Lexicon counts who says what about whom.
	Lexicon *regard.Lexicon `json:"lexicon,omitempty"`
	// Beliefs is the model by which actions and utterances tell roles.
	Beliefs *belief.Model `json:"beliefs,omitempty"`
	// Games are the matches of self-play.
	Games []*SelfPlay `json:"-"`

	once       sync.Once
	classifier *classifier
}

// Lost returns how many turns of self-play were lost by errors of the speaker:
// the seat said nothing or voted for nobody.
func (s *Space) Lost() int {
	lost := 0
	for _, m := range s.Games {
		lost += m.Lost
	}
	return lost
}

func (s *Space) nearest(vector []float32) int {
	r := cluster.Result{Centers: s.Centers}
	return r.Nearest(vector)
}

// number gives the clusters their symbols: those of the first group get the
// first ones; each further group is matched with the symbols there are, and a
// cluster that is within reach of its partner, by the wider of the two radii,
// shares its symbol.
func (s *Space) number() {
	s.Symbols, s.Centers = nil, nil
	var radii []float64
	for _, g := range s.Groups {
		symbols := make([]int, len(g.Clusters))
		cost := make([][]float64, len(g.Clusters))
		for c := range g.Clusters {
			for _, center := range s.Centers {
				cost[c] = append(cost[c], distance(g.Clusters[c].Center, center))
			}
			symbols[c] = -1
		}
		if len(s.Centers) > 0 {
			for c, symbol := range cluster.Assign(cost) {
				if symbol < 0 {
					continue
				}
				reach := max(g.Clusters[c].Radius, radii[symbol])
				if cost[c][symbol] <= float64(reach*reach) {
					symbols[c] = symbol
				}
			}
		}
		for c := range symbols {
			if symbols[c] < 0 {
				symbols[c] = len(s.Centers)
				s.Centers = append(s.Centers, g.Clusters[c].Center)
				radii = append(radii, g.Clusters[c].Radius)
			}
		}
		s.Symbols = append(s.Symbols, symbols)
	}
}

// distance is the square of the Euclidean distance.
func distance(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		d := float64(a[i]) - float64(b[i])
		sum += float64(d * d)
	}
	return sum
}
