package session

import (
	"context"
	"errors"

	"dryad/dsl"
	"dryad/dsl/starter"
	"dryad/evolve"
	"dryad/evolve/report"
	"dryad/feedback"
	"dryad/games"
	"dryad/job"
	"dryad/llm"
	"dryad/match"
	"dryad/match/dispatch"
	"dryad/policy"
	"dryad/rating"
	"dryad/replay"
	"dryad/store"
)

// ID is the run's name in the store of its folder.
const ID = "evolve"

// ErrNoCamera is what Params.Camera returns for a game that has no pictures.
var ErrNoCamera = errors.New("this game has no pictures")

// Params says what is searched, and where and how.
type Params struct {
	Settings
	// Checker judges the candidates; it is the game's.
	Checker *policy.Checker
	// Scoring says how the pairs of a scenario compare two policies; nil stands for
	// two sides that fight each other.
	Scoring func(games.Config) match.Scoring
	// Proposer writes the candidates; nil for the embedded one.
	Proposer evolve.Proposer
	// Dispatch plays the matches of the search; nil plays them in this process.
	Dispatch *dispatch.Dispatcher
	// Folder keeps the run; nil keeps nothing. The caller closes it.
	Folder   *job.Run
	Progress *job.Progress
	// Camera draws a recorded match; nil draws nothing.
	Camera func(ctx context.Context, r *replay.Replay) (feedback.Camera, error)
	// Show, if any, is given the report whenever it is written, with a clip of the
	// newest champion while the search runs.
	Show func(html []byte)
	// Critic, if any, watches a match of the champion in every generation; its
	// ratings go into the next proposals. It needs a folder.
	Critic llm.Provider
	// Second, if any, criticises the critic's answers before they count.
	Second llm.Provider
	// CriticTokens bounds an answer of the critic.
	CriticTokens int
	// Program is dryad's version, for replays and the report.
	Program string
	// Command is the command line that makes the run again, for the report.
	Command string
}

// Session is an open search.
type Session struct {
	p      Params
	store  *store.Store // nil without a folder
	ledger *ledger
	record evolve.Recorder
	// studied has the accounts of champions so far, by them and their opponents.
	studied map[string]string
	shown   shown
}

// Open prepares a search and checks its settings. The caller closes it.
func Open(ctx context.Context, p Params) (*Session, error) {
	if p.Search == "" {
		p.Search = evolve.SearchLocal
	}
	if p.Proposer == nil {
		p.Proposer = Embedded(p.Checker, p.Search)
	}
	if p.Dispatch == nil {
		p.Dispatch = &dispatch.Dispatcher{}
	}
	if p.Better == 0 {
		p.Better = 0.6
	}
	books := &ledger{taken: map[string]bool{}, words: map[string][]string{}}
	credited := *p.Dispatch
	credited.Credit = func(by string) { books.taken[by] = true }
	p.Dispatch = &credited
	s := &Session{p: p, ledger: books}
	if p.Folder == nil {
		kept := inMemory{work: map[string][]byte{}}
		books.memory, s.record = kept, kept
		return s, nil
	}
	var err error
	if s.store, err = store.Open(p.Folder.Database()); err != nil {
		return nil, err
	}
	_, err = s.store.Run(ctx, ID)
	if errors.Is(err, store.ErrNotFound) {
		err = s.store.CreateRun(ctx, store.Run{ID: ID, Kind: "evolve", Seed: p.Seed})
	}
	if err != nil {
		s.store.Close()
		return nil, err
	}
	books.memory, s.record = inStore{s.store}, inStore{s.store}
	return s, nil
}

// Embedded returns the proposer of a search that asks no model.
func Embedded(checker *policy.Checker, search string) evolve.Proposer {
	switch search {
	case evolve.SearchGenetic:
		return evolve.Genetic(checker)
	case evolve.SearchIID:
		return evolve.IID(checker)
	}
	return evolve.Neighbours(checker)
}

// library returns the templates of tactics, then the settings' own trees; nothing
// for a search that uses none.
func (s *Session) library() []evolve.Baseline {
	if s.p.Search == evolve.SearchGenetic {
		return s.p.Library
	}
	var list []evolve.Baseline
	names, _ := starter.Tactics()
	for _, name := range names {
		file, err := starter.New(name, name, s.p.Checker.Runnable())
		if err != nil {
			continue // the game has no words for it
		}
		if source := dsl.Format(file); s.p.Checker.Check(file).OK() {
			list = append(list, evolve.Baseline{Name: name, Source: source})
		}
	}
	return append(list, s.p.Library...)
}

