package cli

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"dryad/evolve"
	"dryad/examples"
	"dryad/games"
	"dryad/games/fps/maps"
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
	Asking     modelFlags        `json:"asking"`
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

// field is where and with what a game is searched by default.
type field struct {
	start    string
	training []string
	heldOut  []string
	configs  []games.Config // one for each mode, without a map
}

// fields names the games that can be searched. The starting trees hold no piece
// of a baseline deeper than one node.
var fields = map[string]field{
	"arena": {
		start:    "policy start for arena\n\ntree main:\n  task: explore\n",
		training: generated(1, 8),
		heldOut:  generated(1001, 8),
		configs:  []games.Config{{Mode: "deathmatch", Seats: 2}, {Mode: "team_deathmatch", Seats: 4}},
	},
	"tag": {
		start:    "policy start for tag\n\ntree main:\n  task: stay\n",
		training: generated(1, 8),
		heldOut:  generated(1001, 8),
		configs:  []games.Config{{Seats: 2}},
	},
	"werewolf": {
		start:    "policy start for werewolf\n\ntree main:\n  task: vote random_player\n",
		training: deals(1, 8),
		heldOut:  deals(1001, 8),
		configs:  []games.Config{{Mode: "classic"}},
	},
}

// unseenWAD are maps of FreeDM that join the held-out ones where the WAD is
// installed.
var unseenWAD = []string{"freedm.wad:MAP01", "freedm.wad:MAP07", "freedm.wad:MAP13", "freedm.wad:MAP21"}

// heldOutMaps names the maps of a game on which policies are compared and that
// no search trains on; nil if the game has no maps.
func heldOutMaps(game string) []string {
	heldOut := slices.Clone(fields[game].heldOut)
	if game == "arena" {
		for _, name := range unseenWAD {
			if _, err := maps.Load(name); err == nil {
				heldOut = append(heldOut, name)
			}
		}
	}
	return heldOut
}

// generated names n generated maps from a seed on.
func generated(first, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("generated:%d", first+i)
	}
	return names
}

// deals names n books of deals from a number on.
func deals(first, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("deals:%d", first+i)
	}
	return names
}

func newEvolveSettings(c *evolveCommand) (evolveSettings, error) {
	game, err := gameByName(c.Game)
	if err != nil {
		return evolveSettings{}, err
	}
	f, ok := fields[c.Game]
	if !ok {
		return evolveSettings{}, fmt.Errorf("evolve has no starting tree for %s: give one with --start", c.Game)
	}
	s := evolveSettings{
		Game: c.Game, Seed: c.Seed, Proposer: c.Proposer, Tactic: c.Tactic, Model: c.Model, Vision: c.Vision,
		Asking: c.modelFlags, Repairs: c.Repairs, Critic: c.Critic, Start: f.start,
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
	if s.Baselines, err = baselines(c.Game); err != nil {
		return s, err
	}
	training, heldOut := f.training, heldOutMaps(c.Game)
	if len(c.Maps) > 0 {
		training = c.Maps
	}
	if len(c.Unseen) > 0 {
		heldOut = c.Unseen
	}
	configs := f.configs
	if len(c.Modes) > 0 {
		configs = nil
		for _, mode := range c.Modes {
			config := games.Config{Mode: mode}
			for _, known := range f.configs {
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

// baselines returns the policies for a game that dryad ships.
func baselines(game string) ([]evolve.Baseline, error) {
	files, err := examples.Policies(game)
	if err != nil {
		return nil, err
	}
	var list []evolve.Baseline
	for _, f := range files {
		list = append(list, evolve.Baseline{Name: strings.TrimSuffix(path.Base(f.Name), ".dryad"), Source: f.Text})
	}
	return list, nil
}

// extend takes over the budgets that a resuming command line names.
func (s *evolveSettings) extend(c *evolveCommand) {
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
