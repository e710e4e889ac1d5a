package evaluate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/job"
	"dryad/match"
	"dryad/policy"
	"dryad/tournament/evaluate"
)

// settings are all that determines the result; the run's folder keeps them.
type settings struct {
	Game    string               `json:"game"`
	Games   []catalog.Definition `json:"games"`
	Policy  entrant              `json:"policy"`
	Against []entrant            `json:"against"`
	Seed    uint64               `json:"seed"`
	Ticks   int                  `json:"ticks,omitempty"`
	// Behaves asks for how the policy plays.
	Behaves bool `json:"behaviour,omitempty"`
	// Nets are the neural tasks whose networks the folder holds.
	Nets []string `json:"nets,omitempty"`
	// NetDeadline is that of the networks, in multiply-adds a tick; 0 for none.
	NetDeadline int `json:"net_deadline,omitempty"`
}

// entrant is a policy as the folder keeps it.
type entrant struct {
	Name   string `json:"name"`
	Hash   string `json:"hash"`
	Source string `json:"source"`
	Script string `json:"script,omitempty"`
}

func (s *settings) opponents() string {
	var names []string
	for _, a := range s.Against {
		names = append(names, a.Name)
	}
	return strings.Join(names, ", ")
}

// open makes the run's folder, or takes up the one to be resumed. What would fail
// later is said before a folder is made.
func (c *Command) open(env *frame.Env) (*job.Run, *settings, *evaluate.Params, error) {
	s := &settings{}
	if c.Resume != "" {
		if c.Policy != "" {
			return nil, nil, nil, errors.New("--resume takes the policy from the run: leave it out")
		}
		run, err := job.Resume(c.Resume, kind, frame.Version, s)
		if err != nil {
			return nil, nil, nil, err
		}
		if err = frame.KeptNets(env, run, s.Game, s.Nets, s.NetDeadline); err == nil {
			var p *evaluate.Params
			if p, err = s.params(env); err == nil {
				return run, s, p, nil
			}
		}
		run.Close()
		return nil, nil, nil, err
	}
	if c.Policy == "" {
		return nil, nil, nil, errors.New("name the policy to measure: dryad evaluate mine.dryad")
	}
	if err := c.settings(env, s); err != nil {
		return nil, nil, nil, err
	}
	p, err := s.params(env)
	if err != nil {
		return nil, nil, nil, err
	}
	run, err := job.Create(job.Params{Kind: kind, Dir: c.Folder, Version: frame.Version, Settings: s})
	if err != nil {
		return nil, nil, nil, err
	}
	if err := frame.KeepNets(env, run); err != nil {
		run.Close()
		return nil, nil, nil, err
	}
	return run, s, p, nil
}

// settings reads the flags of a new run.
func (c *Command) settings(env *frame.Env, s *settings) error {
	row, config, err := catalog.Select(c.Game)
	if err != nil {
		return err
	}
	if err := c.ReadNets(env, row.Name); err != nil {
		return err
	}
	s.Game, s.Seed, s.Ticks, s.Behaves, s.Nets, s.NetDeadline = row.Name, c.Seed, c.Ticks, c.Behaves, frame.NetTasks(env), c.NetDeadline
	if s.Games, err = c.games(row, config.Name); err != nil {
		return err
	}
	if s.Policy, err = read(env, row, c.Policy); err != nil {
		return err
	}
	against := c.Against
	if c.Alone && len(against) > 0 {
		return errors.New("--alone is without opponents: leave out --against")
	}
	if len(against) == 0 && !c.Alone {
		shipped, err := row.Shipped()
		if err != nil {
			return err
		}
		for _, p := range shipped {
			if p.Name != s.Policy.Name {
				against = append(against, p.Name)
			}
		}
	}
	for _, name := range against {
		a, err := read(env, row, name)
		if err != nil {
			return err
		}
		s.Against = append(s.Against, a)
	}
	if len(s.Against) == 0 && !c.Alone {
		return errors.New("there is nobody to play against: name opponents with --against, or measure the policy --alone")
	}
	return nil
}

// games returns what is played: one definition, those that the filter chooses, or
// held-out ones.
func (c *Command) games(row *catalog.Row, name string) ([]catalog.Definition, error) {
	chosen, err := c.Chosen()
	switch {
	case err != nil && (row.Definitions == nil || name != "" || c.Sample < 0):
		return nil, err
	case name != "" && chosen:
		return nil, errors.New("--games chooses among all games: name the game without a definition")
	case name != "":
		d, err := row.Define(name)
		return []catalog.Definition{d}, err
	case row.Definitions == nil && chosen:
		return nil, fmt.Errorf("--games: %s has no named definitions to choose from", row.Name)
	case row.Definitions == nil:
		return evaluate.Scenarios(row)
	}
	filter, err := c.Filter()
	if err != nil {
		return nil, err
	}
	if !chosen {
		filter = filter.With("split", "held-out")
	}
	all, err := row.Choose(filter)
	if err != nil {
		return nil, fmt.Errorf("--games: %w", err)
	}
	n := c.Sample
	if n == 0 {
		n = defaultSample
	}
	return catalog.Sample(all, n, c.Seed), nil
}

// read reads a policy: a file, or a shipped one by its name.
func read(env *frame.Env, row *catalog.Row, name string) (entrant, error) {
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		shipped, err := row.Shipped()
		if err != nil {
			return entrant{}, err
		}
		for _, p := range shipped {
			if p.Name != name {
				continue
			}
			tree, faults := seats.CheckerOf(env, row.Game()).Parse(p.Name, p.Source)
			if tree == nil {
				return entrant{}, fmt.Errorf("the shipped policy %s: %w", name, faults.Err())
			}
			return entrantOf(tree), nil
		}
	}
	tree, err := seats.PlayablePolicy(env, name, row.Game())
	if err != nil {
		return entrant{}, err
	}
	return entrantOf(tree), nil
}

func entrantOf(p *policy.Policy) entrant {
	return entrant{Name: p.Name, Hash: p.Hash, Source: p.Canonical, Script: p.Script}
}

// params turns settings into what is played, and reports the first game that
// cannot be.
func (s *settings) params(env *frame.Env) (*evaluate.Params, error) {
	row, err := catalog.Find(s.Game)
	if err != nil {
		return nil, err
	}
	p := &evaluate.Params{Row: row, Games: s.Games, Seed: s.Seed, Ticks: s.Ticks, Behaviour: s.Behaves}
	for _, d := range s.Games {
		if _, err := row.Game().Complete(d.Config); err != nil {
			return nil, fmt.Errorf("%s: %w", d.Name, err)
		}
	}
	checker := seats.CheckerOf(env, row.Game())
	seat := func(e entrant) (match.Entrant, error) {
		with := checker
		if e.Script != "" {
			with = checker.WithScript([]byte(e.Script))
		}
		tree, faults := with.Parse(e.Name, e.Source)
		switch {
		case tree == nil:
			return match.Entrant{}, fmt.Errorf("the policy %s is faulty: %w", e.Name, faults.Err())
		case tree.Hash != e.Hash:
			return match.Entrant{}, fmt.Errorf("the networks of the policy %s have changed: begin a new run", e.Name)
		}
		return match.Tree(tree), nil
	}
	if p.Policy, err = seat(s.Policy); err != nil {
		return nil, err
	}
	for _, a := range s.Against {
		other, err := seat(a)
		if err != nil {
			return nil, err
		}
		p.Against = append(p.Against, other)
	}
	return p, p.Check()
}
