package train

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/internal/atomicfile"
	"dryad/job"
	"dryad/match"
	"dryad/match/dispatch"
	"dryad/policy"
	"dryad/tournament/evaluate"
	"dryad/train/scheduler"
)

// trainScheduler learns which tree of a library to run.
type trainScheduler struct {
	File    string `arg:"" help:"Policy to write, .dryad." type:"path"`
	Library string `help:"Folder with the trees to choose from, two at least." required:"" type:"existingdir" placeholder:"DIR"`
	Games   string `help:"Games to learn on and to measure on: conditions on mode, family, map and rules." default:"mode=deathmatch,team_deathmatch,capture_the_flag,domination,king_of_the_hill,gun_game" placeholder:"FILTER"`
	Rounds  int    `help:"Rounds of playing and learning; 0 only measures the policy that FILE holds." default:"30" placeholder:"N"`
	Matches int    `help:"Matches of a round." default:"24" placeholder:"N"`
	Trials  int    `help:"Matches that each tree plays alone at first, so that learning begins with what each is worth in each mode; 0 for none." default:"60" placeholder:"N"`
	Hidden  int    `help:"Hidden units of the network; 0 for one layer." default:"0" placeholder:"N"`
	Every   int    `help:"Ticks between two choices." default:"70" placeholder:"N"`
	Sample  int    `help:"Held-out games on which it is measured at the end, two matches each; 0 for none." default:"250" placeholder:"N"`
	Single  bool   `help:"Measure it against each tree of the library too."`
	frame.NetFlag
	frame.SeedFlag
	frame.WorkersFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (trainScheduler) Help() string {
	return strings.TrimSpace(`
A small network learns by ppo which tree of a library to run, in matches against
trees of the library. What it has learned is written as a policy by scheduler: the
library's trees and the network that scores them, in one text. It plays, replays and
exports as any policy does.

At the end it is measured on held-out games against choosing uniformly and against
EXP3, which learns within each match.

  dryad train scheduler chief.dryad --library examples/library/arena`)
}

// scheduled is the object that --json prints.
type scheduled struct {
	File    string            `json:"file"`
	Library []string          `json:"library"`
	Seed    uint64            `json:"seed"`
	Rounds  []scheduler.Point `json:"rounds"`
	HeldOut []evaluate.Row    `json:"held_out,omitempty"`
}

// exploration is EXP3's gamma.
const exploration = 0.2

// Run learns, writes and measures.
func (c *trainScheduler) Run(env *frame.Env) error {
	if !strings.HasSuffix(c.File, ".dryad") {
		return fmt.Errorf("%s: the name must end with .dryad", c.File)
	}
	if c.Workers <= 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	row, err := catalog.Find("arena")
	if err != nil {
		return err
	}
	if err := c.ReadNets(env, row.Name); err != nil {
		return err
	}
	library, err := readLibrary(env, c.Library, row)
	if err != nil {
		return err
	}
	result := scheduled{File: c.File, Seed: c.Seed}
	for _, tree := range library {
		result.Library = append(result.Library, tree.Name)
	}
	var chief *policy.Policy
	if c.Rounds == 0 {
		chief, err = readTree(env, c.File, row)
	} else {
		chief, err = c.learn(env, row, library, &result)
	}
	if err != nil {
		return err
	}
	if c.Sample > 0 {
		if result.HeldOut, err = c.measure(env, row, chief, library); err != nil {
			return err
		}
	}
	if c.JSON {
		return env.JSON(result)
	}
	return frame.Columns(env.Stdout, func(w io.Writer) {
		for _, r := range result.HeldOut {
			fmt.Fprintf(w, "%s\t%s\t%s\t%.3f\t%.3f to %.3f\t%d matches\n", r.By, r.Value, r.Opponent, r.Score, r.Low, r.High, r.Matches)
		}
	})
}

// learn trains and writes the policy.
func (c *trainScheduler) learn(env *frame.Env, row *catalog.Row, library []*policy.Policy, result *scheduled) (*policy.Policy, error) {
	training, err := c.choose(row, "training")
	if err != nil {
		return nil, err
	}
	var progress *job.Progress
	s, err := scheduler.New(scheduler.Params{Library: library, Games: training, Game: row.Game(), Words: row.Params(env.Networks), Seed: c.Seed,
		Rounds: c.Rounds, Matches: c.Matches, Trials: c.Trials, Hidden: c.Hidden, Every: c.Every, Workers: c.Workers, Worked: func() { progress.Add(1) }})
	if err != nil {
		return nil, err
	}
	progress = job.NewProgress(job.ProgressParams{Out: env.Stderr, Terminal: env.Terminal, Label: "scheduler", Unit: "steps", Total: s.Work()})
	defer progress.Close()
	for !s.Done() {
		point, err := s.Round(env.Context)
		if err != nil {
			return nil, err
		}
		result.Rounds = append(result.Rounds, point)
		progress.Say("round %d: %d choices, reward %.4f, entropy %.3f, score %.3f", point.Round, point.Choices, point.Reward, point.Entropy, point.Score)
	}
	progress.Close()
	chief, err := s.Policy(strings.TrimSuffix(filepath.Base(c.File), ".dryad"))
	if err != nil {
		return nil, err
	}
	if err := atomicfile.Write(c.File, []byte(chief.Canonical)); err != nil {
		return nil, err
	}
	env.Logf("wrote %s: chooses among %s", c.File, strings.Join(result.Library, ", "))
	return chief, nil
}

// choose returns the games of a part.
func (c *trainScheduler) choose(row *catalog.Row, split string) ([]catalog.Definition, error) {
	filter, err := catalog.ParseFilter(c.Games)
	if err != nil {
		return nil, fmt.Errorf("--games: %w", err)
	}
	if filter.Has("split") {
		return nil, errors.New("--games: a scheduler learns on training games and is measured on held-out ones: leave out split")
	}
	all, err := row.Choose(filter.With("split", split))
	if err != nil {
		return nil, fmt.Errorf("--games: %w", err)
	}
	return all, nil
}

// readLibrary reads the trees of a folder in the order of their files' names.
func readLibrary(env *frame.Env, folder string, row *catalog.Row) ([]*policy.Policy, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.dryad"))
	if err != nil {
		return nil, err
	}
	var library []*policy.Policy
	for _, file := range files {
		tree, err := readTree(env, file, row)
		if err != nil {
			return nil, err
		}
		library = append(library, tree)
	}
	if len(library) < 2 {
		return nil, fmt.Errorf("--library %s: it holds %d trees, two are needed at least", folder, len(library))
	}
	return library, nil
}

// readTree reads a policy.
func readTree(env *frame.Env, file string, row *catalog.Row) (*policy.Policy, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	tree, faults := policy.Parse(strings.TrimSuffix(filepath.Base(file), ".dryad"), text, row.Game(), row.Params(env.Networks))
	if tree == nil {
		return nil, fmt.Errorf("%s: %w", file, faults.Err())
	}
	return tree, nil
}

// measure plays held-out games.
func (c *trainScheduler) measure(env *frame.Env, row *catalog.Row, chief *policy.Policy, library []*policy.Policy) ([]evaluate.Row, error) {
	games, err := c.choose(row, "held-out")
	if err != nil {
		return nil, err
	}
	against := []match.Entrant{scheduler.Uniform("by_uniform", library, c.Every), scheduler.EXP3("by_exp3", library, c.Every, exploration)}
	if c.Single {
		for _, tree := range library {
			against = append(against, match.Tree(tree))
		}
	}
	progress := job.NewProgress(job.ProgressParams{Out: env.Stderr, Terminal: env.Terminal, Label: "held-out", Unit: "matches"})
	defer progress.Close()
	result, err := evaluate.Run(env.Context, evaluate.Params{
		Row: row, Games: catalog.Sample(games, c.Sample, c.Seed), Policy: match.Tree(chief), Against: against, Seed: c.Seed,
		Dispatch: &dispatch.Dispatcher{Workers: c.Workers}, Progress: progress, Program: frame.Version,
	})
	if err != nil {
		return nil, err
	}
	if result.Stopped == job.Interrupted {
		return nil, env.Context.Err()
	}
	var rows []evaluate.Row
	for _, r := range result.Rows {
		if r.By == "all" || r.By == "mode" {
			rows = append(rows, r)
		}
	}
	return rows, nil
}
