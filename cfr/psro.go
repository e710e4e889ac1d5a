package cfr

import (
	"fmt"
	"math"
)

// psro is the policy-space response oracles method with an exact best-response
// oracle (Lanctot et al., "A unified game-theoretic approach to multiagent
// reinforcement learning", 2017, algorithm 1; with this oracle and this
// meta-solver it is the double oracle of McMahan, Gordon and Blum, 2003), for
// two-player zero-sum games. An iteration adds each player's best response to
// the other's equilibrium mixture of the strategies found so far, and solves
// the game among them anew by PCFR+ until its gap is a tenth of the last
// NashConv.
type psro struct {
	tree   *Tree
	params Params
	done   int

	picks  []int32 // pure strategies of both players: a choice for each information set, one strategy after the other
	counts [2]int
	mix    [2][]float64 // equilibrium mixtures
	gap    float64      // NashConv of the mixtures, before the last responses

	plans [2][][]int32 // slots that each strategy reaches
	table [][]float64  // payoffs to player 0
	eval  *Evaluator
	reply *Strategy
}

// finished is the NashConv under which no strategies are added.
const finished = 1e-9

func newPSRO(t *Tree, p Params) (*psro, error) {
	if !t.sequenceForm() || !t.zeroSum {
		return nil, ErrNotTwoPlayerZeroSum
	}
	s := &psro{tree: t, params: p, eval: NewEvaluator(t), reply: NewStrategy(t), gap: math.Inf(1)}
	return s, nil
}

func (s *psro) Algorithm() string { return s.params.Algorithm }
func (s *psro) Tree() *Tree       { return s.tree }
func (s *psro) Iterations() int   { return s.done }
func (s *psro) settings() Params  { return s.params }

// Average implements [Solver]: the mixtures, as behaviour strategies.
func (s *psro) Average(dst *Strategy) {
	x := make([]float64, s.tree.Slots())
	for p := range 2 {
		s.mixture(p, x)
	}
	normalise(s.tree, dst, x, nil)
}

// mixture writes the realisation plan of a player's mixture.
func (s *psro) mixture(p int, x []float64) {
	t := s.tree
	clear(x[t.slotOf[p][0]:t.slotOf[p][1]])
	x[p] = 1
	if s.counts[p] == 0 {
		NewStrategy(t).plan(Player(p), x)
		return
	}
	for k, slots := range s.plans[p] {
		for _, slot := range slots {
			x[slot] += s.mix[p][k]
		}
	}
}

func (s *psro) Run(iterations int) {
	t := s.tree
	for range iterations {
		s.done++
		for p := range 2 {
			s.mixture(p, s.eval.x)
		}
		gap := -(t.returns[0] + t.returns[1])
		var fresh [2][]int32
		for p := range 2 {
			gap += s.eval.respond(Player(p), s.reply)
			for i := t.setOf[p][0]; i < t.setOf[p][1]; i++ {
				for a, q := range s.reply.At(int(i)) {
					if q == 1 {
						fresh[p] = append(fresh[p], int32(a))
					}
				}
			}
		}
		s.gap = gap
		if gap <= finished {
			continue // the responses are among the mixed ones, but for rounding
		}
		s.picks = append(append(s.picks, fresh[0]...), fresh[1]...)
		s.add(fresh)
		s.solve(max(gap/10, finished/2))
	}
}

// add files a new pure strategy of each player and its payoffs.
func (s *psro) add(fresh [2][]int32) {
	t := s.tree
	x := make([]float64, t.Slots())
	for p := range 2 {
		clear(x)
		x[p] = 1
		var slots []int32
		for i := t.setOf[p][0]; i < t.setOf[p][1]; i++ {
			set := &t.sets[i]
			if slot := set.slot + fresh[p][i-t.setOf[p][0]]; x[set.parent] > 0 {
				x[slot] = 1
				slots = append(slots, slot)
			}
		}
		s.plans[p] = append(s.plans[p], slots)
		s.counts[p]++
		s.mix[p] = append(s.mix[p], 0)
		if s.counts[p] == 1 {
			s.mix[p][0] = 1
		}
		if p == 0 {
			s.table = append(s.table, nil)
		}
		// Payoffs against all strategies of the other player so far.
		copy(s.eval.x[t.slotOf[p][0]:t.slotOf[p][1]], x[t.slotOf[p][0]:t.slotOf[p][1]])
		s.eval.x[0], s.eval.x[1] = 1, 1
		s.eval.gradient(Player(1 - p))
		for k, theirs := range s.plans[1-p] {
			payoff := s.eval.g[1-p]
			for _, slot := range theirs {
				payoff += s.eval.g[slot]
			}
			if p == 0 {
				s.table[len(s.table)-1] = append(s.table[len(s.table)-1], t.returns[0]+t.returns[1]-payoff)
			} else {
				s.table[k] = append(s.table[k], payoff)
			}
		}
	}
}

