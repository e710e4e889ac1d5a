package cfr

import "math"

// How an mccfr samples.
const (
	externalSampling = iota
	outcomeSampling
	chanceSampling
)

// mccfr is Monte Carlo CFR on a compiled game (Lanctot et al., "Monte Carlo
// sampling for regret minimization in extensive games", 2009). An iteration
// samples once for each player.
//
//   - External sampling (section 4.2): chance and the others are sampled, the
//     updating player tries all her actions; the others' average strategies
//     take the strategies met.
//   - Outcome sampling (section 4.1): one history, the updating player's
//     actions drawn uniformly with probability Epsilon.
//   - Chance sampling: only chance is sampled (Zinkevich et al. 2007).
//
// With Baselines, sampled values are corrected by running means of each
// history's value (Schmid et al., "Variance reduction in Monte Carlo
// counterfactual regret minimization (VR-MCCFR) for extensive form games using
// baselines", 2019, eq. 9-10). With Prune, external sampling leaves actions whose
// mean regret is below it out of 19 iterations in 20 (Brown and Sandholm,
// "Superhuman AI for multiplayer poker", 2019). Regrets and average strategies
// weigh iteration t by t (linear MCCFR, Brown and Sandholm 2019a, section 5).
type mccfr struct {
	tree   *Tree
	params Params
	kind   int
	done   int
	random stream

	nodes    []node
	regret   []float64 // by slot
	average  []float64 // by slot
	baseline []float64 // by player and history
	epsilon  float64   // how often outcome sampling explores
	weight   float64   // of this iteration, in the averages
	floor    float64   // regrets below it are pruned in this iteration
	player   int8
	scratch  []float64 // strategies and values down the current path
}

// node is what sampling reads of a history, in one piece.
type node struct {
	child  int32
	ref    int32 // first slot at a decision; number of the leaf
	fanout int32
	mover  int8
	even   bool // outcomes of chance are equally likely
}

func newMCCFR(t *Tree, p Params, kind int) *mccfr {
	s := &mccfr{
		tree: t, params: p, kind: kind, random: newStream(p.Seed, uint64(kind)),
		nodes: make([]node, len(t.mover)), regret: make([]float64, t.Slots()), average: make([]float64, t.Slots()),
		floor: math.Inf(-1),
	}
	if s.epsilon = p.Epsilon; s.epsilon == 0 {
		s.epsilon = 0.6
	}
	widest := 0
	for h := range s.nodes {
		n := node{child: t.child[h], ref: t.ref[h], fanout: t.fanout[h], mover: t.mover[h]}
		widest = max(widest, int(n.fanout))
		if n.mover >= 0 {
			n.ref = t.sets[n.ref].slot
		}
		if n.mover == int8(Chance) {
			n.even = true
			for _, p := range t.chance[n.child : n.child+n.fanout] {
				n.even = n.even && math.Abs(float64(p*float64(n.fanout))-1) < 1e-12
			}
		}
		s.nodes[h] = n
	}
	s.scratch = make([]float64, 2*widest*(t.Depth()+1))
	if p.Baselines {
		s.baseline = make([]float64, t.players*len(t.mover))
	}
	return s
}

func (s *mccfr) Algorithm() string     { return s.params.Algorithm }
func (s *mccfr) Tree() *Tree           { return s.tree }
func (s *mccfr) Iterations() int       { return s.done }
func (s *mccfr) Average(dst *Strategy) { normalise(s.tree, dst, s.average, nil) }
func (s *mccfr) settings() Params      { return s.params }

// Tables implements [Checkpointer].
func (s *mccfr) Tables() []any {
	tables := []any{&s.done, &s.random.high, &s.random.low, &s.regret, &s.average}
	if s.baseline != nil {
		tables = append(tables, &s.baseline)
	}
	return tables
}

// Restored implements [Checkpointer].
func (s *mccfr) Restored() error { return nil }

