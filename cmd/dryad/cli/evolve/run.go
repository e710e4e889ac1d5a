package evolve

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/evolve"
	"dryad/feedback"
	"dryad/games"
	"dryad/job"
	"dryad/match"
	"dryad/policy"
	"dryad/queue"
	"dryad/rating"
	"dryad/store"
)

// evolveSession is a run of evolve at work: what it reads and writes.
type evolveSession struct {
	env      *frame.Env
	job      *job.Run
	settings evolveSettings
	game     games.Game
	checker  *policy.Checker
	store    *store.Store
	queue    queue.Queue
	// closeQueue ends the queue; nil before it was opened.
	closeQueue func() error
	model      *frame.ModelSession // nil without one
	vision     *frame.ModelSession // nil without a critic
}

// evolveID is the run's name in its own store.
const evolveID = "evolve"

func openEvolve(env *frame.Env, run *job.Run, settings evolveSettings, where *seats.QueueFlags) (*evolveSession, error) {
	game, err := seats.GameByName(settings.Game)
	if err != nil {
		return nil, err
	}
	s := &evolveSession{env: env, job: run, settings: settings, game: game, checker: seats.CheckerOf(game)}
	if s.store, err = store.Open(run.Database()); err != nil {
		return nil, err
	}
	err = s.open(where)
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *evolveSession) open(where *seats.QueueFlags) error {
	_, err := s.store.Run(s.env.Context, evolveID)
	if errors.Is(err, store.ErrNotFound) {
		err = s.store.CreateRun(s.env.Context, store.Run{ID: evolveID, Kind: "evolve", Seed: s.settings.Seed})
	}
	if err != nil {
		return err
	}
	if s.queue, s.closeQueue, err = where.Open(s.env); err != nil {
		return err
	}
	if s.queue == nil {
		s.queue = &queue.Local{Workers: where.Workers, Handlers: seats.Handlers(s.env)}
	}
	if s.settings.Proposer == "llm" {
		if s.model, err = s.settings.Asking.Open(s.env, s.settings.Model, s.job.Path("exchanges.jsonl")); err != nil {
			return err
		}
	}
	if s.settings.Critic {
		asking := s.settings.Asking
		if s.settings.Proposer == "llm" && asking.Cassette != "" {
			// One recording serves both: the critic's answers lie beside it.
			asking.Cassette = strings.TrimSuffix(asking.Cassette, ".jsonl") + ".critic.jsonl"
		}
		if s.vision, err = asking.Open(s.env, s.settings.Vision, s.job.Path("exchanges.critic.jsonl")); err != nil {
			return err
		}
	}
	return nil
}

func (s *evolveSession) close() {
	if s.closeQueue != nil {
		s.closeQueue()
	}
	if s.model != nil {
		s.model.Close()
	}
	if s.vision != nil {
		s.vision.Close()
	}
	s.store.Close()
}

// run searches, writes what the run leaves, and reports.
func (s *evolveSession) run(asJSON bool) error {
	proposer := s.proposer()
	s.env.Logf("evolve %s, seed %d, in %s", s.settings.Game, s.settings.Seed, s.job.Dir())
	s.env.Logf("%s", proposer.Name())
	total := s.settings.MaxMatches
	progress := job.NewProgress(job.ProgressParams{Out: s.env.Stderr, Terminal: s.env.Terminal, Label: "search", Unit: "matches", Total: total})
	result, err := evolve.Run(s.env.Context, evolve.Params{
		Checker: s.checker, Seed: s.settings.Seed, Start: s.settings.Start, Baselines: s.settings.Baselines,
		Training: s.settings.Training, HeldOut: s.settings.HeldOut, Proposer: proposer,
		Candidates: s.settings.Candidates, Keep: s.settings.Keep, Islands: max(1, s.settings.Islands), Generations: s.settings.Gens,
		Test:         rating.TestParams{Null: 0.5, Alternative: s.settings.Better},
		HeldOutPairs: s.settings.Pairs,
		Budget:       job.NewBudget(s.settings.MaxMatches, s.settings.MaxMinutes),
		Judge:        evolve.Matches{Game: s.settings.Game, Queue: s.queue},
		Memory:       storeMemory{s.store}, Record: storeRecorder{s.store},
		Progress: progress, Study: s.study,
	})
	progress.Close()
	if s.model != nil {
		s.model.Report(s.env)
	}
	if s.vision != nil {
		s.vision.Report(s.env)
	}
	ctx := context.WithoutCancel(s.env.Context) // the end is written even when it is an interruption
	if err != nil {
		s.env.Logf("resume with: %s", s.job.ResumeCommand())
		return errors.Join(err, s.store.SetStatus(ctx, evolveID, store.Failed, err.Error()))
	}
	status := store.Finished
	if result.Stopped == job.Interrupted {
		status = store.Interrupted
	}
	if err := s.store.SetStatus(ctx, evolveID, status, result.Stopped.Sentence()); err != nil {
		return err
	}
	if err := s.leave(ctx, result); err != nil {
		return err
	}
	return s.tell(result, asJSON)
}

