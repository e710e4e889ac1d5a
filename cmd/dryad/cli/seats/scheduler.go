package seats

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"sort"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/match"
	"dryad/policy"
	"dryad/replay"
	"dryad/train/scheduler"
)

// Scheduler is a library of trees of which one runs at a time, in a form that can be
// kept and sent.
type Scheduler struct {
	// By is how the tree is chosen: exp3 or uniform.
	By string `json:"by"`
	// Every is the number of ticks between two choices.
	Every   int      `json:"every"`
	Library []Option `json:"library"`
}

// Option is a tree of a library.
type Option struct {
	Name   string `json:"name"`
	Hash   string `json:"hash"`
	Source string `json:"source"`
}

// The settings of a scheduler that is given no others.
const (
	schedulerEvery       = 70 // two seconds
	schedulerExploration = 0.2
)

// SchedulerName divides the name of a scheduler, "exp3:FOLDER" or "uniform:FOLDER";
// false for other names.
func SchedulerName(name string) (by, folder string, is bool) {
	by, folder, is = strings.Cut(name, ":")
	return by, folder, is && (by == "exp3" || by == "uniform")
}

// ReadScheduler reads the library of a scheduler; every 0 stands for 70 ticks.
func ReadScheduler(env *frame.Env, game games.Game, by, folder string, every int) (*Scheduler, error) {
	if err := scheduler.Plays(game); err != nil {
		return nil, fmt.Errorf("schedulers play the arena: %w", err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.dryad"))
	if err != nil {
		return nil, fmt.Errorf("the folder %s: %w", folder, err)
	}
	if len(files) < 2 {
		return nil, fmt.Errorf("the folder %s holds %d policies; a scheduler chooses among two at least", folder, len(files))
	}
	sort.Strings(files)
	if every == 0 {
		every = schedulerEvery
	}
	s := &Scheduler{By: by, Every: every}
	for _, path := range files {
		p, err := PlayablePolicy(env, path, game)
		if err != nil {
			return nil, err
		}
		if p.Script != "" {
			return nil, fmt.Errorf("%s calls Lua: a library holds trees alone", path)
		}
		s.Library = append(s.Library, Option{Name: p.Name, Hash: p.Hash, Source: p.Canonical})
	}
	return s, nil
}

// Hash identifies the scheduler by what it is made of.
func (s *Scheduler) Hash() string {
	parts := []string{"scheduler", s.By, fmt.Sprint(s.Every)}
	for _, o := range s.Library {
		parts = append(parts, o.Hash)
	}
	return HashOf(parts...)
}

// Entrant makes what plays, and is sent to workers as it is.
func (s *Scheduler) Entrant(name string, game games.Game, checker *policy.Checker) (match.Entrant, error) {
	if err := scheduler.Plays(game); err != nil {
		return match.Entrant{}, err
	}
	if len(s.Library) < 2 || s.Every < 1 {
		return match.Entrant{}, errors.New("a scheduler needs two trees, and a tick between two choices")
	}
	var library []*policy.Policy
	for _, o := range s.Library {
		p, faults := checker.Parse(o.Name, o.Source)
		switch {
		case p == nil:
			return match.Entrant{}, fmt.Errorf("the tree %s is faulty: %w", o.Name, faults.Err())
		case p.Hash != o.Hash:
			return match.Entrant{}, fmt.Errorf("the networks of the tree %s are others here", o.Name)
		}
		library = append(library, p)
	}
	var e match.Entrant
	switch s.By {
	case "exp3":
		e = scheduler.EXP3(name, library, s.Every, schedulerExploration)
	case "uniform":
		e = scheduler.Uniform(name, library, s.Every)
	default:
		return match.Entrant{}, fmt.Errorf("a scheduler chooses by exp3 or uniform, not by %q", s.By)
	}
	e.Record = replay.Policy{Name: name, Hash: s.Hash()}
	var err error
	e.Carried, err = json.Marshal(s)
	return e, err
}

// carried is match.Referee's Carried: it makes an entrant of what another process
// has sent.
func carried(env *frame.Env) func(games.Game, replay.Policy, []byte) (match.Entrant, error) {
	return func(game games.Game, record replay.Policy, sent []byte) (match.Entrant, error) {
		if len(sent) == 0 || sent[0] != '{' {
			return carriedStrategy(game, record, sent)
		}
		var s Scheduler
		if err := json.Unmarshal(sent, &s); err != nil {
			return match.Entrant{}, fmt.Errorf("read a scheduler: %w", err)
		}
		if s.Hash() != record.Hash {
			return match.Entrant{}, errors.New("the scheduler is another one than was announced")
		}
		return s.Entrant(record.Name, game, CheckerOf(env, game))
	}
}
