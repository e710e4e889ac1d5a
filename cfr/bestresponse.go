package cfr

import (
	"fmt"
	"math"
	"slices"
)

// Evaluator computes exact values of strategies: expected values, best
// responses and what is built of them. It keeps its working memory between
// calls and is not safe for concurrent use.
type Evaluator struct {
	tree  *Tree
	reach []float64          // of chance, by leaf
	x     []float64          // realisation plans of all players, by slot
	g     []float64          // gradient of one player, by slot
	hist  []float64          // history reaches, for games with imperfect recall
	rows  [2]sparse[float64] // payoffs of two-player games with perfect recall
}

// NewEvaluator returns an evaluator for a game.
func NewEvaluator(t *Tree) *Evaluator {
	if t.sequenceForm() {
		return &Evaluator{tree: t, x: make([]float64, t.Slots()), g: make([]float64, t.Slots()), rows: payoffs[float64](t, nil)}
	}
	return newLeafEvaluator(t)
}

// newLeafEvaluator returns an evaluator that goes over leaves instead of sparse
// rows.
func newLeafEvaluator(t *Tree) *Evaluator {
	e := &Evaluator{tree: t, x: make([]float64, t.Slots()), g: make([]float64, t.Slots())}
	reach := t.chanceReach()
	e.reach = make([]float64, len(t.leaves))
	for z, h := range t.leaves {
		e.reach[z] = reach[h]
	}
	return e
}

// Values returns each player's expected return.
func (e *Evaluator) Values(s *Strategy) []float64 {
	t := e.tree
	values := make([]float64, t.players)
	if slices.Contains(t.recall, false) {
		return e.valuesByHistory(s)
	}
	for p := range t.players {
		s.plan(Player(p), e.x)
	}
	for p := range values {
		e.gradient(Player(p))
		values[p] = e.g[p]
		for slot := t.slotOf[p][0]; slot < t.slotOf[p][1]; slot++ {
			values[p] += float64(e.x[slot] * e.g[slot])
		}
	}
	return values
}

// gradient fills g for a player: by slot, the sum over the leaves whose last
// own action it is of her return times everybody else's reach. The plans of
// the others are in x.
func (e *Evaluator) gradient(p Player) {
	t := e.tree
	if e.reach == nil {
		m := &e.rows[p]
		e.g[p] = m.dot(int32(p), e.x)
		for slot := t.slotOf[p][0]; slot < t.slotOf[p][1]; slot++ {
			e.g[slot] = m.dot(slot, e.x)
		}
		return
	}
	e.leafGradient(p, nil)
}

// leafGradient is gradient over leaves; mass, unless nil, gets the same sums
// with every return 1.
func (e *Evaluator) leafGradient(p Player, mass []float64) {
	t, n := e.tree, e.tree.players
	e.clear(p)
	if mass != nil {
		mass[p] = 0
		clear(mass[t.slotOf[p][0]:t.slotOf[p][1]])
	}
	for z, reach := range e.reach {
		last := t.lastly[z*n : (z+1)*n]
		for q, slot := range last {
			if q != int(p) {
				reach *= e.x[slot]
			}
		}
		e.g[last[p]] += float64(reach * t.returns[z*n+int(p)])
		if mass != nil {
			mass[last[p]] += reach
		}
	}
}

func (e *Evaluator) clear(p Player) {
	e.g[p] = 0
	clear(e.g[e.tree.slotOf[p][0]:e.tree.slotOf[p][1]])
}

// dot multiplies one row with a vector by slot.
func (m *sparse[F]) dot(slot int32, x []F) F {
	begin, end := m.start[slot], m.start[slot+1]
	values := m.values[begin:end]
	columns := m.columns[begin:end]
	var sum F
	for i, c := range columns {
		sum += F(values[i] * x[c])
	}
	return sum
}

// BestResponse returns the most that a player can expect against the others'
// strategies, and writes a pure strategy that reaches it into response at her
// information sets, unless response is nil. The first best action wins a tie.
// The player needs perfect recall.
func (e *Evaluator) BestResponse(s *Strategy, p Player, response *Strategy) (float64, error) {
	t := e.tree
	if !t.recall[p] {
		return 0, fmt.Errorf("best response of player %d in %s: %w: at the information set %q it does not know how it got there", p, t.game.Name(), ErrImperfectRecall, t.sets[t.forgets[p]].key)
	}
	if slices.Contains(t.recall, false) {
		e.gradientByHistory(s, p)
		return maximise(t, p, e.g, response), nil
	}
	for q := range t.players {
		if q != int(p) {
			s.plan(Player(q), e.x)
		}
	}
	return e.respond(p, response), nil
}

// respond is BestResponse against the plans in x.
func (e *Evaluator) respond(p Player, response *Strategy) float64 {
	e.gradient(p)
	return maximise(e.tree, p, e.g, response)
}

// maximise finds the pure plan of a player with the greatest sum of gradient
// entries g on its slots; g is overwritten with the sums of what follows.
func maximise(t *Tree, p Player, g []float64, response *Strategy) float64 {
	for i := t.setOf[p][1] - 1; i >= t.setOf[p][0]; i-- {
		set := &t.sets[i]
		row := g[set.slot : set.slot+set.actions]
		best, at := math.Inf(-1), 0
		for a, v := range row {
			if v > best {
				best, at = v, a
			}
		}
		g[set.parent] += best
		if response != nil {
			pick := response.probabilities[set.slot : set.slot+set.actions]
			clear(pick)
			pick[at] = 1
		}
	}
	return g[p]
}

// DeviationIncentives returns, for each player, what a best response would gain over the
// strategy. In a two-player zero-sum game their sum is the duality gap.
func (e *Evaluator) DeviationIncentives(s *Strategy) ([]float64, error) {
	values := e.Values(s)
	gains := make([]float64, len(values))
	for p := range gains {
		best, err := e.BestResponse(s, Player(p), nil)
		if err != nil {
			return nil, err
		}
		gains[p] = best - values[p]
	}
	return gains, nil
}

// NashConv returns the sum of all players' deviation gains: 0 exactly at a
// Nash equilibrium.
func (e *Evaluator) NashConv(s *Strategy) (float64, error) {
	t := e.tree
	if t.sequenceForm() && t.zeroSum && len(t.leaves) > 0 {
		// The values cancel: constant-sum returns leave only the constant.
		for p := range t.players {
			s.plan(Player(p), e.x)
		}
		return e.respond(0, nil) + e.respond(1, nil) - (t.returns[0] + t.returns[1]), nil
	}
	gains, err := e.DeviationIncentives(s)
	if err != nil {
		return 0, err
	}
	sum := 0.0
	for _, g := range gains {
		sum += g
	}
	return sum, nil
}

// Exploitability returns NashConv divided by the number of players.
func (e *Evaluator) Exploitability(s *Strategy) (float64, error) {
	gap, err := e.NashConv(s)
	return gap / float64(e.tree.players), err
}

// Exploitability returns the exploitability of a strategy; who needs it more
// than once keeps an [Evaluator].
func (t *Tree) Exploitability(s *Strategy) (float64, error) {
	return NewEvaluator(t).Exploitability(s)
}
