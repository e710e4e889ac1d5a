package tournament

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/cmd/dryad/cli/view"
	"dryad/games"
	"dryad/internal/english"
	"dryad/job"
	"dryad/replay"
	"dryad/store"
	"dryad/tournament"
)

type Command struct {
	Run    runCommand    `cmd:"" help:"Play policies against each other by a schedule, and rate them."`
	SPRT   sprtCommand   `cmd:"" name:"sprt" help:"Test whether one policy is better than another, with as few matches as it takes."`
	Check  checkCommand  `cmd:"" help:"Say whether a policy behaves: budget, commands, determinism, time."`
	Show   showCommand   `cmd:"" help:"Show the table of a run."`
	Report reportCommand `cmd:"" help:"Write the report of a run anew, with pages that show its matches."`
	Games  gamesCommand  `cmd:"" help:"List the matches of a run."`
	Export exportCommand `cmd:"" help:"Write the matches of a run as JSON, CSV, text or a log in the manner of PGN."`
}

type runCommand struct {
	Files    []string `arg:"" optional:"" help:"A season's file in TOML, which says all that the settings say; or policies."`
	Game     string   `help:"Name of the game, or GAME/NAME for a definition of its catalogue." default:"arena" placeholder:"GAME"`
	Policies []string `help:"Files, folders, patterns of them, agents that the game brings along, remote:COMMAND, exp3:FOLDER or uniform:FOLDER; repeat for more." placeholder:"GLOB" sep:"none"`
	Schedule string   `help:"Who meets whom: round-robin, gauntlet, swiss, knockout, or ladder, by how much a match would say." default:"round-robin" placeholder:"KIND"`
	Sides    int      `help:"Policies in a match; each takes every side once with one seed (default 2)." placeholder:"N"`
	Groups   int      `help:"Of swiss, knockout and ladder: groups of matches that those who meet play, each with one seed (default 1)." placeholder:"N"`
	Rounds   int      `help:"Of swiss: number of rounds (default: the logarithm of the number of policies)." placeholder:"N"`
	Heads    int      `help:"Of gauntlet: so many policies, from the first, meet all the others (default 1)." placeholder:"N"`
	Matches  int      `help:"Matches in all, of a schedule that does not end by itself (default 200)." placeholder:"N"`
	Plan     bool     `resumed:"yes" help:"Print what would be played and what it costs, and play nothing."`
	Map      []string `help:"Map to play on; repeat for more. By default the game's held-out maps, which no search has seen." placeholder:"MAP" sep:"none"`
	Mode     string   `help:"Rule set of the matches; the game's first one by default." placeholder:"MODE"`
	Seats    int      `help:"Seats of a match; the policies take the teams in turn." placeholder:"N"`
	Replays  bool     `help:"Keep the replay of each match in the run's folder."`
	Live     bool     `resumed:"yes" help:"Let matches of the run be watched while it goes on, by viewers on this machine. Changes no result."`
	ratingFlag
	watchFlags
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

// watchFlags say how people and programs are told of a run while it goes on.
type watchFlags struct {
	Plain   bool   `resumed:"yes" help:"Write lines of progress on a terminal too, in place of the table that is redrawn."`
	Metrics string `resumed:"yes" help:"Serve figures for Prometheus at http://HOST:PORT/metrics while the run goes on, and write what happens to run.log in its folder." placeholder:"HOST:PORT"`
}

// ratingFlag asks for a rating beside Elo. It changes no match, so that a run is
// shown and gone on with under any.
type ratingFlag struct {
	Rating    string `resumed:"yes" help:"Rating beside Elo: davidson, with the rate of draws; equal, each map or named game with the same weight; glicko2; openskill; nash or alpharank, for cycles." default:"elo" enum:"elo,davidson,equal,glicko2,openskill,nash,alpharank"`
	Bootstrap int    `resumed:"yes" help:"Take the intervals of ratings from so many resamples of the groups of matches, such as 1000." placeholder:"N"`
}

// maxBootstrap bounds the resamples, each of which is rated.
const maxBootstrap = 100_000

// rate puts what the flags say into parameters.
func (f *ratingFlag) rate(p *tournament.Params) error {
	if f.Bootstrap < 0 || f.Bootstrap > maxBootstrap {
		return fmt.Errorf("--bootstrap %d: it must lie between 0 and %d", f.Bootstrap, maxBootstrap)
	}
	p.Rating, p.Bootstrap = tournament.System(f.Rating), f.Bootstrap
	return nil
}

// tournamentKind is the kind of run in run.json and in the store.
const tournamentKind = "tournament"

// tournamentSettings is everything that determines the table.
type tournamentSettings struct {
	Game     string              `json:"game"`
	Config   games.Config        `json:"config"`
	Maps     []string            `json:"maps"`
	Seed     uint64              `json:"seed"`
	Matches  int                 `json:"matches"`
	Schedule tournament.Schedule `json:"schedule"`
	Replays  bool                `json:"replays"`
	Policies []tournamentPolicy  `json:"policies"`
	// Nets are the neural tasks whose networks the folder holds.
	Nets []string `json:"nets,omitempty"`
	// NetDeadline is that of the networks, in multiply-adds a tick; 0 for none.
	NetDeadline int `json:"net_deadline,omitempty"`
	// Scenarios are named games, in place of Config and Maps.
	Scenarios []games.Config `json:"scenarios,omitempty"`
	// Test is the sequential test of dryad tournament sprt.
	Test *tournament.Test `json:"test,omitempty"`
}

func (c *runCommand) Run(env *frame.Env) error {
	if err := c.FindWADs(); err != nil {
		return err
	}
	if c.Plan {
		return c.plan(env)
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
	if err := c.rate(&params); err != nil {
		return err
	}
	params.Store, params.Workers, params.Budget = db, c.Workers, job.NewBudget(c.MaxMatches, c.MaxMinutes)
	var table *board // on a terminal
	progress := job.ProgressParams{Unit: "matches"}
	drawn := env.Terminal && !c.Plain
	if drawn || params.Test != nil {
		params.Interim = &tournament.Interim{}
	}
	if drawn {
		table = newBoard(env.Stderr, params.Interim)
		screen := env.Stderr
		env.Stderr = table
		defer func() { env.Stderr = screen }()
		defer table.close()
		progress.Redraw = table.progress
	}
	params.Progress = env.Progress(progress)
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
	if c.Live {
		show, err := view.OpenShowcase(env)
		if err != nil {
			return err
		}
		defer show.Close()
		params.Begun = show.Begun
	}
	watch, err := c.watch(env, run, &params)
	if err != nil {
		return err
	}
	defer watch.close()
	q, done, err := c.QueueFlags.OpenAnd(env, watch.worker)
	if err != nil {
		return err
	}
	defer done()
	params.Queue = q
	seats.WarnOfMap(env, params.Maps...)
	env.Logf("run %s: %s on %s", run.Dir(), english.Number(len(params.Competitors), "policy"), english.Number(max(len(params.Maps), len(params.Scenarios)), "map"))
	if err := announce(env, params, c.Workers); err != nil {
		return err
	}
	table.open()
	result, err := tournament.Run(env.Context, params)
	table.close()
	watch.stopped(result, err)
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
		if err := frame.KeptNets(env, run, settings.Game, settings.Nets, settings.NetDeadline); err != nil {
			run.Close()
			return nil, nil, err
		}
		return run, settings, nil
	}
	if err := c.settings(env, settings); err != nil {
		return nil, nil, err
	}
	// What would fail later is said before a folder is made.
	params, err := settings.params(env)
	if err != nil {
		return nil, nil, err
	}
	if err := reach(env, params.Game, settings.Policies, c.Listen != "" || c.NATS != ""); err != nil {
		return nil, nil, err
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

// Help is the long help of the command.
func (runCommand) Help() string { return strings.TrimSpace(seats.TableHelp) }

// tournamentResult is the object that tournament run and show print with
// --json.
type tournamentResult struct {
	Run string `json:"run"`
	*tournament.Result
}

// finish writes the report and prints the table.
func (c *runCommand) finish(env *frame.Env, run *job.Run, params tournament.Params, result *tournament.Result) error {
	if err := writeReport(env, run.Dir(), params, result); err != nil {
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
	if err := frame.Leave(env, run, result.Stopped); err != nil || result.Void == 0 {
		return err
	}
	env.Logf("%d matches are not counted, as something around a player failed %d times in each; %s tries them again", result.Void, tournament.Attempts, run.ResumeCommand())
	return frame.ExitCode(frame.ExitFailed)
}

type showCommand struct {
	Folder string `arg:"" name:"run" help:"Folder of the run."`
	ratingFlag
	frame.JSONFlag
}

func (c *showCommand) Run(env *frame.Env) error {
	_, params, err := inspect(env, c.Folder)
	if err != nil {
		return err
	}
	db, err := store.OpenReadOnly(job.Database(c.Folder))
	if err != nil {
		return err
	}
	defer db.Close()
	params.Store = db
	if err := c.rate(&params); err != nil {
		return err
	}
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
		resampled := ""
		if r.Bootstrap > 0 {
			resampled = fmt.Sprintf(", of ratings by %d resamples", r.Bootstrap)
		}
		fmt.Fprintf(w, "%d of %d matches; intervals at 95 %%%s\n\n", r.Matches, r.Planned, resampled)
		fmt.Fprintf(w, "policy\trating\tinterval%s\twins\tdraws\tlosses\twin rate\tinterval\n", ratingsHead(r))
		for i, row := range r.Table {
			fmt.Fprintf(w, "%s\t%+.0f\t%+.0f to %+.0f%s\t%d\t%d\t%d\t%.3f\t%.3f to %.3f\n", row.Policy, row.Rating, row.CILow, row.CIHigh, ratingsCells(r, i),
				row.Wins, row.Draws, row.Losses, row.WinRate, row.WinRateLow, row.WinRateHigh)
		}
		printRatingsNote(w, r)
		printStanding(w, r)
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
			fmt.Fprintf(w, "\n%s forfeited %s (%s)", f.Policy, english.Number(f.Count, "seat"), f.Class)
		}
		if len(r.Forfeits) > 0 {
			fmt.Fprintln(w)
		}
		if r.Void > 0 {
			fmt.Fprintf(w, "\n%d matches are not counted: something around a player failed\n", r.Void)
		}
	})
}
