package cfr

// xfp is extensive-form fictitious play (Heinrich, Lanctot and Silver,
// "Fictitious self-play in extensive-form games", 2015, algorithm 1): each
// player in turn best-responds to the others' average strategies, and the
// response is mixed into her own in realisation weights,
//
//	average += (response - average) * 2/(t+1)
//
// which weighs iteration t by t.
type xfp struct {
	tree    *Tree
	params  Params
	done    int
	average []float64 // realisation plans, by slot
	eval    *Evaluator
	reply   *Strategy
	plan    []float64
}

func newXFP(t *Tree, p Params) (*xfp, error) {
	for _, recall := range t.recall {
		if !recall {
			return nil, ErrImperfectRecall
		}
	}
	s := &xfp{tree: t, params: p, average: make([]float64, t.Slots()), eval: NewEvaluator(t), reply: NewStrategy(t), plan: make([]float64, t.Slots())}
	for q := range t.players {
		s.reply.plan(Player(q), s.average)
	}
	return s, nil
}

func (s *xfp) Algorithm() string     { return s.params.Algorithm }
func (s *xfp) Tree() *Tree           { return s.tree }
func (s *xfp) Iterations() int       { return s.done }
func (s *xfp) Average(dst *Strategy) { normalise(s.tree, dst, s.average, nil) }
func (s *xfp) settings() Params      { return s.params }

// Tables implements [Checkpointer].
func (s *xfp) Tables() []any { return []any{&s.done, &s.average} }

// Restored implements [Checkpointer].
func (s *xfp) Restored() error { return nil }

func (s *xfp) Run(iterations int) {
	t := s.tree
	for range iterations {
		s.done++
		step := 2 / float64(s.done+1)
		for p := range t.players {
			copy(s.eval.x, s.average)
			s.eval.respond(Player(p), s.reply)
			s.reply.plan(Player(p), s.plan)
			for slot := t.slotOf[p][0]; slot < t.slotOf[p][1]; slot++ {
				s.average[slot] += float64(step * (s.plan[slot] - s.average[slot]))
			}
		}
	}
}
