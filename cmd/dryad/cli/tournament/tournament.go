package tournament

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/games"
	"dryad/games/classic"
	"dryad/job"
	"dryad/match"
	"dryad/replay"
	"dryad/store"
	"dryad/tournament"
)

type Command struct {
	Run  runCommand  `cmd:"" help:"Play every policy against every other one, and rate them."`
	SPRT sprtCommand `cmd:"" name:"sprt" help:"Test whether one policy is better than another, with as few matches as it takes."`
	Show showCommand `cmd:"" help:"Show the table of a run."`
}

type runCommand struct {
	Files    []string `arg:"" optional:"" help:"Further policies, for a shell that has expanded a pattern."`
	Game     string   `help:"Name of the game, or GAME/NAME for a definition of its catalogue." default:"arena" placeholder:"GAME"`
	Policies []string `help:"Files, or patterns of them; repeat for more." placeholder:"GLOB" sep:"none"`
	Matches  int      `help:"Matches in all, in pairs of one seed with the sides swapped." default:"200" placeholder:"N"`
	Map      []string `help:"Map to play on; repeat for more. By default the game's held-out maps, which no search has seen." placeholder:"MAP" sep:"none"`
	Mode     string   `help:"Rule set of the matches; the game's first one by default." placeholder:"MODE"`
	Seats    int      `help:"Seats of a match; one policy plays the even teams, the other the odd ones." placeholder:"N"`
	Replays  bool     `help:"Keep the replay of each match in the run's folder."`
	ratingFlag
	seats.GamesFlag
	frame.NetFlag
	frame.WADFlag
	frame.TicksFlag
	frame.SeedFlag
	seats.QueueFlags
	frame.BudgetFlags
	frame.RunFlags
	frame.JSONFlag

	test *tournament.Test // of dryad tournament sprt
}

// ratingFlag asks for a rating beside Elo. It changes no match, so that a run is
// shown and gone on with under any.
type ratingFlag struct {
	Rating string `resumed:"yes" help:"Rating beside Elo: davidson, with the rate of draws; glicko2; openskill; nash or alpharank, for cycles." default:"elo" enum:"elo,davidson,glicko2,openskill,nash,alpharank"`
}

// tournamentKind is the kind of run in run.json and in the store.
const tournamentKind = "tournament"

// tournamentSettings is everything that determines the table.
type tournamentSettings struct {
	Game     string             `json:"game"`
	Config   games.Config       `json:"config"`
	Maps     []string           `json:"maps"`
	Seed     uint64             `json:"seed"`
	Matches  int                `json:"matches"`
	Replays  bool               `json:"replays"`
	Policies []tournamentPolicy `json:"policies"`
	// Nets are the neural tasks whose networks the folder holds.
	Nets []string `json:"nets,omitempty"`
	// Scenarios are named games, in place of Config and Maps.
	Scenarios []games.Config `json:"scenarios,omitempty"`
	// Test is the sequential test of dryad tournament sprt.
	Test *tournament.Test `json:"test,omitempty"`
}

type tournamentPolicy struct {
	Name   string `json:"name"`
	Hash   string `json:"hash"`
	Source string `json:"source"`
	Script string `json:"script,omitempty"`
	Agent  string `json:"agent,omitempty"`
}

func (c *runCommand) Run(env *frame.Env) error {
	if err := c.FindWADs(); err != nil {
		return err
	}
	run, settings, err := c.openRun(env)
	if err != nil {
		return err
	}
	defer run.Close()
	params, err := settings.params(env)
	if err != nil {
		return err
	}
	db, err := store.Open(run.Database())
	if err != nil {
		return err
	}
	defer db.Close()
	params.Rating = tournament.System(c.Rating)
	params.Store, params.Workers, params.Budget = db, c.Workers, job.NewBudget(c.MaxMatches, c.MaxMinutes)
	params.Progress = job.NewProgress(job.ProgressParams{Out: env.Stderr, Terminal: env.Terminal, Unit: "matches"})
	if settings.Replays {
		params.Keep = func(f tournament.Fixture, r *replay.Replay) (string, error) {
			name := "replays/" + f.Key() + ".replay"
			file, err := replay.Encode(r)
			if err != nil {
				return "", err
			}
			return name, run.Write(name, file)
		}
	}
	q, done, err := c.QueueFlags.Open(env)
	if err != nil {
		return err
	}
	defer done()
	params.Queue = q
	env.Logf("run %s: %d policies on %d maps", run.Dir(), len(params.Competitors), max(len(params.Maps), len(params.Scenarios)))
	result, err := tournament.Run(env.Context, params)
	if err != nil {
		env.Logf("go on with: %s", run.ResumeCommand())
		return err
	}
	return c.finish(env, run, params, result)
}

