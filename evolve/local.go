package evolve

import (
	"context"
	"fmt"
	"slices"

	"dryad/dsl"
	"dryad/evolve/genetic"
	"dryad/internal/english"
	"dryad/rating"
)

// The searches.
const (
	// SearchLocal keeps all champions with their payoff matrix, chooses opponents from
	// it, and changes trees by whole sub-trees of a library; trees that act
	// alike are played once.
	SearchLocal = "local"
	// SearchGenetic is grammar-guided genetic programming on islands: candidates meet
	// the champion and the last few former ones.
	SearchGenetic = "genetic"
	// SearchIID judges as SearchLocal does, and draws every candidate anew from the
	// grammar of the game: the baseline that learns nothing from what it found.
	SearchIID = "iid"
)

var searches = []string{SearchLocal, SearchGenetic, SearchIID}

// restartAfter is how many generations without a new champion make the search
// jump: every other generation then varies other trees than the champion, by
// larger steps.
const restartAfter = 3

// local is what a local search knows beside an island.
type local struct {
	archive *Archive
	cells   *Cells
	traces  map[string]*Entry
	prober  *Entry
	library genetic.Library
	wholes  []whole // trees that are candidates as they are
	// failures has for each candidate since the last champion that was better
	// than the champion the members that it failed against.
	failures [][]int
	// alternatives are those of the next sequential tests and stalled the generations
	// without a new champion, by the mode that the candidates are for.
	alternatives map[string]float64
	stalled      map[string]int
	focus        string   // the mode that the candidates are for; empty for all
	general      []*Entry // the opponents of generations for all modes
	guarded      bool     // trees can ask for the mode
	modes        []string // that they can ask for
	sweep        []rework // that each mode tries once, and
	swept        map[string]int
	turns        int // generations that the island has had
	migrants     []migrant
	venues       venues
}

// whole is a tree of the library.
type whole struct {
	name string
	file *dsl.File
}

// begin prepares an island of a local search.
func (s *search) begin() error {
	s.local = local{archive: &Archive{}, cells: &Cells{Names: s.p.Measures}, traces: map[string]*Entry{}, alternatives: map[string]float64{}, stalled: map[string]int{}, swept: map[string]int{}, venues: newVenues(&s.p)}
	if c := s.venues.curriculum; c != nil && c.byMode && guards(s.p.Checker, c.arms) {
		s.guarded = true
		for i := range c.arms {
			s.modes = append(s.modes, c.arms[i].Name)
		}
	}
	s.archive.join(s.start)
	for _, b := range s.p.Sparring {
		e := s.read(b.Source)
		if e.policy == nil {
			return fmt.Errorf("the sparring partner %s is faulty: %s", b.Name, e.Faults[0])
		}
		e.How, e.name = []string{"sparring partner " + b.Name}, "the sparring partner "+b.Name
		s.archive.join(e)
	}
	s.archive.Guests = len(s.archive.Members)
	for _, b := range s.p.Library {
		e := s.read(b.Source)
		if e.policy == nil {
			return fmt.Errorf("the tree %s of the library is faulty: %s", b.Name, e.Faults[0])
		}
		s.wholes = append(s.wholes, whole{b.Name, e.File()})
	}
	s.pickProber()
	if s.p.lacks(PartLibrary) || s.p.Search == SearchIID {
		s.wholes = nil
	} else {
		for _, w := range s.wholes {
			s.library.Add(w.file)
		}
		s.library.Add(s.start.File())
		for _, group := range genetic.Pieces(s.p.Checker.Runnable()) {
			s.library.AddPieces(group)
		}
		if s.guarded {
			s.library.AddPieces(genetic.GoingPieces(s.p.Checker.Runnable()))
			s.sweep = sweep(s.p.Checker)
		}
	}
	s.champion, s.best = s.start, []*Entry{s.start}
	s.general = s.opponents()
	s.field = s.general
	return nil
}

