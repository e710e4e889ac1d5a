package evolve

import (
	"fmt"
	"os"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/evolve"
	"dryad/evolve/session"
	"dryad/games"
)

// settings are all that determines a run; its folder keeps them.
type settings struct {
	Game     string `json:"game"`
	Asked    string `json:"asked,omitempty"` // the game as it was named: GAME or GAME/NAME
	Proposer string `json:"proposer"`
	// AuthorCost is how many tokens are as dear as judging a candidate, for several proposers.
	AuthorCost int              `json:"author_tokens,omitempty"`
	Tactic     string           `json:"tactic,omitempty"`
	Model      string           `json:"model,omitempty"`
	Vision     string           `json:"vision_model,omitempty"`
	Asking     frame.ModelFlags `json:"asking"`
	Repairs    int              `json:"repairs"`
	Critic     bool             `json:"critic"`
	Second     string           `json:"second_critic,omitempty"`
	Patches    bool             `json:"patches,omitempty"`
	Untold     []string         `json:"untold,omitempty"`
	told
	abilities
	// Flags are the flags of the command line that made the run, those of its
	// budget and of files apart.
	Flags []string `json:"flags,omitempty"`
	// Nets are the neural tasks whose networks the folder holds.
	Nets []string `json:"nets,omitempty"`
	// NetDeadline is that of the networks, in multiply-adds a tick; 0 for none.
	NetDeadline int `json:"net_deadline,omitempty"`
	session.Settings
}

// newSettings reads the flags of a new run and reports whatever would fail
// later.
func newSettings(env *frame.Env, c *runCommand) (settings, error) {
	row, named, err := catalog.Select(c.Game)
	if err != nil {
		return settings{}, err
	}
	if row.Start == "" && c.Start == "" {
		return settings{}, fmt.Errorf("evolve has no starting tree for %s: give one with --start", row.Name)
	}
	if err := c.ReadNets(env, row.Name); err != nil {
		return settings{}, err
	}
	s := settings{
		Game: row.Name, Asked: c.Game, Proposer: c.Proposer, AuthorCost: c.AuthorCost, Tactic: c.Tactic, Model: c.Model, Vision: c.Vision,
		Asking: c.ModelFlags, Repairs: c.Repairs, Critic: c.Critic, Second: c.Second, Patches: c.Patches, Untold: c.Untold, Flags: c.given(), Nets: frame.NetTasks(env), NetDeadline: c.NetDeadline,
		Settings: session.Settings{
			Seed: c.Seed, Search: c.Search, Opponents: c.Opponents, Aim: c.Aim, Without: c.Without, Start: row.Start, Candidates: c.Candidates, Keep: c.Keep, Islands: c.Islands, Better: c.Better, Pairs: c.HeldOut,
			Generations: c.Gens, MaxMatches: c.MaxMatches, MaxMinutes: c.MaxMinutes,
		},
	}
	if s.Repairs == 0 {
		s.Repairs = -1 // none; the library's zero means its default
	}
	if s.MaxMatches == 0 && s.MaxMinutes == 0 && s.Generations == 0 {
		s.MaxMatches = defaultMatches
	}
	if s.Islands == 0 {
		s.Islands = 1
		if s.Search == evolve.SearchGenetic && s.Proposer == byGenetic {
			s.Islands = defaultIslands
		}
	}
	if s.Vision == "" {
		s.Vision = s.Model
	}
	if c.Start != "" {
		text, err := os.ReadFile(c.Start)
		if err != nil {
			return s, fmt.Errorf("read the starting tree: %w", err)
		}
		s.Start = string(text)
	}
	if s.Library, err = trees(c.Library); err != nil {
		return s, err
	}
	if s.Sparring, err = trees(c.Against); err != nil {
		return s, err
	}
	shipped, err := row.Shipped()
	if err != nil {
		return s, err
	}
	for _, p := range shipped {
		s.Baselines = append(s.Baselines, evolve.Baseline(p))
	}
	if err := s.scenarios(c, row, named); err != nil {
		return s, err
	}
	if err := session.Check(row.Checker(env.Networks), &s.Settings); err != nil {
		return s, err
	}
	if s.Proposer, err = absolute(c.Proposer); err != nil {
		return s, err
	}
	if s.proposes() {
		if s.told, err = c.toldFlags.read(row.Name); err != nil {
			return s, err
		}
	}
	if s.proposes() && c.Asked(c.Model) {
		if s.abilities, err = c.find(env, &c.ModelFlags, c.Model); err != nil {
			return s, err
		}
		s.Asking.Dialect = s.Dialect
	}
	return s, nil
}

// trees reads policies of files.
func trees(paths []string) ([]evolve.Baseline, error) {
	var list []evolve.Baseline
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read a policy: %w", err)
		}
		list = append(list, evolve.Baseline{Name: path, Source: string(text)})
	}
	return list, nil
}

// scenarios crosses the maps with the modes of the command line, or the game's
// own.
func (s *settings) scenarios(c *runCommand, row *catalog.Row, named games.Config) (err error) {
	chosen, err := c.Chosen()
	if err != nil {
		return err
	}
	if chosen || named.Name != "" {
		return s.namedGames(c, row, named)
	}
	game, training, heldOut := row.Game(), row.Scenarios.Training, row.HeldOut()
	if len(c.Maps) > 0 {
		training = c.Maps
	}
	if len(c.Unseen) > 0 {
		heldOut = c.Unseen
	}
	configs := row.Scenarios.Configs
	if len(c.Modes) > 0 {
		configs = nil
		for _, mode := range c.Modes {
			config := games.Config{Mode: mode}
			for _, known := range row.Scenarios.Configs {
				if known.Mode == mode {
					config = known
				}
			}
			configs = append(configs, config)
		}
	}
	if s.Training, err = session.Scenarios(game, configs, training, c.Ticks); err != nil {
		return err
	}
	s.Curriculum = c.Curriculum == "bandit"
	if s.seeks() && len(c.Maps) == 0 {
		if s.Pool, err = session.Scenarios(game, configs, row.FurtherMaps(poolMaps), c.Ticks); err != nil {
			return err
		}
	}
	s.HeldOut, err = session.Scenarios(game, configs, heldOut, c.Ticks)
	return err
}

// How many maps or named games a search may look for hard ones among.
const (
	poolMaps  = 64
	poolGames = 200
)

// seeks reports whether the search looks for further games.
func (s *settings) seeks() bool { return s.Aim != "" && s.Aim != evolve.AimMean }

// extend takes over the budgets that a resuming command line names.
func (s *settings) extend(c *runCommand) {
	if c.MaxMatches > 0 {
		s.MaxMatches = c.MaxMatches
	}
	if c.MaxMinutes > 0 {
		s.MaxMinutes = c.MaxMinutes
	}
	if c.Gens > 0 {
		s.Generations = c.Gens
	}
	if c.MaxTokens > 0 {
		s.Asking.MaxTokens = c.MaxTokens
	}
	if c.MaxDollars > 0 {
		s.Asking.MaxDollars = c.MaxDollars
	}
}