// openRun makes the run's folder, or takes up the one to be resumed.
func (c *runCommand) openRun(env *frame.Env) (*job.Run, *tournamentSettings, error) {
	settings := &tournamentSettings{}
	if c.Resume != "" {
		if c.Folder != "" {
			return nil, nil, errors.New("--run begins a new run and --resume goes on with one: give one of the two")
		}
		run, err := job.Resume(c.Resume, tournamentKind, frame.Version, settings)
		if err != nil {
			return nil, nil, err
		}
		if err := frame.KeptNets(env, run, settings.Game, settings.Nets); err != nil {
			run.Close()
			return nil, nil, err
		}
		return run, settings, nil
	}
	row, named, err := catalog.Select(c.Game)
	if err != nil {
		return nil, nil, err
	}
	if settings.Scenarios, err = c.scenarios(row, named); err != nil {
		return nil, nil, err
	}
	if err := c.ReadNets(env, row.Name); err != nil {
		return nil, nil, err
	}
	game := row.Game()
	if settings.Policies, err = c.policies(env, game); err != nil {
		return nil, nil, err
	}
	if c.test != nil && len(settings.Policies) != 2 {
		return nil, nil, fmt.Errorf("a sequential test compares two policies, %d are given", len(settings.Policies))
	}
	settings.Test = c.test
	settings.Game, settings.Seed, settings.Matches, settings.Replays = row.Name, c.Seed, c.Matches, c.Replays
	settings.Nets = frame.NetTasks(env)
	settings.Maps = c.Map
	if len(settings.Maps) == 0 && len(settings.Scenarios) == 0 {
		settings.Maps = row.HeldOut()
	}
	first := games.Config{Mode: c.Mode, Seats: c.Seats, Ticks: c.Ticks}
	if len(settings.Maps) > 0 {
		first.Map = settings.Maps[0]
	}
	if settings.Config, err = game.Complete(first); err != nil {
		return nil, nil, err
	}
	// What would fail later is said before a folder is made.
	if _, err := settings.params(env); err != nil {
		return nil, nil, err
	}
	if c.Matches < 1 {
		return nil, nil, fmt.Errorf("--matches %d: it must be 1 at least", c.Matches)
	}
	run, err := job.Create(job.Params{Kind: tournamentKind, Command: "dryad tournament run", Dir: c.Folder, Version: frame.Version, Settings: settings})
	if err != nil {
		return nil, nil, err
	}
	if err := frame.KeepNets(env, run); err != nil {
		run.Close()
		return nil, nil, err
	}
	return run, settings, nil
}

// scenarios returns the named games that the command line chooses; none when it
// names maps.
func (c *runCommand) scenarios(row *catalog.Row, named games.Config) ([]games.Config, error) {
	chosen, err := c.Chosen()
	if err != nil {
		return nil, err
	}
	if !chosen && named.Name == "" {
		return nil, nil
	}
	if len(c.Map) > 0 || c.Mode != "" || c.Seats != 0 {
		return nil, errors.New("a named game has its own map, mode and seats: leave out --map, --mode and --seats")
	}
	definitions := []catalog.Definition{{Config: named}}
	if chosen {
		if definitions, err = c.Draw(row, named, 100, c.Seed); err != nil {
			return nil, err
		}
	}
	var configs []games.Config
	for _, d := range definitions {
		if slices.Contains(row.Cooperative, d.Config.Mode) {
			continue // only one side plays
		}
		d.Config.Ticks = c.Ticks
		configs = append(configs, d.Config)
	}
	if len(configs) == 0 {
		return nil, errors.New("in these games all seats are on one side, so that nobody can be compared: dryad evaluate measures them")
	}
	return configs, nil
}