// climb probes and screens the candidates of a generation, tests the best and keeps what
// was learnt. It returns when the generation is over.
func (s *search) climb(ctx context.Context, g int, sound []*Entry) error {
	fresh, err := s.probe(ctx, g, sound)
	if err != nil {
		return err
	}
	if s.cells.Scale == nil {
		s.cells.setScale(s.islands[0].cells, fresh)
	}
	s.lay()
	finalist, err := s.stages(ctx, g, fresh)
	if err != nil {
		return err
	}
	s.stalled[s.focus]++
	if finalist != nil {
		if err := s.test(ctx, finalist); err != nil {
			return err
		}
		if finalist.Fate == Accepted {
			if err := s.promote(ctx, finalist); err != nil {
				return err
			}
		} else {
			// Gains get smaller: look for smaller ones.
			s.alternatives[s.focus] = max(leastAlternative, s.alternative()-0.01)
		}
	}
	for _, e := range fresh {
		if e.Fate == Pending {
			e.Fate = Screened
		}
		if s.focus == "" {
			s.cells.add(e)
		}
	}
	s.keepLocal(fresh)
	if s.focus != "" {
		s.swept[s.focus] += s.p.Candidates
	}
	s.turns++
	s.migrants = nil
	return nil
}

// testPairs is the most pairs of a sequential test: an eightieth of a small
// budget of matches, twice the parameter's when there is no such budget.
func (s *search) testPairs() int {
	most := 2 * s.p.Test.MaxPairs
	return max(40, s.p.Budget.Left(0, 80*most)/80)
}

// alternative is what the next sequential test looks for.
func (s *search) alternative() float64 {
	if known, have := s.alternatives[s.focus]; have {
		return known
	}
	return s.p.Test.Alternative
}

// leastAlternative is the smallest gain that a sequential test looks for.
const leastAlternative = 0.53

// firstStage and secondStage are the pairs of the two stages of screening. After
// half of the first, a candidate that has scored less than hopeless is out.
const (
	firstStage  = 8
	secondStage = 16
	hopeless    = 0.375
)

// worthTesting is the shrunk screening score from which on a candidate enters the
// sequential test. One below it that looks better than the champion is measured
// again in later generations.
const worthTesting = 0.54

// incumbents is how many candidates of earlier generations are measured again.
const incumbents = 3