func (s *mccfr) Run(iterations int) {
	for range iterations {
		s.done++
		s.weight = float64(s.done)
		for p := range s.tree.players {
			s.player = int8(p)
			if s.params.Prune < 0 {
				s.floor = math.Inf(-1)
				if s.random.below(20) != 0 {
					// The weights of the iterations so far sum to t(t+1)/2.
					s.floor = s.params.Prune * s.weight * (s.weight + 1) / 2
				}
			}
			switch s.kind {
			case externalSampling:
				if s.baseline != nil {
					s.externalBaseline(0, 0)
				} else {
					s.external(0, 0)
				}
			case outcomeSampling:
				s.outcome(0, 0, 1, 1, 1)
			default:
				s.chances(0, 0, 1, 1)
			}
		}
	}
}

// match writes the regret-matching strategy of the slots from a first one.
func match(regret, strategy []float64) {
	sum := 0.0
	for a, r := range regret {
		w := max(r, 0)
		strategy[a] = w
		sum += w
	}
	if sum > 0 {
		scale := 1 / sum
		for a := range strategy {
			strategy[a] *= scale
		}
		return
	}
	even := 1 / float64(len(strategy))
	for a := range strategy {
		strategy[a] = even
	}
}

// pick draws an index with probabilities that sum to about 1.
func (s *mccfr) pick(probabilities []float64) int32 {
	u := s.random.unit()
	last := len(probabilities) - 1
	for a, p := range probabilities[:last] {
		u -= p
		if u < 0 {
			return int32(a)
		}
	}
	// Rounding must not choose what has no probability.
	for last > 0 && probabilities[last] == 0 {
		last--
	}
	return int32(last)
}

// draw samples the outcome of a chance history.
func (s *mccfr) draw(n *node) int32 {
	if n.even {
		return n.child + s.random.below(n.fanout)
	}
	return n.child + s.pick(s.tree.chance[n.child:n.child+n.fanout])
}

// external returns a sampled value of a history for the updating player.
func (s *mccfr) external(h, base int32) float64 {
	n := &s.nodes[h]
	for n.mover == int8(Chance) {
		h = s.draw(n)
		n = &s.nodes[h]
	}
	if n.mover == int8(Terminal) {
		return s.tree.returns[int(n.ref)*s.tree.players+int(s.player)]
	}
	k := n.fanout
	regret := s.regret[n.ref : n.ref+k]
	strategy := s.scratch[base : base+k]
	match(regret, strategy)
	if n.mover != s.player {
		average := s.average[n.ref : n.ref+k]
		for a, p := range strategy {
			average[a] += float64(s.weight * p)
		}
		return s.external(n.child+s.pick(strategy), base)
	}
	values := s.scratch[base+k : base+2*k]
	value := 0.0
	for a := range k {
		if regret[a] < s.floor && s.nodes[n.child+a].mover != int8(Terminal) {
			values[a] = math.NaN()
			continue
		}
		v := s.external(n.child+a, base+2*k)
		values[a] = v
		value += float64(strategy[a] * v)
	}
	for a, v := range values {
		if v == v {
			regret[a] += float64(s.weight * (v - value))
		}
	}
	return value
}

// externalBaseline is external with baselines at the histories where the
// others or chance are sampled.
func (s *mccfr) externalBaseline(h, base int32) float64 {
	n := &s.nodes[h]
	if n.mover == int8(Terminal) {
		return s.tree.returns[int(n.ref)*s.tree.players+int(s.player)]
	}
	k := n.fanout
	strategy := s.scratch[base : base+k]
	baseline := s.baseline[int(s.player)*len(s.nodes)+int(n.child):][:k]
	if n.mover == s.player {
		regret := s.regret[n.ref : n.ref+k]
		match(regret, strategy)
		values := s.scratch[base+k : base+2*k]
		value := 0.0
		for a := range k {
			values[a] = s.externalBaseline(n.child+a, base+2*k)
			value += float64(strategy[a] * values[a])
		}
		for a, v := range values {
			regret[a] += float64(s.weight * (v - value))
		}
		return value
	}
	if n.mover == int8(Chance) {
		copy(strategy, s.tree.chance[n.child:n.child+k])
	} else {
		match(s.regret[n.ref:n.ref+k], strategy)
		average := s.average[n.ref : n.ref+k]
		for a, p := range strategy {
			average[a] += float64(s.weight * p)
		}
	}
	expected := 0.0
	for a, p := range strategy {
		expected += float64(p * baseline[a])
	}
	a := s.pick(strategy)
	v := s.externalBaseline(n.child+a, base+k)
	// The sampled child is corrected by its own probability, which cancels
	// that with which it was drawn.
	estimate := expected + v - baseline[a]
	baseline[a] += float64(baselineStep * (v - baseline[a]))
	return estimate
}

