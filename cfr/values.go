package cfr

// spread fills hist with the reach of every history under a strategy, without
// the probabilities of one player (or with all, if there is no such player).
// It needs no perfect recall.
func (e *Evaluator) spread(s *Strategy, without int8) {
	t := e.tree
	if e.hist == nil {
		e.hist = make([]float64, len(t.mover))
	}
	e.hist[0] = 1
	for h, mover := range t.mover {
		if mover == int8(Terminal) {
			continue
		}
		first := t.child[h]
		children := e.hist[first : first+t.fanout[h]]
		switch {
		case mover == int8(Chance):
			for a := range children {
				children[a] = e.hist[h] * t.chance[int(first)+a]
			}
		case mover == without:
			for a := range children {
				children[a] = e.hist[h]
			}
		default:
			for a, p := range s.At(int(t.ref[h])) {
				children[a] = e.hist[h] * p
			}
		}
	}
}

// valuesByHistory is Values for games with imperfect recall.
func (e *Evaluator) valuesByHistory(s *Strategy) []float64 {
	t, n := e.tree, e.tree.players
	e.spread(s, int8(Terminal))
	values := make([]float64, n)
	for z, h := range t.leaves {
		for p := range values {
			values[p] += float64(e.hist[h] * t.returns[z*n+p])
		}
	}
	return values
}

// gradientByHistory is gradient against players with imperfect recall.
func (e *Evaluator) gradientByHistory(s *Strategy, p Player) {
	t, n := e.tree, e.tree.players
	e.spread(s, int8(p))
	e.clear(p)
	for z, h := range t.leaves {
		e.g[t.lastly[z*n+int(p)]] += float64(e.hist[h] * t.returns[z*n+int(p)])
	}
}
