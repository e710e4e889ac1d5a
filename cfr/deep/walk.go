package deep

import (
	"math/rand/v2"

	"dryad/cfr"
	"dryad/nn"
)

// harvest is what one traversal found.
type harvest struct {
	regrets    []samples // by role
	strategies []samples // by role
	values     samples   // of the updating player's baseline
}

func newHarvest(s *Solver) *harvest {
	h := &harvest{regrets: make([]samples, s.roles), strategies: make([]samples, s.roles)}
	for r := range s.roles {
		h.regrets[r].features, h.regrets[r].moves = s.features, s.moves
		h.strategies[r].features, h.strategies[r].moves = s.features, s.moves
	}
	h.values.features, h.values.moves = s.histories, s.moves
	return h
}

// walker samples traversals on one goroutine.
type walker struct {
	solver    *Solver
	player    cfr.Player
	random    *rand.Rand
	harvest   *harvest
	recording bool // strategies met are kept

	regret, predict, average, value []*nn.Workspace
	features, history               []float32
	returns                         []float64
	key                             []byte
	cache                           map[string][]float64 // strategies of this iteration
}

// maxCache bounds the strategies that a walker remembers in an iteration.
const maxCache = 1 << 16

func newWalker(s *Solver) *walker {
	w := &walker{
		solver: s, features: make([]float32, s.features), history: make([]float32, s.histories),
		returns: make([]float64, s.game.Players()), cache: make(map[string][]float64),
	}
	spaces := func(all []*learner) []*nn.Workspace {
		var out []*nn.Workspace
		for _, l := range all {
			out = append(out, nn.NewWorkspace(l.net, 1))
		}
		return out
	}
	w.regret, w.predict, w.average, w.value = spaces(s.regret), spaces(s.predict), spaces(s.average), spaces(s.value)
	return w
}

func (w *walker) begin(p cfr.Player) {
	w.player = p
	clear(w.cache) // the networks have changed
}

func (w *walker) role(state cfr.State) int {
	if r, ok := w.solver.game.(Roles); ok {
		return r.Role(state)
	}
	return int(state.Player())
}

// encode writes the mover's information state to the walker's features.
func (w *walker) encode(state cfr.State) []float32 {
	clear(w.features)
	w.solver.game.Encode(state, w.features)
	return w.features
}

// strategy returns the present strategy at a state. The slice is shared.
func (w *walker) strategy(state cfr.State) []float64 {
	w.key = append(w.key[:0], byte(state.Player()))
	w.key = state.AppendKey(w.key)
	if known, ok := w.cache[string(w.key)]; ok {
		return known
	}
	strategy := make([]float64, len(state.Actions()))
	w.current(state, w.role(state), strategy)
	if len(w.cache) < maxCache {
		w.cache[string(w.key)] = strategy
	}
	return strategy
}

// current computes the strategy of this iteration from the regret networks;
// before they were trained they know nothing, and it is the anchor's, or uniform.
func (w *walker) current(state cfr.State, role int, strategy []float64) {
	s := w.solver
	if s.params.Anchor != nil {
		w.anchored(state, role, strategy)
	} else if s.regret[role].trained == 0 {
		for a := range strategy {
			strategy[a] = 1 / float64(len(strategy))
		}
		return
	} else {
		w.advantages(state, role, strategy)
	}
	sum, best := 0.0, 0
	for a, r := range strategy {
		if r > strategy[best] {
			best = a
		}
		sum += max(r, 0)
	}
	for a := range strategy {
		switch {
		case sum > 0:
			strategy[a] = max(strategy[a], 0) / sum
		case !s.params.Greedy:
			strategy[a] = 1 / float64(len(strategy))
		case a != best:
			strategy[a] = 0
		}
	}
	if sum <= 0 && s.params.Greedy {
		strategy[best] = 1
	}
}

// anchored writes the estimated regrets and those of the anchor.
func (w *walker) anchored(state cfr.State, role int, dst []float64) {
	p, trained := &w.solver.params, w.solver.regret[role].trained
	anchor := make([]float64, len(dst))
	p.Anchor(state, anchor)
	if trained == 0 {
		copy(dst, anchor)
		return
	}
	w.advantages(state, role, dst)
	weight := p.AnchorRegret * float64(p.Anchored) / float64(p.Anchored+trained)
	for a, x := range anchor {
		dst[a] += float64(weight * x)
	}
}

// advantages writes the estimated regret of each legal action.
func (w *walker) advantages(state cfr.State, role int, dst []float64) {
	s := w.solver
	x := w.encode(state)
	out := s.regret[role].net.Forward(w.regret[role], x, 1)
	for a, move := range state.Actions() {
		dst[a] = float64(out[move])
	}
	if s.predict != nil {
		next := s.predict[role].net.Forward(w.predict[role], x, 1)
		discount := discountAt(s.regret[role].trained)
		for a, move := range state.Actions() {
			dst[a] = float64(max(dst[a], 0)*discount) + float64(next[move])
		}
	}
}

func (w *walker) pick(probabilities []float64) int {
	return cfr.Pick(probabilities, w.random.Float64())
}

// keep files a row for a role's network.
func (w *walker) keep(into []samples, state cfr.State, values []float64) {
	s := &into[w.role(state)]
	i := s.add(w.solver.done)
	copy(s.input(i), w.encode(state))
	target, mask := s.target(i), s.mask(i)
	for a, move := range state.Actions() {
		target[move], mask[move] = float32(values[a]), 1
	}
}

func (w *walker) traverse() {
	root := w.solver.game.Root()
	w.recording = true
	switch p := &w.solver.params; {
	case p.Variant == DREAM:
		w.outcome(root)
	case p.Depth > 0:
		w.trajectory(root)
	default:
		w.external(root, 0)
	}
}

