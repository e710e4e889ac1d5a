package cfr

// Strategy holds a behaviour strategy for every player of a game: for each
// information set the probability of each action.
type Strategy struct {
	tree          *Tree
	probabilities []float64 // by slot
}

// NewStrategy returns the strategy that plays uniformly everywhere.
func NewStrategy(t *Tree) *Strategy {
	s := &Strategy{tree: t, probabilities: make([]float64, t.Slots())}
	for i := range t.sets {
		row := s.At(i)
		for a := range row {
			row[a] = 1 / float64(len(row))
		}
	}
	return s
}

// Tree returns the game that the strategy is for.
func (s *Strategy) Tree() *Tree { return s.tree }

// At returns the probabilities at an information set, in the order of its
// actions. The caller may change them in place.
func (s *Strategy) At(infoset int) []float64 {
	set := &s.tree.sets[infoset]
	return s.probabilities[set.slot : set.slot+set.actions]
}

// normalise sets the probabilities at every information set in proportion to
// weights, uniform where there is no weight. place, unless nil, is where each
// slot stands among the weights, or -1.
func normalise[F float](t *Tree, dst *Strategy, weights []F, place []int32) {
	for i := range t.sets {
		set := &t.sets[i]
		row := dst.probabilities[set.slot : set.slot+set.actions]
		at := set.slot
		if place != nil {
			if at = place[at]; at < 0 {
				row[0] = 1
				continue
			}
		}
		from := weights[at : at+set.actions]
		sum := 0.0
		for _, w := range from {
			sum += float64(w)
		}
		for a, w := range from {
			if sum > 0 {
				row[a] = float64(w) / sum
			} else {
				row[a] = 1 / float64(len(row))
			}
		}
	}
}

// plan writes the realisation plan of a player to x, by slot: the product of
// her own probabilities down to each of her actions.
func (s *Strategy) plan(p Player, x []float64) {
	t := s.tree
	x[p] = 1
	for i := t.setOf[p][0]; i < t.setOf[p][1]; i++ {
		set := &t.sets[i]
		above := x[set.parent]
		for slot := set.slot; slot < set.slot+set.actions; slot++ {
			x[slot] = above * s.probabilities[slot]
		}
	}
}
