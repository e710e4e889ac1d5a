package evolve

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"dryad/games"
	"dryad/job"
	"dryad/match"
	"dryad/policy"
	"dryad/rating"
)

// DefaultCandidates is how many candidates a generation of a genetic search has.
const DefaultCandidates = 12

// Params says what a run is. Everything but Memory, Record, Progress and Judge
// determines the result; the zero value of a field takes the default in its
// comment.
type Params struct {
	Seed uint64
	// Start is the text of the tree to begin with.
	Start string
	// Baselines are policies that the champion meets on the held-out scenarios;
	// the search never sees them.
	Baselines []Baseline
	// Training and HeldOut are the scenarios; they must have no map in common.
	Training, HeldOut []games.Config
	// Search is SearchLocal, SearchIID or SearchGenetic; SearchGenetic.
	Search string
	// Opponents says how a local search chooses opponents: TwoL, Uniform, Nash or
	// Last; TwoL.
	Opponents string
	// Aim is AimMean, AimCVaR or AimWorstMap; AimMean. A local search only.
	Aim string
	// Pool are further games, on maps that are not held out. Under an aim other than
	// AimMean those that are hard for a champion join the training games.
	Pool []games.Config
	// Curriculum plays the screening pairs of a local search where candidates
	// differ. The sequential test goes through all training games alike.
	Curriculum bool
	// Without names parts of a local search to leave out, for comparisons:
	// PartArchive, PartLibrary or PartTraces.
	Without []string
	// Library are trees whose parts a local search puts together, and which are
	// candidates themselves.
	Library []Baseline
	// Sparring are opponents that a local search meets from the beginning. They
	// cannot become champion.
	Sparring []Baseline
	// Measures name two metrics by which a local search tells behaviours apart;
	// without them it keeps no archive of behaviours.
	Measures []string
	// Scoring says how the pairs of a scenario compare two policies; nil stands for
	// two sides that fight each other.
	Scoring func(games.Config) match.Scoring
	// Proposer writes the candidates.
	Proposer Proposer
	// Candidates is N, the number proposed in a generation; 12, and 36 in a local
	// search.
	Candidates int
	// Keep is K, the number of the best that proposals are made from; 4, and 6 in
	// a local search.
	Keep int
	// Rungs are the pairs that a candidate plays in each round of screening;
	// 4, 8, 16.
	Rungs []int
	// Finalists is how many of a generation may enter the sequential test; 1.
	Finalists int
	// Test is the sequential test; null 0.5, alternative 0.6, both errors 0.05,
	// at most 200 pairs.
	Test rating.TestParams
	// FieldSize is how many former champions the field holds, besides the
	// starting tree; 3.
	FieldSize int
	// Islands is how many searches begin side by side and take turns; 1. In a
	// genetic search their champions play each other after every Epoch generations
	// of each, and the better half goes on, until one is left. In a local search
	// trees of behaviours that another island lacks migrate to it then, and the
	// champions play each other at the end.
	Islands int
	// Epoch is the number of generations of an island between play-offs or
	// migrations; 6.
	Epoch int
	// Generations stops the search; 0 leaves it to the budget.
	Generations int
	// HeldOutPairs is how many pairs the champion plays against each opponent
	// on the held-out scenarios; 100.
	HeldOutPairs int
	// Budget stops the search before it is exceeded: play-offs are counted, and
	// matches are kept back for the last one. Tidying the champion and the
	// held-out matches come after it.
	Budget job.Budget

	Judge    Judge
	Memory   Memory
	Record   Recorder
	Progress *job.Progress
	// Study makes the words that Request.Feedback holds for the champion, from
	// matches against the opponents, an opponent as often as it is listed; needed
	// when the proposer wants them.
	Study func(ctx context.Context, champion *Entry, opponents []*Entry) (string, error)
	// Ended, if any, is told of the run as it stands after each generation:
	// Stopped is job.GoOn. An error ends the run.
	Ended func(ctx context.Context, result *Result) error
	// Checker judges the candidates; it is the game's.
	Checker *policy.Checker
}

