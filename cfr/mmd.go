package cfr

import "math"

// mmd is magnetic mirror descent in behaviour form (Sokota et al., "A unified
// approach to reinforcement learning, quantal response equilibria, and
// two-player zero-sum games", 2023, eq. 8 and section 5): at every information
// set, with q the values of the actions given that the set is reached,
//
//	policy proportional to (policy * magnet^(StepSize*Temperature) * exp(StepSize*q))^(1/(1+StepSize*Temperature))
//
// for the players in turn, which converges with longer steps, or for all at once
// as in the paper with Simultaneous. With a fixed magnet (the uniform policy) and
// constant numbers, "mmd-fixed", the last policy converges to the agent
// quantal response equilibrium of the temperature. "mmd" anneals both as
// 1/sqrt(t); its last policy approaches a Nash equilibrium. With Drift the
// magnet moves after the policy: it becomes proportional to
// magnet^(1-Drift) * policy^Drift (section 5, moving magnet).
type mmd struct {
	tree     *Tree
	params   Params
	annealed bool
	done     int

	temperature, step float64

	policy []float64 // by slot
	logits []float64 // logarithms of the policy, up to a constant a set
	magnet []float64 // likewise
	mass   []float64 // reach of the others, by slot, summed as values are
	eval   *Evaluator
	now    *Strategy
}

func newMMD(t *Tree, p Params, annealed bool) (*mmd, error) {
	for _, recall := range t.recall {
		if !recall {
			return nil, ErrImperfectRecall
		}
	}
	largest := 1e-300
	for _, r := range t.returns {
		largest = max(largest, math.Abs(r))
	}
	temperature, step := p.Temperature, p.StepSize
	together := annealed && p.Simultaneous
	if temperature == 0 {
		temperature = 0.1 * largest
		if together {
			temperature = 0.3 * largest
		}
	}
	if step == 0 {
		switch {
		case together:
			step = 6 / largest
		case annealed:
			step = 50 / largest
		default:
			step = 1 / largest
		}
	}
	s := &mmd{
		tree: t, params: p, annealed: annealed, temperature: temperature, step: step,
		logits: make([]float64, t.Slots()), magnet: make([]float64, t.Slots()), mass: make([]float64, t.Slots()),
		eval: newLeafEvaluator(t), now: NewStrategy(t),
	}
	s.policy = s.now.probabilities
	return s, nil
}

func (s *mmd) Algorithm() string { return s.params.Algorithm }
func (s *mmd) Tree() *Tree       { return s.tree }
func (s *mmd) Iterations() int   { return s.done }
func (s *mmd) settings() Params  { return s.params }

// Average implements [Solver] by the last policy.
func (s *mmd) Average(dst *Strategy) { copy(dst.probabilities, s.policy) }

// Tables implements [Checkpointer].
func (s *mmd) Tables() []any { return []any{&s.done, &s.policy, &s.logits, &s.magnet} }

// Restored implements [Checkpointer].
func (s *mmd) Restored() error {
	s.now.probabilities = s.policy
	return nil
}

func (s *mmd) Run(iterations int) {
	t := s.tree
	for range iterations {
		s.done++
		step, temperature := s.step, s.temperature
		if s.annealed {
			root := math.Sqrt(float64(s.done))
			step, temperature = step/root, temperature/root
		}
		for p := range t.players {
			s.now.plan(Player(p), s.eval.x)
		}
		for p := range t.players {
			s.eval.leafGradient(Player(p), s.mass)
			s.sweep(p, step, temperature)
			if !s.params.Simultaneous {
				s.move(p)
				s.now.plan(Player(p), s.eval.x)
			}
		}
		if s.params.Simultaneous {
			for p := range t.players {
				s.move(p)
			}
		}
	}
}

// move makes a player's policy of her logits.
func (s *mmd) move(p int) {
	for i := s.tree.setOf[p][0]; i < s.tree.setOf[p][1]; i++ {
		set := &s.tree.sets[i]
		softmax(s.policy[set.slot:set.slot+set.actions], s.logits[set.slot:set.slot+set.actions])
	}
}

