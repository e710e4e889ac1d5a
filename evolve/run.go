package evolve

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"dryad/games"
	"dryad/job"
)

// Result is the end of a run.
type Result struct {
	Champion *Entry
	// Start is the tree that the search began with.
	Start *Entry
	// Entries are all candidates in the order of (generation, slot), the start
	// first.
	Entries []*Entry
	// Generations is how many were completed.
	Generations int
	// Stopped says why the search ended.
	Stopped job.Stop
	// Matches is how many the search took, the held-out ones apart.
	Matches int
	// Archive has all champions of a local search, Cells its different
	// behaviours; nil after another.
	Archive *Archive
	Cells   *Cells
	// Training are the games of a local search: those of the parameters, then those
	// that were sought and added.
	Training []games.Config
	// Curriculum has the groups of training games, if there was a bandit over them.
	Curriculum []Arm
	// HeldOut is the champion's record against each opponent: first over all
	// scenarios, then for every mode. Empty when the run was interrupted.
	HeldOut []HeldOut
}

// StopError ends the search for a reason that is no fault: a budget is spent.
// A proposer returns it when its own is.
type StopError struct{ Reason job.Stop }

func (s StopError) Error() string { return s.Reason.Sentence() }

type search struct {
	p       Params
	*island // the present one
	islands []*island
	begun   int // the generation after which the islands' epoch began
	start   *Entry
	entries []*Entry
	seen    map[string]bool // hashes proposed so far
	matches int
	offset  int // pairs that earlier sequential tests may have used
	barren  int // generations in a row without a new sound tree
}

// maxBarren is how many generations without a new sound tree end a run: the
// proposer has nothing more to say, and asking may cost money.
const maxBarren = 5

// Run searches until a budget is spent or the context ends, then plays the
// held-out matches. When the context ends, the result so far comes with
// Stopped set to job.Interrupted and without an error: the run can be resumed
// with the same parameters and the same Memory, to the same result.
func Run(ctx context.Context, p Params) (*Result, error) {
	if err := p.complete(); err != nil {
		return nil, err
	}
	s := &search{p: p, seen: map[string]bool{}}
	if s.start = s.read(p.Start); s.start.policy == nil {
		return nil, fmt.Errorf("the starting tree is faulty: %s", s.start.Faults[0])
	}
	s.start.Fate, s.start.How = Accepted, []string{"the start"}
	for range p.Islands {
		s.islands = append(s.islands, &island{number: len(s.islands), champion: s.start, best: []*Entry{s.start}, field: []*Entry{}})
	}
	s.island = s.islands[0]
	s.seen[s.start.Hash] = true
	s.entries = []*Entry{s.start}
	if err := s.record(ctx, s.entries); err != nil {
		return nil, err
	}

	if p.archives() {
		for _, s.island = range s.islands {
			if err := s.begin(); err != nil {
				return nil, err
			}
		}
	}
	result := &Result{Start: s.start, Stopped: job.Finished}
	for g := 1; p.Generations == 0 || g <= p.Generations; g++ {
		s.turn(g)
		err := s.generation(ctx, g)
		if err == nil && s.epochEnds(g) {
			if p.archives() {
				s.migrate(g)
			} else {
				err = s.playOff(ctx, g, (len(s.islands)+1)/2)
			}
		}
		var end StopError
		if errors.As(err, &end) {
			result.Stopped = end.Reason
			break
		}
		if err != nil && ctx.Err() != nil {
			result.Stopped = job.Interrupted
			break
		}
		if err != nil {
			return nil, err
		}
		result.Generations = g
		if err := s.report(ctx, result); err != nil {
			return nil, err
		}
	}
	if len(s.islands) > 1 && result.Stopped != job.Interrupted {
		if err := s.playOff(ctx, result.Generations+1, 1); err != nil && ctx.Err() != nil {
			result.Stopped = job.Interrupted
		} else if err != nil {
			return nil, err
		}
	}
	s.fill(result)
	if result.Stopped == job.Interrupted {
		return result, nil
	}
	err := s.tidy(ctx, result.Generations+1)
	if err == nil {
		s.fill(result)
		result.HeldOut, err = s.heldOut(ctx)
	}
	if err != nil && ctx.Err() != nil {
		result.Stopped, result.HeldOut = job.Interrupted, nil
		return result, nil
	}
	return result, err
}

// fill puts into a result where the search stands.
func (s *search) fill(result *Result) {
	result.Champion, result.Entries, result.Matches = s.champion, s.entries, s.matches
	result.Archive, result.Cells = s.archive, s.cells
	if s.archive == nil {
		return
	}
	result.Training = s.venues.configs
	if c := s.venues.curriculum; c != nil {
		result.Curriculum = slices.Clone(c.arms)
	}
}

// report tells of the run as it stands.
func (s *search) report(ctx context.Context, result *Result) error {
	if s.p.Ended == nil {
		return nil
	}
	s.fill(result)
	now := *result
	now.Stopped = job.GoOn
	return s.p.Ended(ctx, &now)
}

// read makes an entry of a text: with its policy, or with its faults.
func (s *search) read(source string) *Entry {
	p, faults := s.p.Checker.Parse("candidate", source)
	if p != nil {
		return &Entry{Source: p.Canonical, Hash: p.Hash, Nodes: size(p.File), policy: p}
	}
	e := &Entry{Source: source}
	for _, f := range faults {
		e.Faults = append(e.Faults, f.String())
	}
	return e
}

// mayGoOn returns the reason to stop before a piece of work of so many matches,
// or nil. Matches for the last play-off are kept back.
func (s *search) mayGoOn(ctx context.Context, matches int) error {
	if reason := s.p.Budget.Stop(ctx, s.matches); reason != job.GoOn {
		return StopError{reason}
	}
	want := matches + s.playOffMatches()
	if s.p.Budget.Left(s.matches, want) < want {
		return StopError{job.MaxMatches}
	}
	return nil
}