func (w *walker) payoff(state cfr.State) float64 {
	state.Returns(w.returns)
	return w.returns[w.player] / w.solver.params.Scale
}

// external returns a sampled value of a state for the updating player: she
// tries all actions, the others and chance are sampled.
func (w *walker) external(state cfr.State, depth int) float64 {
	s := w.solver
	switch state.Player() {
	case cfr.Terminal:
		return w.payoff(state)
	case cfr.Chance:
		return w.external(state.Child(w.pick(state.Probabilities())), depth)
	}
	if s.params.Depth > 0 && depth >= s.params.Depth {
		return w.rollouts(state)
	}
	strategy := w.strategy(state)
	if state.Player() != w.player {
		if w.recording {
			w.keep(w.harvest.strategies, state, strategy)
		}
		a := w.pick(strategy)
		v := w.external(state.Child(a), depth+1)
		if s.value == nil {
			return v
		}
		baseline := w.baseline(state)
		expected := v - baseline[a]
		for b, p := range strategy {
			expected += float64(p * baseline[b])
		}
		w.keepValue(state, a, v)
		return expected
	}
	values := make([]float64, len(strategy))
	value := 0.0
	own := w.random
	var seed [2]uint64
	if s.params.Common {
		seed = [2]uint64{own.Uint64(), own.Uint64()}
	}
	for a := range values {
		if s.params.Common {
			w.random = rand.New(rand.NewPCG(seed[0], seed[1]))
		}
		values[a] = w.external(state.Child(a), depth+1)
		value += float64(strategy[a] * values[a])
	}
	w.random = own
	for a := range values {
		values[a] -= value
	}
	w.keep(w.harvest.regrets, state, values)
	return value
}

// trajectory plays one game and searches from each decision of the updating
// player, as deep as the parameters say.
func (w *walker) trajectory(state cfr.State) {
	for state.Player() != cfr.Terminal {
		switch state.Player() {
		case cfr.Chance:
			state = state.Child(w.pick(state.Probabilities()))
		case w.player:
			w.recording = false
			w.external(state, 0)
			w.recording = true
			if strategy := w.strategy(state); w.random.Float64() < w.solver.params.Epsilon {
				state = state.Child(w.random.IntN(len(strategy)))
			} else {
				state = state.Child(w.pick(strategy))
			}
		default:
			strategy := w.strategy(state)
			w.keep(w.harvest.strategies, state, strategy)
			state = state.Child(w.pick(strategy))
		}
	}
}

// rollouts plays on to the end with everybody's present strategy.
func (w *walker) rollouts(from cfr.State) float64 {
	n := w.solver.params.Rollouts
	sum := 0.0
	for range n {
		state := from
		for state.Player() != cfr.Terminal {
			if state.Player() == cfr.Chance {
				state = state.Child(w.pick(state.Probabilities()))
			} else {
				state = state.Child(w.pick(w.strategy(state)))
			}
		}
		sum += w.payoff(state)
	}
	return sum / float64(n)
}

// outcome samples one history. It returns the corrected value of a state, and
// what the baseline says of it: the strategy's mean of the estimates.
func (w *walker) outcome(state cfr.State) (value, estimate float64) {
	switch state.Player() {
	case cfr.Terminal:
		payoff := w.payoff(state)
		return payoff, payoff
	case cfr.Chance:
		return w.outcome(state.Child(w.pick(state.Probabilities())))
	}
	strategy := w.strategy(state)
	own := state.Player() == w.player
	draws := strategy
	if own {
		draws = make([]float64, len(strategy))
		for a, p := range strategy {
			draws[a] = w.solver.params.Epsilon/float64(len(strategy)) + float64((1-w.solver.params.Epsilon)*p)
		}
	} else {
		w.keep(w.harvest.strategies, state, strategy)
	}
	a := w.pick(draws)
	v, next := w.outcome(state.Child(a))
	values := w.baseline(state)
	for b, p := range strategy {
		estimate += float64(p * values[b])
	}
	values[a] += (v - values[a]) / draws[a]
	for b, p := range strategy {
		value += float64(p * values[b])
	}
	w.keepValue(state, a, next)
	if own {
		for b := range values {
			values[b] -= value
		}
		w.keep(w.harvest.regrets, state, values)
	}
	return value, estimate
}

// baseline estimates the value of each action for the updating player; in the
// first iteration it is 0.
func (w *walker) baseline(state cfr.State) []float64 {
	s := w.solver
	values := make([]float64, len(state.Actions()))
	if s.value[w.player].trained > 0 {
		out := s.value[w.player].net.Forward(w.value[w.player], w.encodeHistory(state), 1)
		for a, move := range state.Actions() {
			values[a] = float64(out[move])
		}
	}
	return values
}

// keepValue files the sampled value of an action for the baseline.
func (w *walker) keepValue(state cfr.State, a int, v float64) {
	into := &w.harvest.values
	i := into.add(w.solver.done)
	copy(into.input(i), w.encodeHistory(state))
	move := state.Actions()[a]
	into.target(i)[move], into.mask(i)[move] = float32(v), 1
}

// encodeHistory writes what the baselines see: the history, or what the mover
// knows, and who moves.
func (w *walker) encodeHistory(state cfr.State) []float32 {
	players := w.solver.game.Players()
	clear(w.history)
	rest := w.history[:len(w.history)-players]
	if h, ok := w.solver.game.(HistoryEncoder); ok {
		h.EncodeHistory(state, rest)
	} else {
		w.solver.game.Encode(state, rest)
	}
	w.history[len(rest)+int(state.Player())] = 1
	return w.history
}
