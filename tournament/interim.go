package tournament

import (
	"sync"

	"dryad/match"
)

// Interim is the table of the groups of matches that have ended so far, in whatever
// order: for people who watch a tournament. [Run] keeps it up to date where
// [Params.Interim] names it. Its methods may be called from several goroutines.
type Interim struct {
	mutex  sync.Mutex
	p      Params
	tally  *tally
	groups map[int][]record // that are not complete, by the index of their first match
	test   *TestResult
}

// begin prepares the table for a tournament.
func (t *Interim) begin(p *Params) error {
	if t == nil {
		return nil
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.p, t.groups = *p, map[int][]record{}
	t.p.Rating, t.p.Bootstrap = "", 0 // they are for the end
	var err error
	t.tally, err = t.p.newTally()
	return err
}

// add counts a match; a second result for a match of a complete group is not one.
func (t *Interim) add(f Fixture, r record) error {
	if t == nil {
		return nil
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	size := len(f.Sides)
	first := f.Index - f.Index%size
	group := t.groups[first]
	if group == nil {
		group = make([]record, 0, size)
	}
	if group = append(group, r); len(group) < size {
		t.groups[first] = group
		return nil
	}
	delete(t.groups, first)
	for i := range group {
		t.tally.forfeits(&t.p, &group[i])
	}
	return t.tally.add(f, group)
}

// addOutcome is add for a match of this process.
func (t *Interim) addOutcome(p *Params, f Fixture, o *match.Outcome) error {
	if t == nil {
		return nil
	}
	return t.add(f, p.record(f, o))
}

// tested takes the state of the sequential test, if there is one.
func (t *Interim) tested(test *trial) {
	if t == nil || test == nil {
		return
	}
	state := test.result(false)
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.test = state
}

// Test returns the state of the sequential test after the pairs of the schedule so
// far; nil without a test, and before the tournament has begun. It must not be changed.
func (t *Interim) Test() *TestResult {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.test
}

// Result returns the table of the whole groups so far; nil before the tournament has
// begun. Planned, Stopped and the rounds are not filled in.
func (t *Interim) Result() (*Result, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.tally == nil {
		return nil, nil
	}
	result := &Result{Matches: t.tally.matches, Void: t.tally.void, Test: t.test}
	return result, t.tally.rate(&t.p, result)
}