// DefaultHeldOutPairs is the usual number of pairs against each opponent on the
// held-out scenarios.
const DefaultHeldOutPairs = 100

// Baseline is a policy of someone else's.
type Baseline struct {
	Name   string
	Source string
}

// Recorder keeps every candidate: first as it is proposed, then with what became
// of it. A later record of the same generation and slot replaces the earlier.
type Recorder interface {
	PutCandidate(ctx context.Context, e *Entry) error
}

// Check reports settings that no run can be made with: it reads the trees and
// looks at the scenarios, and plays nothing.
func (p Params) Check() error {
	if err := p.complete(); err != nil {
		return err
	}
	s := &search{p: p}
	if e := s.read(p.Start); e.policy == nil {
		return fmt.Errorf("the starting tree is faulty: %s", e.Faults[0])
	}
	for _, list := range []struct {
		what string
		of   []Baseline
	}{{"baseline", p.Baselines}, {"sparring partner", p.Sparring}, {"library tree", p.Library}} {
		for _, b := range list.of {
			if e := s.read(b.Source); e.policy == nil {
				return fmt.Errorf("%s %s is faulty: %s", list.what, b.Name, e.Faults[0])
			}
		}
	}
	return nil
}

func (p *Params) complete() error {
	set := func(field *int, value int) {
		if *field == 0 {
			*field = value
		}
	}
	if p.Search == "" {
		p.Search = SearchGenetic
	}
	if p.Opponents == "" {
		p.Opponents = TwoL
	}
	if p.Aim == "" {
		p.Aim = AimMean
	}
	if err := cmp.Or(checkOpponents(p.Opponents), checkAim(p.Aim), checkParts(p.Without)); err != nil {
		return err
	}
	if p.lacks(PartArchive) {
		p.Opponents = Last
	}
	if p.archives() {
		set(&p.Candidates, 36)
		set(&p.Keep, 6)
	}
	set(&p.Candidates, DefaultCandidates)
	set(&p.Keep, 4)
	set(&p.Finalists, 1)
	set(&p.FieldSize, 3)
	set(&p.HeldOutPairs, DefaultHeldOutPairs)
	set(&p.Islands, 1)
	set(&p.Epoch, 6)
	if len(p.Rungs) == 0 {
		p.Rungs = []int{4, 8, 16}
	}
	if p.Test.Null == 0 && p.Test.Alternative == 0 {
		p.Test.Null, p.Test.Alternative = 0.5, 0.6
	}
	set(&p.Test.MaxPairs, 200)
	switch {
	case !slices.Contains(searches, p.Search):
		return fmt.Errorf("there is no search %q; there are %s", p.Search, strings.Join(searches, ", "))
	case !p.archives() && len(p.Sparring)+len(p.Library) > 0:
		return fmt.Errorf("sparring partners and a library are for the search %s", SearchLocal)
	case !p.archives() && (p.Aim != AimMean || p.Curriculum || len(p.Without) > 0):
		return fmt.Errorf("an aim, a curriculum and parts that are left out are for the search %s", SearchLocal)
	case len(p.Training) == 0 || len(p.HeldOut) == 0:
		return fmt.Errorf("evolve: training and held-out scenarios are both needed, have %d and %d", len(p.Training), len(p.HeldOut))
	case p.Candidates < 1 || p.Keep < 1 || p.Finalists < 1 || p.HeldOutPairs < 1 || p.Islands < 1 || p.Epoch < 1:
		return fmt.Errorf("evolve: candidates, kept, finalists, held-out pairs, islands and their generations must be at least 1")
	}
	maps := map[string]bool{}
	for _, c := range append(slices.Clone(p.Training), p.Pool...) {
		maps[c.Map] = true
	}
	for _, c := range p.HeldOut {
		if maps[c.Map] {
			return fmt.Errorf("evolve: map %s is both for training and held out", c.Map)
		}
	}
	return nil
}