// measures names the first two metrics of the game that are neither good nor bad
// nor shares: they tell how a seat plays and not how well.
func (s *Session) measures() []string {
	if len(s.p.Training) == 0 {
		return nil
	}
	world, err := s.game().New(s.p.Training[0], 1)
	if err != nil {
		return nil // the search itself says why
	}
	var names []string
	for _, m := range world.Metrics(0) {
		if m.Better == 0 && m.Unit != "%" && len(names) < 2 {
			names = append(names, m.Name)
		}
	}
	return names
}

// Run opens a search, runs it and closes it.
func Run(ctx context.Context, p Params) (*evolve.Result, error) {
	s, err := Open(ctx, p)
	if err != nil {
		return nil, err
	}
	result, err := s.Run(ctx)
	return result, errors.Join(err, s.Close())
}

// Close lets go of the run's store.
func (s *Session) Close() error {
	if s.store == nil {
		return nil
	}
	return s.store.Close()
}

// Params returns what [evolve.Run] is given.
func (s *Session) params() evolve.Params {
	return evolve.Params{
		Checker: s.p.Checker, Seed: s.p.Seed, Start: s.p.Start, Baselines: s.p.Baselines,
		Training: s.p.Training, HeldOut: s.p.HeldOut, Proposer: s.p.Proposer,
		Candidates: s.p.Candidates, Keep: s.p.Keep, Islands: max(1, s.p.Islands), Generations: s.p.Generations,
		Test:         rating.TestParams{Null: 0.5, Alternative: s.p.Better},
		HeldOutPairs: s.p.Pairs,
		Budget:       job.NewBudget(s.p.MaxMatches, s.p.MaxMinutes),
		Scoring:      s.p.Scoring,
		Judge:        evolve.Matches{Game: s.game(), Dispatch: s.p.Dispatch},
		Memory:       s.ledger, Record: s.record, Progress: s.p.Progress,
		Search: s.p.Search, Opponents: s.p.Opponents, Library: s.library(), Sparring: s.p.Sparring, Measures: s.measures(),
		Aim: s.p.Aim, Pool: s.p.Pool, Curriculum: s.p.Curriculum, Without: s.p.Without,
		Study: s.study, Ended: s.ended,
	}
}

// Run searches, plays the finals and leaves the run's files. When the context
// ends, the result so far is left and returned without an error, with Stopped
// set to job.Interrupted.
func (s *Session) Run(ctx context.Context) (*evolve.Result, error) {
	result, err := s.search(ctx)
	ended := context.WithoutCancel(ctx) // the end is written even when it is an interruption
	if err != nil {
		return nil, errors.Join(err, s.status(ended, store.Failed, err.Error()))
	}
	status := store.Finished
	if result.Stopped == job.Interrupted {
		status = store.Interrupted
	}
	if err := s.status(ended, status, result.Stopped.Sentence()); err != nil {
		return nil, err
	}
	return result, s.leave(ended, result)
}

// FirstRequest returns what the proposer is asked for a slot of the first
// generation.
func (s *Session) FirstRequest(ctx context.Context, slot int) (evolve.Request, error) {
	return evolve.FirstRequest(ctx, s.params(), slot)
}

func (s *Session) status(ctx context.Context, status store.Status, why string) error {
	if s.store == nil {
		return nil
	}
	return s.store.SetStatus(ctx, ID, status, why)
}

func (s *Session) game() games.Game { return s.p.Checker.Game() }

// facts are lines for the report.
func (s *Session) facts() []report.Fact {
	facts := []report.Fact{
		{Name: "dryad", Value: s.p.Program}, {Name: "seed", Value: decimal(s.p.Seed)},
		{Name: "budget", Value: s.Budget()},
		{Name: "training", Value: labels(s.p.Training)}, {Name: "held out", Value: labels(s.p.HeldOut)},
	}
	if s.p.Critic != nil {
		facts = append(facts, report.Fact{Name: "critic", Value: feedback.Checked(s.p.Critic, s.p.Second)})
	}
	return facts
}

// entrant makes a policy under a name of its own. The text must be sound.
func (s *Session) entrant(name, source string) (match.Entrant, error) {
	p, faults := s.p.Checker.Parse(name, source)
	if p == nil {
		return match.Entrant{}, errors.New("the policy " + name + " is faulty: " + faults[0].String())
	}
	e := match.Tree(p)
	e.Record.Name = name
	return e, nil
}
