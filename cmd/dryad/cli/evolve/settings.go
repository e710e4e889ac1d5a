package evolve

import (
	"fmt"
	"os"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/evolve/session"
	"dryad/games"
)

// settings are all that determines a run; its folder keeps them.
type settings struct {
	Game     string           `json:"game"`
	Proposer string           `json:"proposer"`
	Tactic   string           `json:"tactic,omitempty"`
	Model    string           `json:"model,omitempty"`
	Vision   string           `json:"vision_model,omitempty"`
	Asking   frame.ModelFlags `json:"asking"`
	Repairs  int              `json:"repairs"`
	Critic   bool             `json:"critic"`
	// Flags are the flags of the command line that made the run, those of its
	// budget and of files apart.
	Flags []string `json:"flags,omitempty"`
	session.Settings
}

// newSettings reads the flags of a new run and reports whatever would fail
// later.
func newSettings(c *Command) (settings, error) {
	game, err := seats.GameByName(c.Game)
	if err != nil {
		return settings{}, err
	}
	f, ok := seats.Fields[c.Game]
	if !ok && c.Start == "" {
		return settings{}, fmt.Errorf("evolve has no starting tree for %s: give one with --start", c.Game)
	}
	s := settings{
		Game: c.Game, Proposer: c.Proposer, Tactic: c.Tactic, Model: c.Model, Vision: c.Vision,
		Asking: c.ModelFlags, Repairs: c.Repairs, Critic: c.Critic, Flags: c.given(),
		Settings: session.Settings{
			Seed: c.Seed, Start: f.Start, Candidates: c.Candidates, Keep: c.Keep, Islands: c.Islands, Better: c.Better, Pairs: c.HeldOut,
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
	if err := s.scenarios(c, game, f); err != nil {
		return s, err
	}
	return s, session.Check(seats.CheckerOf(game), &s.Settings)
}

// scenarios crosses the maps with the modes of the command line, or the game's
// own.
func (s *settings) scenarios(c *Command, game games.Game, f seats.Field) (err error) {
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
	if s.Training, err = session.Scenarios(game, configs, training, c.Ticks); err != nil {
		return err
	}
	s.HeldOut, err = session.Scenarios(game, configs, heldOut, c.Ticks)
	return err
}

// extend takes over the budgets that a resuming command line names.
func (s *settings) extend(c *Command) {
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
