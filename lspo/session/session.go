package session

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"

	"dryad/job"
	"dryad/llm/embed"
	"dryad/lspo"
	"dryad/lspo/evaluate"
	"dryad/lspo/latent"
	"dryad/lspo/negotiation"
	"dryad/lspo/rpsls"
	"dryad/lspo/werewolf"
	"dryad/store"
)

// runID is the run's name in its own store.
const runID = "lspo"

// The files that a run leaves in its folder.
const (
	// ResultFile has the figures of every iteration.
	ResultFile = "lspo.json"
	// EvaluationFile has the last evaluation.
	EvaluationFile = "eval.json"
	// ReportFile is a page about the run.
	ReportFile = "report.html"
)

// Params say which run is opened.
type Params struct {
	// Folder holds the run. It must exist.
	Folder   string
	Settings Settings
	// Language speaks in the place of the embedded speaker, unless nil.
	Language werewolf.Language
	// EmbeddingKey is the key for Settings.EmbeddingURL.
	EmbeddingKey string
	// Workers is the number of goroutines; one for each processor by default.
	Workers int
	// Acts, unless nil, are compared with the clusters in the report.
	Acts evaluate.Acts
	// Version is dryad's, for the report.
	Version string
}

// Session is a run at work. The caller closes it.
type Session struct {
	params Params
	store  *store.Store
	game   domain
	wolves *werewolf.Game // nil unless it is werewolf
}

// Open opens a run, and begins it where there is none.
func Open(ctx context.Context, p Params) (*Session, error) {
	p.Settings.complete()
	if err := p.Settings.Check(); err != nil {
		return nil, err
	}
	s := &Session{params: p}
	var err error
	if s.store, err = store.Open(job.Database(p.Folder)); err != nil {
		return nil, err
	}
	if err := s.open(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Session) open(ctx context.Context) error {
	settings := &s.params.Settings
	_, err := s.store.Run(ctx, runID)
	if errors.Is(err, store.ErrNotFound) {
		err = s.store.CreateRun(ctx, store.Run{ID: runID, Kind: "lspo", Seed: settings.Seed})
	}
	if err != nil {
		return err
	}
	embedder, err := s.embedder()
	if err != nil {
		return err
	}
	if settings.Game == RPSLS {
		s.game = rpslsDomain{&rpsls.Game{Embedder: embedder}}
		return nil
	}
	if settings.Game == Negotiation {
		s.game = negotiationDomain{&negotiation.Game{Embedder: embedder, Games: settings.Games, Steps: settings.CFR}, settings.Seed}
		return nil
	}
	p, err := settings.Werewolf()
	if err != nil {
		return err
	}
	// Sentences come again and again: they are kept in memory before the store.
	p.Embedder = embed.NewCached(embedder, embed.NewMemory(), settings.Embedder)
	if p.Workers = s.params.Workers; p.Workers == 0 {
		p.Workers = runtime.GOMAXPROCS(0)
	}
	if s.params.Language != nil {
		p.Language, p.MaxSampleAttempts = s.params.Language, 1 // a model is asked once
	}
	if s.wolves, err = werewolf.New(p); err != nil {
		return err
	}
	s.game = &werewolfDomain{game: s.wolves, session: s}
	return nil
}

// Close closes the run's store.
func (s *Session) Close() error { return s.store.Close() }

// Settings returns the settings of the run with their defaults.
func (s *Session) Settings() Settings { return s.params.Settings }

// Folder returns the folder of the run.
func (s *Session) Folder() string { return s.params.Folder }

func (s *Session) path(name string) string { return filepath.Join(s.params.Folder, name) }

// Memory returns what the run has kept. Evaluations are kept in it, too.
func (s *Session) Memory() lspo.Memory { return memory{store: s.store} }

// Werewolf returns the game of a run of Werewolf, nil for every other.
func (s *Session) Werewolf() *werewolf.Game { return s.wolves }

// ErrNothing says that a run has no complete iteration.
var ErrNothing = errors.New("the run has no complete iteration yet: go on with dryad lspo run --resume")

// Iterations returns the complete iterations of a run of Werewolf. It is
// ErrNothing if there are none.
func (s *Session) Iterations(ctx context.Context) ([]werewolf.Iteration, error) {
	if s.wolves == nil {
		return nil, fmt.Errorf("%s is a run of %s, not of werewolf", s.params.Folder, s.params.Settings.Game)
	}
	all, err := lspo.Recall(ctx, s.wolves, s.Memory())
	if err == nil && len(all) == 0 {
		err = ErrNothing
	}
	return all, err
}

// Groups returns the latent strategies of each iteration, by role.
func (s *Session) Groups(ctx context.Context) ([][]*latent.Group, error) {
	return s.game.groups(ctx, s.Memory())
}

// Begun reports whether the run has kept anything yet.
func (s *Session) Begun(ctx context.Context) (bool, error) { return lspo.Begun(ctx, s.Memory()) }
