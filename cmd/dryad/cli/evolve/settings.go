package evolve

import (
	"fmt"
	"os"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/evolve"
	"dryad/games"
)

// evolveSettings is everything that determines a run of evolve; the run folder
// keeps it.
type evolveSettings struct {
	Game       string            `json:"game"`
	Seed       uint64            `json:"seed"`
	Proposer   string            `json:"proposer"`
	Tactic     string            `json:"tactic,omitempty"`
	Model      string            `json:"model,omitempty"`
	Vision     string            `json:"vision_model,omitempty"`
	Asking     frame.ModelFlags  `json:"asking"`
	Repairs    int               `json:"repairs"`
	Critic     bool              `json:"critic"`
	Start      string            `json:"start"`
	Baselines  []evolve.Baseline `json:"baselines"`
	Training   []games.Config    `json:"training"`
	HeldOut    []games.Config    `json:"held_out"`
	Candidates int               `json:"candidates"`
	Keep       int               `json:"keep"`
	Islands    int               `json:"islands,omitempty"` // none in runs from before there were any
	Better     float64           `json:"better"`
	Pairs      int               `json:"held_out_pairs"`
	Gens       int               `json:"generations"`
	MaxMatches int               `json:"max_matches"`
	MaxMinutes float64           `json:"max_minutes"`
}

func newEvolveSettings(c *Command) (evolveSettings, error) {
	game, err := seats.GameByName(c.Game)
	if err != nil {
		return evolveSettings{}, err
	}
	f, ok := seats.Fields[c.Game]
	if !ok {
		return evolveSettings{}, fmt.Errorf("evolve has no starting tree for %s: give one with --start", c.Game)
	}
	s := evolveSettings{
		Game: c.Game, Seed: c.Seed, Proposer: c.Proposer, Tactic: c.Tactic, Model: c.Model, Vision: c.Vision,
		Asking: c.ModelFlags, Repairs: c.Repairs, Critic: c.Critic, Start: f.Start,
		Candidates: c.Candidates, Keep: c.Keep, Islands: c.Islands, Better: c.Better, Pairs: c.HeldOut,
		Gens: c.Gens, MaxMatches: c.MaxMatches, MaxMinutes: c.MaxMinutes,
	}
	if s.Repairs == 0 {
		s.Repairs = -1 // none; the library's zero means its default
	}
	if s.MaxMatches == 0 && s.MaxMinutes == 0 && s.Gens == 0 {
		s.MaxMatches = defaultMatches
	}
	if s.Islands == 0 {
		s.Islands = 1
		if s.Proposer == "genetic" {
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
	if s.Baselines, err = seats.Baselines(c.Game); err != nil {
		return s, err
	}
	training, heldOut := f.Training, seats.HeldOutMaps(c.Game)
	if len(c.Maps) > 0 {
		training = c.Maps
	}
	if len(c.Unseen) > 0 {
		heldOut = c.Unseen
	}
	configs := f.Configs
	if len(c.Modes) > 0 {
		configs = nil
		for _, mode := range c.Modes {
			config := games.Config{Mode: mode}
			for _, known := range f.Configs {
				if known.Mode == mode {
					config = known
				}
			}
			configs = append(configs, config)
		}
	}
	if s.Training, err = scenarios(game, configs, training, c.Ticks); err != nil {
		return s, err
	}
	s.HeldOut, err = scenarios(game, configs, heldOut, c.Ticks)
	return s, err
}

// scenarios crosses maps with modes: every map in turn, the modes changing
// fastest.
func scenarios(game games.Game, configs []games.Config, maps []string, ticks int) ([]games.Config, error) {
	var all []games.Config
	for _, m := range maps {
		for _, c := range configs {
			c.Map, c.Ticks = m, ticks
			complete, err := game.Complete(c)
			if err != nil {
				return nil, err
			}
			all = append(all, complete)
		}
	}
	return all, nil
}

// extend takes over the budgets that a resuming command line names.
func (s *evolveSettings) extend(c *Command) {
	if c.MaxMatches > 0 {
		s.MaxMatches = c.MaxMatches
	}
	if c.MaxMinutes > 0 {
		s.MaxMinutes = c.MaxMinutes
	}
	if c.Gens > 0 {
		s.Gens = c.Gens
	}
	if c.MaxTokens > 0 {
		s.Asking.MaxTokens = c.MaxTokens
	}
	if c.MaxDollars > 0 {
		s.Asking.MaxDollars = c.MaxDollars
	}
}
