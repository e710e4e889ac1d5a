package cfr

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// linear solves two-player zero-sum games exactly by the sequence-form linear
// program (Koller, Megiddo and von Stengel, "Fast algorithms for finding
// randomized strategies in game trees", 1994, eq. 5-6) with gonum's simplex.
// It is for matrix games and games of the size of Kuhn poker. One iteration
// solves it; more change nothing.
type linear struct {
	tree   *Tree
	params Params
	done   int
	plan   []float64 // by slot
}

// maxLinearSlots bounds the program: the simplex method works on dense tables.
const maxLinearSlots = 300

func newLinear(t *Tree, p Params) (*linear, error) {
	if !t.sequenceForm() || !t.zeroSum {
		return nil, ErrNotTwoPlayerZeroSum
	}
	if t.Slots() > maxLinearSlots {
		return nil, fmt.Errorf("solve %s by linear programming: %d sequences; it is for games of up to %d", t.game.Name(), t.Slots(), maxLinearSlots)
	}
	s := &linear{tree: t, params: p, plan: make([]float64, t.Slots())}
	for q := range 2 {
		plan, err := s.solve(q)
		if err != nil {
			return nil, err
		}
		copy(s.plan[t.slotOf[q][0]:t.slotOf[q][1]], plan)
	}
	return s, nil
}

func (s *linear) Algorithm() string     { return s.params.Algorithm }
func (s *linear) Tree() *Tree           { return s.tree }
func (s *linear) Iterations() int       { return s.done }
func (s *linear) Average(dst *Strategy) { normalise(s.tree, dst, s.plan, nil) }
func (s *linear) Run(iterations int)    { s.done += iterations }
func (s *linear) settings() Params      { return s.params }

// Tables implements [Checkpointer].
func (s *linear) Tables() []any { return []any{&s.done, &s.plan} }

// Restored implements [Checkpointer].
func (s *linear) Restored() error { return nil }

// solve finds a player's maximin plan x: over x >= 0 with E x = e and v free,
// maximise v of the root subject to, for each sequence of the opponent,
//
//	v of its own set - sum of v of the sets that follow it <= (A' x) of the sequence.
//
// For the simplex method, whose variables are at least 0, v is counted from
// the lowest value that there can be, and a slack is added to each inequality.
func (s *linear) solve(p int) ([]float64, error) {
	t := s.tree
	o := 1 - p
	own, theirs := t.Infosets(Player(p)), t.Infosets(Player(o))
	ownSlots := int(t.slotOf[p][1] - t.slotOf[p][0])
	theirSlots := int(t.slotOf[o][1]-t.slotOf[o][0]) + 1 // with the empty sequence
	// Columns: x (without the empty sequence, which is 1), v of each set of the
	// opponent and of the root, slacks.
	vs := theirs + 1
	columns := ownSlots + vs + theirSlots
	rows := own + theirSlots
	a := mat.NewDense(rows, columns, nil)
	b := make([]float64, rows)
	c := make([]float64, columns)
	column := func(slot int32) int { return int(slot - t.slotOf[p][0]) }
	for i := range own {
		set := &t.sets[int(t.setOf[p][0])+i]
		for slot := set.slot; slot < set.slot+set.actions; slot++ {
			a.Set(i, column(slot), 1)
		}
		if int(set.parent) == p {
			b[i] = 1
		} else {
			a.Set(i, column(set.parent), -1)
		}
	}
	row := func(slot int32) int {
		if int(slot) == o {
			return own
		}
		return own + 1 + int(slot-t.slotOf[o][0])
	}
	depth := 1.0 // -depth is below every value
	for _, r := range t.returns {
		depth = max(depth, 2*math.Abs(r))
	}
	v := func(r, set int, coefficient float64) {
		a.Set(r, ownSlots+set, a.At(r, ownSlots+set)+coefficient)
		b[r] += coefficient * depth
	}
	v(own, theirs, 1) // the root's value, at the empty sequence
	for i := range theirs {
		set := &t.sets[int(t.setOf[o][0])+i]
		v(row(set.parent), i, -1)
		for slot := set.slot; slot < set.slot+set.actions; slot++ {
			v(row(slot), i, 1)
		}
	}
	rowsOf := payoffs[float64](t, nil)
	entry := func(slot int32, r int) {
		m := &rowsOf[p]
		for k := m.start[slot]; k < m.start[slot+1]; k++ {
			at := row(m.columns[k])
			if int(slot) == p {
				b[at] += m.values[k]
			} else {
				a.Set(at, r, a.At(at, r)-m.values[k])
			}
		}
	}
	entry(int32(p), 0)
	for slot := t.slotOf[p][0]; slot < t.slotOf[p][1]; slot++ {
		entry(slot, column(slot))
	}
	for k := range theirSlots {
		a.Set(own+k, ownSlots+vs+k, 1)
	}
	c[ownSlots+theirs] = -1
	// Rows with a negative right-hand side are turned round: the method wants
	// none.
	for r := range b {
		if b[r] < 0 {
			b[r] = -b[r]
			for k := range columns {
				a.Set(r, k, -a.At(r, k))
			}
		}
	}
	_, x, err := lp.Simplex(c, a, b, 1e-10, nil)
	if err != nil {
		return nil, fmt.Errorf("solve %s by linear programming: %w", t.game.Name(), err)
	}
	return x[:ownSlots], nil
}