// stages rejects the worse three quarters of the candidates after a few pairs, plays
// the others and the incumbents on, and returns who enters the sequential test;
// nil if nobody looks better than the champion. Incumbents are measured again,
// with what earlier generations have shown of them.
func (s *search) stages(ctx context.Context, g int, fresh []*Entry) (*Entry, error) {
	alive := slices.Clone(fresh)
	if len(alive) > 0 {
		if err := s.mayGoOn(ctx, 2*firstStage*len(alive)); err != nil {
			return nil, err
		}
		s.p.Progress.Note("screening %s", english.Number(len(alive), "candidate"))
		if err := s.screenRung(ctx, g, 0, alive, 0, firstStage/2); err != nil {
			return nil, err
		}
		alive = slices.DeleteFunc(alive, func(e *Entry) bool { return e.Screen.Score() < hopeless })
		if err := s.screenRung(ctx, g, 1, alive, firstStage/2, firstStage/2); err != nil {
			return nil, err
		}
		slices.SortStableFunc(alive, better)
		alive = slices.DeleteFunc(alive[:min(len(alive), (len(fresh)+3)/4)], func(e *Entry) bool { return e.Screen.Score() < 0.45 })
	}
	for _, e := range s.best[1:min(len(s.best), 1+incumbents)] {
		if e.versus == s.champion && e.focus == s.focus && e.Test == nil && shrunk(e) > 0.5 {
			alive = append(alive, e)
		}
	}
	if len(alive) == 0 {
		return nil, nil
	}
	if err := s.mayGoOn(ctx, 2*secondStage*len(alive)); err != nil {
		return nil, err
	}
	if err := s.screenRung(ctx, g, 2, alive, firstStage, secondStage); err != nil {
		return nil, err
	}
	for _, e := range alive {
		s.noteFailures(e)
	}
	slices.SortStableFunc(alive, func(a, b *Entry) int {
		switch x, y := shrunk(a), shrunk(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return better(a, b)
	})
	if shrunk(alive[0]) > worthTesting {
		return alive[0], nil
	}
	return nil, nil
}

// noteFailures keeps against whom a candidate failed that is better than the
// champion.
func (s *search) noteFailures(e *Entry) {
	if e.Screen.Score() <= 0.5 {
		return
	}
	var failed []int
	for i, m := range s.archive.Members {
		if t := e.met[m]; t != nil && t.Games > 0 && t.Score() < 0.5 {
			failed = append(failed, i)
		}
	}
	if len(failed) > 0 {
		s.failures = append(s.failures, failed)
	}
}

// promote makes an accepted candidate the champion: it joins the archive, meets
// all members, and gives way to a former champion that beats it.
func (s *search) promote(ctx context.Context, e *Entry) error {
	// The next test looks for half of what this one gained.
	s.alternatives[s.focus] = min(s.p.Test.Alternative, max(leastAlternative, 0.5+float64((e.Test.Pairs.Score()-0.5)/2)))
	s.champion, s.stalled[s.focus] = e, 0
	i := s.archive.join(e)
	if !s.p.lacks(PartLibrary) {
		s.library.Add(e.File())
	}
	if !s.p.lacks(PartArchive) {
		if err := unlessEnded(s.measure(ctx, i)); err != nil {
			return err
		}
	}
	if j := s.archive.rival(i); j >= 0 {
		back, err := s.comesBack(ctx, i, j)
		if unlessEnded(err) != nil {
			return err
		}
		if back {
			s.champion = s.archive.Members[j]
		}
	}
	s.general = s.opponents()
	s.field = s.general
	s.failures = nil
	return unlessEnded(s.seek(ctx))
}

// comesBack tests whether a former champion beats the new one.
func (s *search) comesBack(ctx context.Context, i, j int) (bool, error) {
	a := s.archive
	test, err := rating.NewTest(rating.TestParams{Null: 0.5, Alternative: 0.6, MaxPairs: 4 * testChunk})
	if err != nil {
		return false, err
	}
	for test.Verdict() == rating.Undecided {
		if err := s.mayGoOn(ctx, 2*testChunk); err != nil {
			return false, err
		}
		first := test.Used()
		var fixtures []Fixture
		for k := range testChunk {
			config, seed := scenarioOf(s.venues.configs, s.p.Seed, purposeReturn, 4*testChunk*len(a.Members)+first+k)
			fixtures = append(fixtures, s.fixture(config, seed, a.Members[j], a.Members[i]), s.fixture(config, seed, a.Members[i], a.Members[j]))
		}
		outcomes, err := s.play(ctx, s.chunk("return/%d/%d/%d", i, j, first), fixtures)
		if err != nil {
			return false, err
		}
		for k := range testChunk {
			one, two := direct(outcomes[2*k], outcomes[2*k+1])
			a.note(j, i, one)
			a.note(j, i, two)
			if err := test.Add(first+k, rating.PairOf(one, two)); err != nil {
				return false, err
			}
		}
	}
	if test.Verdict() != rating.Accepted {
		return false, nil
	}
	s.p.Progress.Say("the former champion %d.%d beats the new one (score %.2f over %d pairs) and comes back",
		a.Members[j].Generation, a.Members[j].Slot, test.Counts().Score(), test.Counts().Pairs())
	return true, nil
}

// keepLocal chooses the K best that proposals are made from: the champion, then
// those that did best against it.
func (s *search) keepLocal(fresh []*Entry) {
	pool := slices.Clone(fresh)
	for _, e := range s.best {
		if !slices.Contains(pool, e) {
			pool = append(pool, e)
		}
	}
	pool = slices.DeleteFunc(pool, func(e *Entry) bool {
		return e == s.champion || e.versus != s.champion || e.Screen.Pairs() <= firstStage
	})
	slices.SortStableFunc(pool, func(a, b *Entry) int {
		switch x, y := shrunk(a), shrunk(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return better(a, b)
	})
	s.best = append([]*Entry{s.champion}, pool[:min(len(pool), s.p.Keep-1)]...)
}

// neighbourhood is what a slot's proposer is told.
func (s *search) neighbourhood(slot int) neighbourhood {
	if !s.p.archives() {
		return neighbourhood{}
	}
	stalled := s.stalled[s.focus]
	n := neighbourhood{Library: &s.library, Restart: stalled >= restartAfter && stalled%2 == 1, Focus: s.focus, Modes: s.modes}
	if !s.p.lacks(PartArchive) {
		n.Archive, n.Elites = s.archive.Members[s.archive.Guests:], s.cells.elites()
	}
	if slot < len(s.migrants) {
		n.Whole, n.From = s.migrants[slot].entry.Source, s.migrants[slot].from
		return n
	}
	if n.Change = s.sweeping(slot); n.Change != nil {
		n.From = "a way to go"
		return n
	}
	if at := s.turns*s.p.Candidates + slot; at < len(s.wholes) {
		n.Whole, n.From = dsl.Format(s.wholes[at].file), fromLibrary
	}
	return n
}