// Help is the long help of the command.
func (runCommand) Help() string { return strings.TrimSpace(seats.TableHelp) }

// policies reads the policies that the patterns name.
func (c *runCommand) policies(env *frame.Env, game games.Game) ([]tournamentPolicy, error) {
	var paths []string
	seen := map[string]bool{}
	for _, pattern := range append(c.Policies[:len(c.Policies):len(c.Policies)], c.Files...) {
		if seats.IsOwnName(game, pattern) && !seen[pattern] {
			seen[pattern] = true
			paths = append(paths, pattern)
			continue
		}
		found, err := filepath.Glob(pattern)
		if err != nil {
			return nil, fmt.Errorf("--policies %q: %w", pattern, err)
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("--policies %q names no file", pattern)
		}
		sort.Strings(found)
		for _, path := range found {
			if !seen[path] {
				seen[path] = true
				paths = append(paths, path)
			}
		}
	}
	if len(paths) < 2 {
		return nil, fmt.Errorf("a tournament needs two policies at least, --policies names %d", len(paths))
	}
	byName := map[string]string{}
	var list []tournamentPolicy
	for _, path := range paths {
		if table, is := game.(*classic.Game); is && filepath.Ext(path) == seats.StrategyExt {
			text, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			e, err := seats.StrategyEntrant(path, text, table)
			if err != nil {
				return nil, err
			}
			list = append(list, tournamentPolicy{Name: path, Hash: e.Record.Hash, Source: string(text)})
			continue
		}
		if seats.IsOwnName(game, path) {
			e, _, err := seats.OwnEntrant(env, game, path)
			switch {
			case err != nil:
				return nil, err
			case e.Record.Agent == "":
				return nil, fmt.Errorf("%s cannot play a tournament", path)
			}
			list = append(list, tournamentPolicy{Name: path, Hash: e.Record.Hash, Agent: path})
			continue
		}
		p, err := seats.PlayablePolicy(env, path, game)
		if err != nil {
			return nil, err
		}
		if other, taken := byName[p.Name]; taken {
			return nil, fmt.Errorf("%s and %s both hold a policy named %s: rename one", other, path, p.Name)
		}
		byName[p.Name] = path
		list = append(list, tournamentPolicy{Name: p.Name, Hash: p.Hash, Source: p.Canonical, Script: p.Script})
	}
	return list, nil
}

// params turns settings into what is played.
func (s *tournamentSettings) params(env *frame.Env) (tournament.Params, error) {
	game, err := catalog.Game(s.Game)
	if err != nil {
		return tournament.Params{}, err
	}
	p := tournament.Params{Game: game, Config: s.Config, Maps: s.Maps, Scenarios: s.Scenarios, Seed: s.Seed, Matches: s.Matches, ID: tournamentKind, Program: frame.Version, Test: s.Test}
	for _, t := range s.Policies {
		if table, is := game.(*classic.Game); is && filepath.Ext(t.Name) == seats.StrategyExt {
			e, err := seats.StrategyEntrant(t.Name, []byte(t.Source), table)
			if err != nil {
				return p, err
			}
			p.Competitors = append(p.Competitors, e)
			continue
		}
		if t.Agent != "" {
			e, err := seats.OwnAgent(env)(game, replay.Policy{Name: t.Name, Agent: t.Agent, Hash: t.Hash})
			if err != nil {
				return p, err
			}
			p.Competitors = append(p.Competitors, e)
			continue
		}
		checker := seats.CheckerOf(env, game)
		if t.Script != "" {
			checker = checker.WithScript([]byte(t.Script))
		}
		parsed, faults := checker.Parse(t.Name, t.Source)
		if parsed == nil {
			return p, fmt.Errorf("the run's policy %s is faulty: %v", t.Name, faults)
		}
		if parsed.Hash != t.Hash {
			return p, fmt.Errorf("the networks of the run's policy %s have changed: begin a new run", t.Name)
		}
		p.Competitors = append(p.Competitors, match.Tree(parsed))
	}
	for _, config := range s.Scenarios {
		if _, err := game.Complete(config); err != nil {
			return p, err
		}
	}
	for _, name := range s.Maps {
		config := s.Config
		config.Map = name
		if _, err := game.New(config, s.Seed); err != nil {
			return p, err
		}
	}
	return p, nil
}

