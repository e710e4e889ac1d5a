package cfr

import "math"

// contenders are the algorithms among which "auto" chooses; the first wins a
// tie.
var contenders = []string{"dcfr", "pcfr+", "pdcfr+"}

// raceLength is the number of iterations after which "auto" chooses.
const raceLength = 200

// Auto runs DCFR, PCFR+ and PDCFR+ side by side for some iterations, keeps the
// one whose average strategy is least exploitable, and goes on with it alone.
// The race is counted in iterations, never in seconds, so that it comes out
// the same everywhere. An iteration of Auto is one of each that still runs.
type Auto struct {
	params Params
	racers []Checkpointer
	done   int
	winner int // number of the winner plus one; 0 while the race is on
	judge  *Evaluator
	trial  *Strategy
}

func newAuto(t *Tree, p Params) (*Auto, error) {
	s := &Auto{params: p, judge: NewEvaluator(t), trial: NewStrategy(t)}
	if _, err := s.judge.Exploitability(s.trial); err != nil {
		return nil, err
	}
	for _, name := range contenders {
		q := p
		q.Algorithm = name
		q.Gamma, q.Prediction = 0, 0
		solver, err := New(t, q)
		if err != nil {
			return nil, err
		}
		s.racers = append(s.racers, solver.(Checkpointer))
	}
	return s, nil
}

// Algorithm returns "auto".
func (s *Auto) Algorithm() string { return s.params.Algorithm }

// Tree implements [Solver].
func (s *Auto) Tree() *Tree { return s.racers[0].Tree() }

// Iterations implements [Solver].
func (s *Auto) Iterations() int { return s.done }

func (s *Auto) settings() Params { return s.params }

// Winner returns the name of the algorithm that won, or "" while the race is
// on.
func (s *Auto) Winner() string {
	if s.winner == 0 {
		return ""
	}
	return contenders[s.winner-1]
}

// Run implements [Solver].
func (s *Auto) Run(iterations int) {
	if s.winner == 0 {
		n := min(iterations, raceLength-s.done)
		for _, racer := range s.racers {
			racer.Run(n)
		}
		s.done += n
		iterations -= n
		if s.done == raceLength {
			s.winner = 1 + s.leader()
		}
	}
	if iterations > 0 {
		s.racers[s.winner-1].Run(iterations)
		s.done += iterations
	}
}

// leader returns the number of the least exploitable contender.
func (s *Auto) leader() int {
	best, at := math.Inf(1), 0
	for i, racer := range s.racers {
		racer.Average(s.trial)
		// That it can be computed was seen when the race began.
		if gap, err := s.judge.Exploitability(s.trial); err == nil && gap < best {
			best, at = gap, i
		}
	}
	return at
}

// Average implements [Solver]: while the race is on, it is the leader's.
func (s *Auto) Average(dst *Strategy) {
	i := s.winner - 1
	if i < 0 {
		i = s.leader()
	}
	s.racers[i].Average(dst)
}

// Tables implements [Checkpointer].
func (s *Auto) Tables() []any {
	tables := []any{&s.done, &s.winner}
	for _, racer := range s.racers {
		tables = append(tables, racer.Tables()...)
	}
	return tables
}

// Restored implements [Checkpointer].
func (s *Auto) Restored() error {
	if s.winner < 0 || s.winner > len(s.racers) || (s.winner == 0) != (s.done < raceLength) {
		return errCheckpoint
	}
	for _, racer := range s.racers {
		if err := racer.Restored(); err != nil {
			return err
		}
	}
	return nil
}
