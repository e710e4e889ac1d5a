package tournament

import (
	"context"
	"errors"
	"fmt"

	"dryad/job"
	"dryad/match/dispatch"
	"dryad/queue"
	"dryad/store"
)

// Run plays the matches that the store does not hold yet, and returns the
// result of all. When the context ends or a budget is spent, the result is
// that of the matches so far, Stopped says why, and the error is nil.
//
// A match that says nothing, because something around a player failed, is played
// again, at most [Attempts] times; then it is kept as it is and not counted. A run
// that is resumed tries it again, if no other match depends on it.
func Run(ctx context.Context, p Params) (*Result, error) {
	if err := p.complete(); err != nil {
		return nil, err
	}
	if err := p.register(ctx); err != nil {
		return nil, err
	}
	s := &session{p: &p}
	err := p.Interim.begin(&p)
	if err != nil {
		return nil, err
	}
	if p.Test != nil {
		if s.test, err = p.newTrial(); err != nil {
			return nil, err
		}
	}
	if s.plan, err = p.read(ctx, s.stored); err != nil {
		return nil, err
	}
	p.Interim.tested(s.test)
	phase := p.Schedule.Kind
	switch {
	case p.Test != nil:
		phase = "sequential test"
	case phase == "":
		phase = RoundRobin
	}
	p.Progress.Phase(string(phase), s.plan.total(), s.ended)
	stopped, err := s.play(ctx)
	// What was played is kept and read although the context may have ended.
	ctx = context.WithoutCancel(ctx)
	if err := p.Store.SetStatus(ctx, p.ID, status(stopped), string(stopped)); err != nil {
		return nil, err
	}
	if err != nil {
		return nil, err
	}
	p.Progress.Close()
	result, err := p.tabulate(ctx, true)
	if err != nil {
		return nil, err
	}
	// What the store holds says whether the test has decided: a match may have
	// been corrected since.
	if p.Test == nil || stopped != job.Finished && !result.Test.decided() {
		result.Stopped = stopped
	}
	return result, nil
}

// register makes the run's row, if there is none.
func (p *Params) register(ctx context.Context) error {
	_, err := p.Store.Run(ctx, p.ID)
	if errors.Is(err, store.ErrNotFound) {
		return p.Store.CreateRun(ctx, store.Run{ID: p.ID, Kind: "tournament", Seed: p.Seed})
	}
	if err != nil {
		return err
	}
	return p.Store.SetStatus(ctx, p.ID, store.Running, "")
}

// status is where a run stands that stopped.
func status(s job.Stop) store.Status {
	switch s {
	case job.Finished:
		return store.Finished
	case job.Failed:
		return store.Failed
	}
	return store.Interrupted
}

// Attempts is how often a match is played that says nothing.
const Attempts = 3

// testWindow is how many matches a sequential test has played before those that
// say nothing are played again: it cannot go on past them.
const testWindow = 512

// session is a run of this process.
type session struct {
	p     *Params
	plan  *plan
	test  *trial // nil without a sequential test
	have  []bool // the matches that need not be played, by index
	void  []bool // those of the store that say nothing
	ended int    // that the store holds
}

// stored takes in a match that an earlier process has played.
func (s *session) stored(f Fixture, r record) error {
	s.ended++
	// Matches after it may depend on what it is, unless the schedule is fixed.
	again := r.Void && s.test == nil && s.p.Schedule.fixed() && len(s.p.Portfolios) == 0
	if again {
		s.void = mark(s.void, f.Index)
	} else {
		s.have = mark(s.have, f.Index)
		if err := s.p.Interim.add(f, r); err != nil {
			return err
		}
	}
	return s.test.add(f.Index, r)
}

// mark sets an index in a set that grows.
func mark(set []bool, index int) []bool {
	if index >= len(set) {
		set = append(set, make([]bool, max(index+1, 2*len(set))-len(set))...)
	}
	set[index] = true
	return set
}

func marked(set []bool, index int) bool { return index < len(set) && set[index] }

// play plays the matches that are not there yet, as far as the budget goes, until
// the sequential test has decided.
func (s *session) play(ctx context.Context) (job.Stop, error) {
	for from := 0; ; {
		if s.test.decided() {
			return job.Finished, nil
		}
		known := s.plan.known()
		limit := s.p.Budget.Left(0, known)
		until := limit
		if s.test != nil {
			until = min(limit, from+testWindow)
		}
		stop, err := s.attempt(ctx, from, until)
		switch {
		case err == nil && s.test.decided():
			return job.Finished, nil
		case ctx.Err() != nil && (err == nil || errors.Is(err, ctx.Err())):
			return job.Interrupted, nil
		case err != nil:
			return job.Failed, err
		case stop != job.GoOn:
			return stop, nil
		case until < known && until == limit:
			return job.MaxMatches, nil
		case until < known:
			from = until
		case s.plan.known() == known:
			return job.Finished, nil
		default:
			from = known
			s.p.Progress.Phase(string(s.p.Schedule.Kind), s.plan.total(), s.ended)
		}
	}
}