// tournamentResult is the object that tournament run and show print with
// --json.
type tournamentResult struct {
	Run string `json:"run"`
	*tournament.Result
}

// finish writes the report and prints the table.
func (c *runCommand) finish(env *frame.Env, run *job.Run, params tournament.Params, result *tournament.Result) error {
	page, err := tournament.Report(params, result)
	if err != nil {
		return err
	}
	if err := run.Write("report.html", page); err != nil {
		return err
	}
	text, err := json.MarshalIndent(tournamentResult{run.Dir(), result}, "", "  ")
	if err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	if err := run.Write("table.json", append(text, '\n')); err != nil {
		return err
	}
	env.Logf("%s; report in %s", result.Stopped.Sentence(), run.Path("report.html"))
	if err := printTournament(env, run.Dir(), result, c.JSON); err != nil {
		return err
	}
	return frame.Leave(env, run, result.Stopped)
}

type showCommand struct {
	Folder string `arg:"" name:"run" help:"Folder of the run."`
	ratingFlag
	frame.JSONFlag
}

func (c *showCommand) Run(env *frame.Env) error {
	var settings tournamentSettings
	kind, _, err := job.Inspect(c.Folder, &settings)
	if err != nil {
		return err
	}
	if kind != tournamentKind {
		return fmt.Errorf("%s is a run of %q, not a tournament", c.Folder, kind)
	}
	params, err := settings.params(env)
	if err != nil {
		return err
	}
	db, err := store.OpenReadOnly(job.Database(c.Folder))
	if err != nil {
		return err
	}
	defer db.Close()
	params.Store, params.Rating = db, tournament.System(c.Rating)
	result, err := tournament.Tabulate(env.Context, params)
	if err != nil {
		return err
	}
	return printTournament(env, c.Folder, result, c.JSON)
}

// printTournament prints the table for people or programs.
func printTournament(env *frame.Env, run string, r *tournament.Result, asJSON bool) error {
	if asJSON {
		return env.JSON(tournamentResult{run, r})
	}
	return frame.Columns(env.Stdout, func(w io.Writer) {
		if r.Test != nil {
			printTest(w, r.Test)
		}
		fmt.Fprintf(w, "%d of %d matches; intervals at 95 %%\n\n", r.Matches, r.Planned)
		fmt.Fprintf(w, "policy\trating\tinterval%s\twins\tdraws\tlosses\twin rate\tinterval\n", ratingsHead(r))
		for i, row := range r.Table {
			fmt.Fprintf(w, "%s\t%+.0f\t%+.0f to %+.0f%s\t%d\t%d\t%d\t%.3f\t%.3f to %.3f\n", row.Policy, row.Rating, row.CILow, row.CIHigh, ratingsCells(r, i),
				row.Wins, row.Draws, row.Losses, row.WinRate, row.WinRateLow, row.WinRateHigh)
		}
		printRatingsNote(w, r)
		fmt.Fprintf(w, "\npayoff")
		for _, row := range r.Table {
			fmt.Fprintf(w, "\t%s", row.Policy)
		}
		fmt.Fprintln(w)
		for i, row := range r.Table {
			cells := make([]string, len(r.Table))
			for j := range cells {
				cells[j] = fmt.Sprintf("%.3f", r.Payoff[i][j])
				if i == j {
					cells[j] = "-"
				}
			}
			fmt.Fprintf(w, "%s\t%s\n", row.Policy, strings.Join(cells, "\t"))
		}
		for _, f := range r.Forfeits {
			fmt.Fprintf(w, "\n%s forfeited %d seats (%s)", f.Policy, f.Count, f.Class)
		}
		if len(r.Forfeits) > 0 {
			fmt.Fprintln(w)
		}
		if r.Void > 0 {
			fmt.Fprintf(w, "\n%d matches are not counted: something around a player failed\n", r.Void)
		}
	})
}