// solve finds an approximate equilibrium of the table, from the mixtures of
// before, and stores it.
func (s *psro) solve(gap float64) {
	s.mix[0], s.mix[1] = solveMatrix(s.table, s.mix[0], s.mix[1], gap)
}

// Tables implements [Checkpointer].
func (s *psro) Tables() []any {
	return []any{&s.done, &s.picks, &s.mix[0], &s.mix[1]}
}

// Restored implements [Checkpointer]: it rebuilds plans and payoffs.
func (s *psro) Restored() error {
	t := s.tree
	sets := [2]int{t.Infosets(0), t.Infosets(1)}
	each := sets[0] + sets[1]
	count := len(s.picks) / each
	if len(s.picks) != each*count || len(s.mix[0]) != count || len(s.mix[1]) != count {
		return fmt.Errorf("%w: %d choices", errCheckpoint, len(s.picks))
	}
	mix := s.mix
	s.mix, s.plans, s.counts, s.table = [2][]float64{}, [2][][]int32{}, [2]int{}, nil
	for k := range count {
		row := s.picks[k*each : (k+1)*each]
		for i, pick := range row {
			set := i + int(t.setOf[0][0])
			if pick < 0 || pick >= t.sets[set].actions {
				return errCheckpoint
			}
		}
		s.add([2][]int32{row[:sets[0]], row[sets[0]:]})
	}
	s.mix = mix
	return nil
}

// solveMatrix returns mixtures of the rows (who maximise) and columns of a
// matrix whose duality gap is at most gap, or the best of many iterations of
// predictive regret matching+ with quadratic averaging, begun at given
// mixtures.
func solveMatrix(table [][]float64, rows, columns []float64, gap float64) ([]float64, []float64) {
	const most = 4000
	n, m := len(rows), len(columns)
	x, y := append([]float64(nil), rows...), append([]float64(nil), columns...)
	sumX, sumY := make([]float64, n), make([]float64, m)
	regretX, regretY := make([]float64, n), make([]float64, m)
	scale := 0.0
	for _, row := range table {
		for _, v := range row {
			scale = max(scale, math.Abs(v))
		}
	}
	// Regrets in proportion to the old mixture begin where it was.
	for i := range x {
		regretX[i] = x[i] * scale
	}
	for j := range y {
		regretY[j] = y[j] * scale
	}
	u, v := make([]float64, n), make([]float64, m)
	update := func(regret, q, strategy, sum []float64, t int) {
		value := 0.0
		for a, p := range strategy {
			value += float64(p * q[a])
		}
		total := 0.0
		keep := float64((t-1)*(t-1)) / float64(t*t)
		for a := range q {
			r := q[a] - value
			sum[a] = float64(sum[a]*keep) + strategy[a]
			regret[a] = max(regret[a]+r, 0)
			strategy[a] = max(regret[a]+r, 0)
			total += strategy[a]
		}
		for a := range strategy {
			if total > 0 {
				strategy[a] /= total
			} else {
				strategy[a] = 1 / float64(len(strategy))
			}
		}
	}
	rowValues := func(y []float64) {
		for i, row := range table {
			sum := 0.0
			for j, p := range y {
				sum += float64(p * row[j])
			}
			u[i] = sum
		}
	}
	columnValues := func(x []float64) {
		clear(v)
		for i, row := range table {
			if x[i] == 0 {
				continue
			}
			for j := range v {
				v[j] -= float64(x[i] * row[j])
			}
		}
	}
	for t := 1; t <= most; t++ {
		rowValues(y)
		update(regretX, u, x, sumX, t)
		columnValues(x)
		update(regretY, v, y, sumY, t)
		if t%32 == 0 || t == most {
			meanX, meanY := normalised(sumX), normalised(sumY)
			rowValues(meanY)
			columnValues(meanX)
			high, low := math.Inf(-1), math.Inf(-1)
			for _, q := range u {
				high = max(high, q)
			}
			for _, q := range v {
				low = max(low, q)
			}
			if high+low <= gap || t == most {
				return meanX, meanY
			}
		}
	}
	return x, y
}

func normalised(weights []float64) []float64 {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	out := make([]float64, len(weights))
	for i, w := range weights {
		out[i] = w / sum
	}
	return out
}
