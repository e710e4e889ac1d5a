package games

import (
	"errors"
	"fmt"
	"io"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/evolve/session"
	"dryad/internal/atomicfile"
	"dryad/job"
	"dryad/match/dispatch"
	"dryad/policy"
	"dryad/tournament/worth"
)

type measureCommand struct {
	Game     string   `arg:"" help:"The game, for example arena."`
	Policies []string `name:"policy" sep:"none" help:"Policy whose words are replaced; repeat for more (default: those that dryad ships)." placeholder:"FILE" type:"existingfile"`
	Pairs    int      `default:"16" help:"Pairs of matches that each changed policy plays." placeholder:"N"`
	Output   string   `short:"o" help:"Write the table as JSON, for --worth of evolve." placeholder:"FILE" type:"path"`
	All      bool     `help:"Print every replacement, not only those that make a difference."`
	frame.SeedFlag
	frame.WorkersFlag
	frame.TicksFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (measureCommand) Help() string {
	return `Each task, neural task and chooser of the policies is replaced by each of its
neighbours (tasks that act on the same channels, choosers of the same kind), at
all places of a policy at once; the changed policy plays pairs of matches against
the unchanged one on the game's training maps. Over one half: the replacement is
better there. The table that dryad was built with is part of an author's prompt.

  dryad games measure arena
  dryad games measure arena --policy mine.dryad --pairs 64 -o worth.json`
}

func (c *measureCommand) Run(env *frame.Env) error {
	row, err := catalog.Find(c.Game)
	if err != nil {
		return err
	}
	if c.Pairs < 1 {
		return fmt.Errorf("--pairs %d: it must be 1 at least", c.Pairs)
	}
	checker := row.Checker(catalog.Networks{})
	var policies []*policy.Policy
	for _, path := range c.Policies {
		p, err := seats.PlayablePolicy(env, path, row.Game())
		if err != nil {
			return err
		}
		policies = append(policies, p)
	}
	if len(c.Policies) == 0 {
		shipped, err := row.Shipped()
		if err != nil {
			return err
		}
		for _, s := range shipped {
			p, faults := checker.Parse(s.Name, s.Source)
			if p == nil {
				return fmt.Errorf("the shipped policy %s is faulty: %w", s.Name, faults.Err())
			}
			policies = append(policies, p)
		}
	}
	if len(policies) == 0 {
		return errors.New("dryad ships no policy of this game: name one with --policy")
	}
	games, err := session.Scenarios(row.Game(), row.Scenarios.Configs, row.Scenarios.Training, c.Ticks)
	if err != nil {
		return err
	}
	progress := env.Progress(job.ProgressParams{Label: "words", Unit: "matches"})
	defer progress.Close()
	table, err := worth.Measure(env.Context, worth.Params{
		Row: row, Checker: checker, Policies: policies, Games: games, Pairs: c.Pairs, Seed: c.Seed,
		Dispatch: &dispatch.Dispatcher{Workers: c.Workers}, Progress: progress,
	})
	progress.Close()
	if err != nil {
		return err
	}
	if c.Output != "" {
		text, err := table.JSON()
		if err != nil {
			return err
		}
		if err := atomicfile.Rewrite(c.Output, text); err != nil {
			return err
		}
	}
	if c.JSON {
		return env.JSON(struct {
			Words worth.Table `json:"words"`
		}{table})
	}
	return frame.Columns(env.Stdout, func(w io.Writer) {
		fmt.Fprintln(w, "kind\tword\treplaced by\tscore\t95 % interval\tpairs\tpolicies")
		for _, m := range table {
			if c.All || m.Told() {
				fmt.Fprintf(w, "%s\t%s\t%s\t%.3f\t%.3f to %.3f\t%d\t%d\n", m.Kind, m.Word, m.By, m.Score, m.Low, m.High, m.Pairs, m.Policies)
			}
		}
	})
}