// sweep turns the gradient of a player into values given each set, from the
// last set to the first, and moves the logits; the policy stays as it is.
func (s *mmd) sweep(p int, step, temperature float64) {
	t := s.tree
	drift := s.params.Drift
	for i := t.setOf[p][1] - 1; i >= t.setOf[p][0]; i-- {
		set := &t.sets[i]
		from, to := set.slot, set.slot+set.actions
		g, mass, policy := s.eval.g[from:to], s.mass[from:to], s.policy[from:to]
		value, reach := 0.0, 0.0
		for a, w := range policy {
			value += float64(w * g[a])
			reach += float64(w * mass[a])
		}
		s.eval.g[set.parent] += value
		s.mass[set.parent] += reach
		logits, magnet := s.logits[from:to], s.magnet[from:to]
		scale := 1 / (1 + float64(step*temperature))
		highest := math.Inf(-1)
		for a := range logits {
			q := 0.0
			if reach > 0 {
				q = g[a] / reach
			}
			logits[a] = (logits[a] + float64(step*temperature*magnet[a]) + float64(step*q)) * scale
			highest = max(highest, logits[a])
		}
		for a := range logits {
			logits[a] -= highest
			if drift > 0 {
				magnet[a] += float64(drift * (logits[a] - magnet[a]))
			}
		}
	}
}

// softmax writes the distribution proportional to exp(logits), of which the
// greatest is 0.
func softmax(dst, logits []float64) {
	sum := 0.0
	for a, l := range logits {
		dst[a] = math.Exp(l)
		sum += dst[a]
	}
	for a := range dst {
		dst[a] /= sum
	}
}

// MMDStep does one step of magnetic mirror descent at a single information
// set: it writes to dst the policy proportional to
// (policy * magnet^(step*temperature) * exp(step*q))^(1/(1+step*temperature)).
// As decision-time planning (Sokota et al., "The update equivalence framework
// for decision-time planning", 2024, section 5), q are values of the actions
// under everybody's present policy, estimated at the moment of play, and dst is
// what is played. Entries of policy and magnet must be positive.
func MMDStep(dst, policy, magnet, q []float64, step, temperature float64) {
	scale := 1 / (1 + float64(step*temperature))
	highest := math.Inf(-1)
	for a := range dst {
		dst[a] = (math.Log(policy[a]) + float64(step*temperature*math.Log(magnet[a])) + float64(step*q[a])) * scale
		highest = max(highest, dst[a])
	}
	for a := range dst {
		dst[a] -= highest
	}
	softmax(dst, dst)
}

// PlanMMD plans at decision time: it estimates the value of each action of the
// player who moves in worlds, histories of one information set drawn from her
// belief, by playing each to the end once for each action with everybody's
// policy, and takes one [MMDStep] from the policy of the set with the uniform
// magnet. policy must be positive in each action. random gives numbers in
// [0, 1).
func PlanMMD(game Game, worlds []State, policy func(State) []float64, step, temperature float64, random func() float64) []float64 {
	if len(worlds) == 0 {
		return nil
	}
	player := worlds[0].Player()
	k := len(worlds[0].Actions())
	q := make([]float64, k)
	returns := make([]float64, game.Players())
	for _, world := range worlds {
		for a := range q {
			state := world.Child(a)
			for state.Player() != Terminal {
				var weights []float64
				if state.Player() == Chance {
					weights = state.Probabilities()
				} else {
					weights = policy(state)
				}
				state = state.Child(Pick(weights, random()))
			}
			state.Returns(returns)
			q[a] += returns[player] / float64(len(worlds))
		}
	}
	magnet := make([]float64, k)
	for a := range magnet {
		magnet[a] = 1 / float64(k)
	}
	next := make([]float64, k)
	MMDStep(next, policy(worlds[0]), magnet, q, step, temperature)
	return next
}

// Pick returns the index whose share of [0, 1) a number u falls in: a draw from
// a distribution with a random word from outside. What is left over by rounding
// goes to the last index of positive probability.
func Pick(probabilities []float64, u float64) int {
	last := 0
	for a, p := range probabilities {
		if p <= 0 {
			continue
		}
		last = a
		u -= p
		if u < 0 {
			break
		}
	}
	return last
}
