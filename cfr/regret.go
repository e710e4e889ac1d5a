package cfr

import (
	"math"
	"slices"
)

// regretSolver runs the CFR family in either layout.
type regretSolver[F float] struct {
	tree   *Tree
	params Params
	rule   Rule
	done   int // iterations

	// Tables by slot, or in the sequence form's own order.
	place    []int32 // where each slot stands in them; nil if where it is
	regret   []F
	average  []F // sums of the average strategy
	strategy []F // of the next iteration
	fresh    []F // where the history form writes strategies: strategy itself, or a table apart when updating at once
	sums     []F // plain sums of regrets, if asked for

	sequence *sequenceForm[F] // one of the two
	history  *historyForm[F]
	team     *team
}

func newRegretSolver[F float](t *Tree, p Params, rule Rule) *regretSolver[F] {
	s := &regretSolver[F]{tree: t, params: p, rule: rule, team: newTeam(p.Threads)}
	n := t.Slots()
	if t.sequenceForm() && !p.HistoryForm {
		s.sequence = newSequenceForm(s)
		s.place, n = s.sequence.place, s.sequence.places
	} else {
		s.history = newHistoryForm(s)
	}
	s.regret, s.average, s.strategy = make([]F, n), make([]F, n), make([]F, n)
	if p.TrackRegret {
		s.sums = make([]F, n)
	}
	for i := range t.sets {
		set := &t.sets[i]
		for k, at := int32(0), s.at(set.slot); k < set.actions && at >= 0; k++ {
			s.strategy[at+k] = 1 / F(set.actions)
		}
	}
	s.fresh = s.strategy
	if s.sequence != nil {
		s.sequence.replan()
	} else if rule.Simultaneous {
		s.fresh = slices.Clone(s.strategy)
	}
	return s
}

// at returns where a slot stands in the tables; -1 if it stands nowhere.
func (s *regretSolver[F]) at(slot int32) int32 {
	if s.place == nil {
		return slot
	}
	return s.place[slot]
}

func (s *regretSolver[F]) Algorithm() string { return s.params.Algorithm }
func (s *regretSolver[F]) Tree() *Tree       { return s.tree }
func (s *regretSolver[F]) Iterations() int   { return s.done }
func (s *regretSolver[F]) settings() Params  { return s.params }

func (s *regretSolver[F]) Average(dst *Strategy) { normalise(s.tree, dst, s.average, s.place) }

func (s *regretSolver[F]) Run(iterations int) {
	s.team.begin()
	defer s.team.end()
	if s.sequence != nil {
		s.sequence.run(iterations)
		return
	}
	for range iterations {
		s.done++
		d := discountsAt[F](&s.rule, s.done)
		for p := range s.tree.players {
			s.history.update(p, d)
		}
		if s.rule.Simultaneous {
			copy(s.strategy, s.fresh)
		}
	}
}

// Tables implements [Checkpointer].
func (s *regretSolver[F]) Tables() []any {
	tables := []any{&s.done, &s.regret, &s.average, &s.strategy}
	if s.sums != nil {
		tables = append(tables, &s.sums)
	}
	return tables
}

// Restored implements [Checkpointer].
func (s *regretSolver[F]) Restored() error {
	copy(s.fresh, s.strategy)
	if s.sequence != nil {
		s.sequence.replan()
	}
	return nil
}

// CoarseGap returns how much the best-placed player would have gained by some
// fixed strategy over all iterations so far, per iteration: the distance of
// the empirical distribution of play from a coarse correlated equilibrium. It
// follows exactly from the sums of regrets (with R(I) = max over a of the sum
// of regrets of a plus the R of the sets that follow a; Zinkevich et al. 2007,
// appendix A.1); with alternating updates the play of an iteration is each
// player's strategy against the others' at her turn. It needs
// Params.TrackRegret, and is +Inf without, with imperfect recall, or before
// the first iteration.
func (s *regretSolver[F]) CoarseGap() float64 {
	if s.sums == nil || s.done == 0 {
		return math.Inf(1)
	}
	t := s.tree
	g := make([]float64, t.Slots())
	for slot := range g {
		if at := s.at(int32(slot)); at >= 0 {
			g[slot] = float64(s.sums[at])
		}
	}
	gap := 0.0
	for p := range t.players {
		if !t.recall[p] {
			return math.Inf(1)
		}
		gap = max(gap, maximise(t, Player(p), g, nil))
	}
	return gap / float64(s.done)
}