// attempt plays the missing ones of some matches, and those that say nothing
// again; then the plan takes them in.
func (s *session) attempt(ctx context.Context, from, until int) (job.Stop, error) {
	results := map[int]record{}
	for try := 1; ; try++ {
		var missing []int
		for index := from; index < until; index++ {
			if !marked(s.have, index) {
				missing = append(missing, index)
			}
		}
		if s.test == nil {
			missing = interleave(missing, s.plan.sides)
		}
		if len(missing) == 0 {
			break
		}
		stop, err := s.batch(ctx, missing, try == Attempts, results)
		if stop != job.GoOn || err != nil || s.test.decided() {
			return stop, err
		}
	}
	for index := from; index < until && s.plan.scheme != nil; index++ {
		if r, played := results[index]; played {
			if err := s.plan.add(index, r); err != nil {
				return job.GoOn, err
			}
		}
	}
	return job.GoOn, nil
}

// interleaved is how many groups of matches are begun before the first of them goes on.
const interleaved = 16

// interleave puts matches, in the order of the schedule, into the order in which they are
// handed out: the first of several groups, then the second of each. The matches of a
// group are on one map, and who begins the second while the first computes what the
// game needs to know of the map would wait for it. It changes no result.
func interleave(indices []int, sides int) []int {
	order := make([]int, 0, len(indices))
	for len(indices) > 0 {
		block := indices[0] / (sides * interleaved)
		n := 0
		for n < len(indices) && indices[n]/(sides*interleaved) == block {
			n++
		}
		for side := range sides {
			for _, index := range indices[:n] {
				if index%sides == side {
					order = append(order, index)
				}
			}
		}
		indices = indices[n:]
	}
	return order
}

// batch plays matches. Those that say nothing are kept in the last attempt only.
func (s *session) batch(ctx context.Context, indices []int, last bool, results map[int]record) (stop job.Stop, err error) {
	p := s.p
	d := dispatch.Dispatcher{Workers: p.Workers, Queue: p.Queue, Begun: p.Begun}
	commit := newCommitter(ctx, p.Store, p.Progress.Add)
	corrected := false
	err = d.Run(ctx, dispatch.Batch{
		Jobs: func(yield func(dispatch.Job) bool) {
			for _, index := range indices {
				f := s.plan.fixture(index)
				if !yield(dispatch.Job{Key: f.Key(), Match: p.match(f)}) {
					return
				}
			}
		},
		Ended: func(r dispatch.Result) error {
			f := s.plan.fixtureOf(r.Key)
			if r.Outcome.Inconclusive() && !last {
				if p.Ended != nil {
					p.Ended(f, &r.Outcome, false)
				}
				return nil
			}
			row, err := p.row(f, &r.Outcome)
			if err != nil {
				return fmt.Errorf("match %s: %w", r.Key, err)
			}
			again := marked(s.void, f.Index)
			if err := commit.put(row, again); err != nil {
				return err
			}
			if again {
				s.void[f.Index] = false
			} else {
				s.ended++
			}
			s.have = mark(s.have, f.Index)
			if err := p.Interim.addOutcome(p, f, &r.Outcome); err != nil {
				return err
			}
			if p.Ended != nil {
				p.Ended(f, &r.Outcome, true)
			}
			if s.plan.scheme != nil {
				results[f.Index] = p.record(f, &r.Outcome)
			}
			return nil
		},
		Corrected: func(r dispatch.Result) error {
			f := s.plan.fixtureOf(r.Key)
			row, err := p.row(f, &r.Outcome)
			if err != nil {
				return fmt.Errorf("match %s: %w", r.Key, err)
			}
			if s.plan.scheme != nil {
				results[f.Index] = p.record(f, &r.Outcome)
			}
			corrected = true
			return commit.put(row, true)
		},
		Deliver: func(r dispatch.Result) error {
			if s.test != nil && (last || !r.Outcome.Inconclusive()) {
				if err := s.test.addOutcome(s.p, s.plan.fixtureOf(r.Key), &r.Outcome); err != nil {
					return err
				}
				p.Interim.tested(s.test)
				if s.test.decided() {
					return queue.ErrStop
				}
			}
			// The budget of matches is in the indices; here it is that of minutes.
			if stop = p.Budget.Stop(ctx, 0); stop != job.GoOn {
				return queue.ErrStop
			}
			return nil
		},
	})
	err = commit.close(err)
	if err == nil && corrected && s.test != nil {
		err = s.retest(ctx)
	}
	if err == nil && s.test.decided() {
		stop = job.GoOn
	}
	return stop, err
}

// retest begins the sequential test again from what the store holds: matches that
// it has counted were corrected.
func (s *session) retest(ctx context.Context) (err error) {
	if s.test, err = s.p.newTrial(); err != nil {
		return err
	}
	_, err = s.p.read(ctx, func(f Fixture, r record) error { return s.test.add(f.Index, r) })
	return err
}