// proposer makes what writes the candidates.
func (s *evolveSession) proposer() evolve.Proposer {
	if s.model == nil {
		return evolve.Genetic(s.checker)
	}
	return evolve.Model(evolve.ModelParams{
		Provider: s.model, Checker: s.checker, Tactic: s.settings.Tactic, Scenario: s.scenario(),
		Repairs: s.settings.Repairs, MaxTokens: s.settings.Asking.AnswerTokens,
		Temperature: s.settings.Asking.Temperature, Concurrent: s.settings.Asking.LLMConcurrent,
	})
}

// scenario says in words what the matches are.
func (s *evolveSession) scenario() []string {
	seen := map[string]bool{}
	var lines []string
	for _, c := range s.settings.Training {
		line := fmt.Sprintf("Matches of %s with %d seats, at most %s long.", orElse(c.Mode, s.settings.Game), c.Seats, lengthOf(c, s.game))
		if !seen[line] {
			seen[line] = true
			lines = append(lines, line)
		}
	}
	return append(lines, fmt.Sprintf("There are %d maps to train on; the final matches are on maps that nobody has seen.", len(s.settings.Training)))
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// lengthOf says how long a match may last.
func lengthOf(c games.Config, game games.Game) string {
	if rate := game.Vocabulary().TicksPerSecond; rate > 0 {
		return fmt.Sprintf("%d seconds", c.Ticks/rate)
	}
	return fmt.Sprintf("%d turns", c.Ticks)
}

// studyMatches is how many of the champion's matches an author is told of.
const studyMatches = 8

// study plays the champion against the start on training maps and puts into
// words how it did and what its nodes did; with a critic, how it looked.
func (s *evolveSession) study(ctx context.Context, champion *evolve.Entry) (string, error) {
	sides := make([]match.Entrant, 2)
	var err error
	if sides[0], err = s.entrant("champion", champion.Source); err != nil {
		return "", err
	}
	if sides[1], err = s.entrant(evolve.StartName, s.settings.Start); err != nil {
		return "", err
	}
	account := feedback.NewAccount()
	looked := ""
	for i := range studyMatches {
		config := s.settings.Training[i%len(s.settings.Training)]
		outcome, err := match.Run(ctx, match.Params{
			Game: s.game, Config: config, Seed: games.Mix(s.settings.Seed, studyKey, uint64(i)), Sides: sides,
			Program: frame.Version, Profile: true, Events: true, Record: i == 0 && s.vision != nil,
		})
		if err != nil {
			return "", err
		}
		account.Add(&outcome, 0)
		if outcome.Replay != nil {
			ratings, err := s.criticise(ctx, champion, outcome.Replay)
			if err != nil {
				return "", err
			}
			looked = "\n" + ratings.Words()
		}
	}
	return account.Words() + looked, nil
}

// studyKey splits the seeds of study matches from all others.
const studyKey = 0x73747564

// entrant makes a policy under a name of its own. The text must be sound.
func (s *evolveSession) entrant(name, source string) (match.Entrant, error) {
	p, faults := s.checker.Parse(name, source)
	if p == nil {
		return match.Entrant{}, fmt.Errorf("the policy %s is faulty: %s", name, faults[0])
	}
	e := match.Tree(p)
	e.Record.Name = name
	return e, nil
}

// storeMemory keeps the chunks of a search in the run's store.
type storeMemory struct{ store *store.Store }

func (m storeMemory) Work(ctx context.Context, key string) ([]byte, bool, error) {
	result, err := m.store.WorkResult(ctx, evolveID, key)
	if errors.Is(err, store.ErrNotFound) {
		return nil, false, nil
	}
	return result, err == nil, err
}

func (m storeMemory) PutWork(ctx context.Context, key string, result []byte) error {
	// A chunk that was played is kept even when the run is being stopped.
	_, err := m.store.PutWork(context.WithoutCancel(ctx), evolveID, key, result)
	return err
}

// storeRecorder keeps the candidates of a search in the run's store.
type storeRecorder struct{ store *store.Store }

func (r storeRecorder) PutCandidate(ctx context.Context, e *evolve.Entry) error {
	return r.store.PutCandidate(context.WithoutCancel(ctx), store.Candidate{
		Run: evolveID, Generation: e.Generation, Slot: e.Slot, Prompt: e.Prompt, Tree: e.Source,
		Hash: e.Hash, Parents: e.Parents, Result: e.Result(), Accepted: e.Fate == evolve.Accepted,
	})
}
