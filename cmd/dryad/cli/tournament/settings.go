package tournament

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"encoding/json"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/tournament"
	"dryad/tournament/season"
)

// seasonExt ends the name of a season's file.
const seasonExt = ".toml"

// defaultMatches are played where nobody says how many.
const defaultMatches = 200

// wanted is what a tournament is to be, from flags or from a season.
type wanted struct {
	game     string
	games    string // a filter of the catalogue
	sample   int    // of the games; 0 for all
	maps     []string
	config   games.Config
	seed     uint64
	matches  int
	schedule tournament.Schedule
	replays  bool
	// entrants reads who plays.
	entrants func(env *frame.Env, game games.Game) ([]tournamentPolicy, error)
}

// settings reads the flags or the season.
func (c *runCommand) settings(env *frame.Env, s *tournamentSettings) error {
	want, err := c.wanted(env)
	if err != nil {
		return err
	}
	row, named, err := catalog.Select(want.game)
	if err != nil {
		return err
	}
	if want.schedule.Kind != tournament.Swiss && want.schedule.Kind != tournament.Knockout && want.matches == 0 {
		want.matches = defaultMatches
	}
	if s.Scenarios, err = want.scenarios(row, named); err != nil {
		return err
	}
	if err := c.ReadNets(env, row.Name); err != nil {
		return err
	}
	game := row.Game()
	if s.Policies, err = want.entrants(env, game); err != nil {
		return err
	}
	if c.test != nil && len(s.Policies) != 2 {
		return fmt.Errorf("a sequential test compares two policies, %d are given", len(s.Policies))
	}
	s.Test = c.test
	s.Game, s.Seed, s.Matches, s.Schedule, s.Replays = row.Name, want.seed, want.matches, want.schedule, want.replays
	s.Nets, s.NetDeadline = frame.NetTasks(env), c.NetDeadline
	s.Maps = want.maps
	if len(s.Maps) == 0 && len(s.Scenarios) == 0 {
		s.Maps = row.HeldOut()
	}
	first := want.config
	if len(s.Maps) > 0 {
		first.Map = s.Maps[0]
	}
	s.Config, err = game.Complete(first)
	return err
}

// wanted is what the command line says, or the season that it names.
func (c *runCommand) wanted(env *frame.Env) (*wanted, error) {
	if len(c.Files) > 0 && filepath.Ext(c.Files[0]) == seasonExt {
		return c.season(env, c.Files[0])
	}
	if c.Matches < 0 {
		return nil, fmt.Errorf("--matches %d: it must be 1 at least", c.Matches)
	}
	if _, err := c.Chosen(); err != nil {
		return nil, err
	}
	return &wanted{game: c.Game, games: c.Games, sample: sampled(c.Sample), maps: c.Map,
		config: games.Config{Mode: c.Mode, Seats: c.Seats, Ticks: c.Ticks}, seed: c.Seed, matches: c.Matches, replays: c.Replays,
		schedule: tournament.Schedule{Kind: tournament.Kind(c.Schedule), Sides: c.Sides, Groups: c.Groups, Rounds: c.Rounds, Heads: c.Heads},
		entrants: c.policies}, nil
}

// sampled is how many named games flags choose; 100 where they do not say.
func sampled(sample int) int {
	if sample == 0 {
		return 100
	}
	return sample
}

// season reads a season's file. Its paths are relative to its folder.
func (c *runCommand) season(env *frame.Env, path string) (*wanted, error) {
	if len(c.Files) > 1 || len(c.Policies) > 0 {
		return nil, fmt.Errorf("%s names who plays: leave out further policies", path)
	}
	var given []string
	for _, flag := range env.Settings {
		if flag != "--run" && flag != "--net" && flag != "--net-deadline" {
			given = append(given, flag)
		}
	}
	if len(given) > 0 {
		return nil, fmt.Errorf("%s says what is played: leave out %s, or change the file", path, strings.Join(given, ", "))
	}
	info, err := os.Stat(path)
	if err == nil && info.Size() > season.MaxSize {
		return nil, fmt.Errorf("%s has more than %d bytes: it is no season", path, season.MaxSize)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the season: %w", err)
	}
	s, err := season.Read(path, text)
	if err != nil {
		var faults season.Faults
		if errors.As(err, &faults) {
			for _, fault := range faults {
				env.Logf("%s", fault)
			}
			return nil, fmt.Errorf("%s cannot be played: correct the faults above", path)
		}
		return nil, err
	}
	want := &wanted{game: s.Game, games: s.Games, sample: s.Sample, maps: s.Maps, seed: 1, matches: s.Matches, replays: s.Replays,
		config:   games.Config{Mode: s.Mode, Seats: s.Seats, Ticks: s.Ticks},
		schedule: tournament.Schedule{Kind: tournament.Kind(s.Schedule), Sides: s.Sides, Groups: s.Groups, Rounds: s.Rounds, Heads: s.Heads},
		entrants: func(env *frame.Env, game games.Game) ([]tournamentPolicy, error) {
			return seasonEntrants(env, game, path, s.Entrants)
		}}
	if s.Seed != nil {
		want.seed = *s.Seed
	}
	if want.game == "" {
		want.game = "arena"
	}
	if len(s.Rules) > 0 {
		if want.config.Rules, err = json.Marshal(s.Rules); err != nil {
			return nil, fmt.Errorf("%s: rules: %w", path, err)
		}
	}
	return want, nil
}

// scenarios returns the named games that are chosen; none where maps are named.
func (w *wanted) scenarios(row *catalog.Row, named games.Config) ([]games.Config, error) {
	if w.games == "" && named.Name == "" {
		return nil, nil
	}
	if len(w.maps) > 0 || w.config.Mode != "" || w.config.Seats != 0 || w.config.Rules != nil {
		return nil, errors.New("a named game has its own map, mode and seats: leave out --map, --mode and --seats")
	}
	definitions := []catalog.Definition{{Config: named}}
	if w.games != "" {
		if named.Name != "" {
			return nil, errors.New("--games chooses among all games: name the game without a definition")
		}
		filter, err := catalog.ParseFilter(w.games)
		if err != nil {
			return nil, fmt.Errorf("--games: %w", err)
		}
		if definitions, err = row.Choose(filter); err != nil {
			return nil, fmt.Errorf("--games: %w", err)
		}
		// No more than are played on: they are drawn from all.
		sample := w.sample
		if w.matches > 0 {
			groups := (w.matches + max(2, w.schedule.Sides) - 1) / max(2, w.schedule.Sides)
			if sample == 0 || sample > groups {
				sample = groups
			}
		}
		definitions = catalog.Sample(definitions, sample, w.seed)
	}
	var configs []games.Config
	for _, d := range definitions {
		if w.schedule.Sides > 2 && slices.Contains(row.Cooperative, d.Config.Mode) {
			continue // each pair is one policy against another
		}
		d.Config.Ticks = w.config.Ticks
		configs = append(configs, d.Config)
	}
	if len(configs) == 0 {
		return nil, errors.New("in these games all seats are on one side, and two policies are compared by what each achieves alone: leave out --sides")
	}
	return configs, nil
}