// baselineStep is the weight of a new value in a baseline's running mean.
const baselineStep = 0.01

// outcome samples one history on. mine, others and sample are the reach of the
// updating player, of everybody else, and of the sampling. It returns an
// estimate of the history's value.
func (s *mccfr) outcome(h, base int32, mine, others, sample float64) float64 {
	n := &s.nodes[h]
	if n.mover == int8(Terminal) {
		return s.tree.returns[int(n.ref)*s.tree.players+int(s.player)]
	}
	k := n.fanout
	strategy := s.scratch[base : base+k]
	draws := s.scratch[base+k : base+2*k]
	switch {
	case n.mover == int8(Chance):
		copy(strategy, s.tree.chance[n.child:n.child+k])
		copy(draws, strategy)
	case n.mover == s.player:
		match(s.regret[n.ref:n.ref+k], strategy)
		for a, p := range strategy {
			draws[a] = s.epsilon/float64(k) + float64((1-s.epsilon)*p)
		}
	default:
		match(s.regret[n.ref:n.ref+k], strategy)
		copy(draws, strategy)
	}
	a := s.pick(draws)
	p, q := strategy[a], draws[a]
	var v float64
	if n.mover == s.player {
		v = s.outcome(n.child+a, base+2*k, mine*p, others, sample*q)
	} else {
		v = s.outcome(n.child+a, base+2*k, mine, others*p, sample*q)
	}
	// Values of all actions, from the baselines and the one that was sampled.
	b := 0.0
	var baseline []float64
	if s.baseline != nil {
		baseline = s.baseline[int(s.player)*len(s.nodes)+int(n.child):][:k]
		b = baseline[a]
	}
	sampled := b + (v-b)/q
	value := p * sampled
	for i := range baseline {
		if int32(i) != a {
			value += float64(strategy[i] * baseline[i])
		}
	}
	if n.mover == s.player {
		regret, average := s.regret[n.ref:n.ref+k], s.average[n.ref:n.ref+k]
		scale := others / sample
		for i, pi := range strategy {
			vi := 0.0
			if int32(i) == a {
				vi = sampled
			} else if baseline != nil {
				vi = baseline[i]
			}
			regret[i] += float64(s.weight * scale * (vi - value))
			average[i] += float64(s.weight * mine / sample * pi)
		}
	}
	if baseline != nil {
		baseline[a] += float64(baselineStep * (v - b))
	}
	return value
}

// chances samples chance and walks everything else.
func (s *mccfr) chances(h, base int32, mine, others float64) float64 {
	n := &s.nodes[h]
	for n.mover == int8(Chance) {
		n = &s.nodes[s.draw(n)]
	}
	if n.mover == int8(Terminal) {
		return s.tree.returns[int(n.ref)*s.tree.players+int(s.player)]
	}
	k := n.fanout
	regret := s.regret[n.ref : n.ref+k]
	strategy := s.scratch[base : base+k]
	values := s.scratch[base+k : base+2*k]
	match(regret, strategy)
	value := 0.0
	for a := range k {
		m, o := mine, others
		if n.mover == s.player {
			m *= strategy[a]
		} else {
			o *= strategy[a]
		}
		if m == 0 && o == 0 {
			values[a] = 0
			continue
		}
		values[a] = s.chances(n.child+a, base+2*k, m, o)
		value += float64(strategy[a] * values[a])
	}
	if n.mover == s.player {
		average := s.average[n.ref : n.ref+k]
		for a, p := range strategy {
			regret[a] += float64(s.weight * others * (values[a] - value))
			average[a] += float64(s.weight * mine * p)
		}
	}
	return value
}
