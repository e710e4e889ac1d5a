package lspo

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	wolf "dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/job"
	"dryad/lspo/evaluate"
	"dryad/lspo/session"
)

type evalCommand struct {
	RunFolders []string `arg:"" name:"run" help:"Folders of runs of dryad lspo run werewolf."`
	Games      int      `default:"2000" help:"Matches in each cell and for each seed; match i of every cell has the same deal." placeholder:"N"`
	Seeds      int      `default:"1" help:"So many seeds of deals, from --seed on; a cell holds the matches of all." placeholder:"N"`
	Hearing    int      `default:"3" help:"For runs with --abstraction clusters, the weight of what is said in votes and night moves, beside the solved policy; 0 is the policy alone, as in the paper." placeholder:"N"`
	Cross      bool     `help:"Play every agent against every other too, and rate them by Nash averaging."`
	Model      string   `help:"Chat model of two more baselines, react and recon." placeholder:"M"`

	frame.ModelFlags
	frame.SeedFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (evalCommand) Help() string {
	return strings.TrimSpace(`
Every iteration plays the werewolves and the village against the last one, and
the last one plays both sides against the baselines and without a part of what
it learned. All cells are played on the same deals, so that differences are
taken pair by pair; intervals are of 95 %.

Each cell is kept in the run as it ends: after Ctrl-C the same command goes on,
and the same cell is never played twice. Of several runs, the werewolves' win
rates are put side by side at the end. Runs that differ in their seeds alone get
a table of means over the runs, with intervals over runs and deals.

  dryad lspo eval runs/lspo-1 --games 2000 --json
  dryad lspo eval runs/lspo-1 --games 500 --cross
  dryad lspo eval runs/lspo-1 --games 100 --model M --base-url http://localhost:8000/v1
  dryad lspo eval k1 k2 k3
  dryad lspo eval seed1 seed2 seed3 --json`)
}

func (c *evalCommand) Run(env *frame.Env) error {
	if c.Games < 1 || c.Hearing < 0 || c.Hearing > 10 || c.Seeds < 1 {
		return fmt.Errorf("--games %d, --hearing %d, --seeds %d: out of range", c.Games, c.Hearing, c.Seeds)
	}
	var all []*evaluate.Result
	var settings []session.Settings
	for i, folder := range c.RunFolders {
		if len(c.RunFolders) > 1 {
			if i > 0 {
				env.Printf("\n")
			}
			env.Printf("%s\n\n", folder)
		}
		result, of, err := c.evaluate(env, folder)
		if errors.Is(err, context.Canceled) {
			env.Logf("stopped: interrupted; the cells that ended are kept, and the same command goes on from there")
			return frame.ExitCode(frame.ExitInterrupted)
		}
		if err != nil {
			return err
		}
		all, settings = append(all, result), append(settings, of)
	}
	var over *evaluate.Runs
	if len(all) > 1 {
		printRuns(env, all)
		if replicates(settings) {
			var err error
			if over, err = evaluate.Over(all); err != nil {
				return err
			}
			printOver(env, over, len(all[0].Iterations))
		} else {
			env.Logf("no table over runs: it needs runs of different seeds with the same settings")
		}
	}
	switch {
	case !c.JSON:
		return nil
	case len(all) == 1:
		return env.JSON(all[0])
	}
	if over == nil {
		return env.JSON(map[string]any{"runs": all})
	}
	return env.JSON(map[string]any{"runs": all, "over_runs": over})
}

// replicates reports whether runs differ in their seeds, and in nothing else.
func replicates(all []session.Settings) bool {
	seeds := map[uint64]bool{}
	for _, s := range all {
		seeds[s.Seed] = true
		if s.Seed = all[0].Seed; s != all[0] {
			return false
		}
	}
	return len(seeds) == len(all)
}

// evaluate measures one run and prints its tables. It also returns the run's
// settings.
func (c *evalCommand) evaluate(env *frame.Env, folder string) (*evaluate.Result, session.Settings, error) {
	o, err := inspect(env, folder)
	if err != nil {
		return nil, session.Settings{}, err
	}
	result, err := c.measure(env, folder, o)
	return result, o.Settings(), err
}

// measure is evaluate of an opened run, which it closes.
func (c *evalCommand) measure(env *frame.Env, folder string, o *opened) (*evaluate.Result, error) {
	defer o.close()
	if o.Werewolf() == nil {
		return nil, fmt.Errorf("%s is a run of %s: its figures are in %s", folder, o.Settings().Game, session.ResultFile)
	}
	p := evaluate.Params{
		Game: o.Werewolf(), Games: c.Games, Hearing: c.Hearing, Cross: c.Cross, Acts: acts,
		Memory: o.Memory(), Version: frame.Version, Run: folder, RunSeed: o.Settings().Seed,
	}
	var err error
	if p.Iterations, err = o.Iterations(env.Context); err != nil {
		return nil, err
	}
	for i := range c.Seeds {
		p.Seeds = append(p.Seeds, c.Seed+uint64(i))
	}
	if p.Baselines, err = namedBaselines(env, *o.Werewolf().Set()); err != nil {
		return nil, err
	}
	if c.Asked(c.Model) {
		model, err := c.Open(env, c.Model, filepath.Join(folder, "baselines.jsonl"))
		if err != nil {
			return nil, err
		}
		defer model.Close()
		defer model.Report(env)
		more, err := promptBaselines(env, model, &c.ModelFlags, *o.Werewolf().Set())
		if err != nil {
			return nil, err
		}
		p.Baselines = append(p.Baselines, more...)
	}
	p.Progress = env.Progress(job.ProgressParams{Label: "evaluate", Unit: "matches"})
	result, err := evaluate.Run(env.Context, p)
	p.Progress.Close()
	if o.model != nil {
		o.model.Report(env)
	}
	if err != nil {
		return nil, err
	}
	printResult(env, result)
	if err := o.WriteEvaluation(result); err != nil {
		return nil, err
	}
	path := filepath.Join(folder, frame.ReportFile)
	env.Logf("report in %s", path)
	return result, o.WriteReport(env.Context, path)
}

// baselines are the agents that the last iteration is measured against.
var baselines = []string{"random", seats.Companion, "heuristic", "cicero", "sla"}

// namedBaselines returns the baselines that need nothing but their name.
func namedBaselines(env *frame.Env, set rules.Set) ([]evaluate.Player, error) {
	var all []evaluate.Player
	for _, name := range baselines {
		a, _, err := seats.FindAgent(env, name)
		if err != nil {
			return nil, err
		}
		all = append(all, evaluate.Player{Name: name, Agent: func() (wolf.Agent, error) { return a.Make(set) }})
	}
	return all, nil
}

// promptBaselines returns those that ask a chat model.
func promptBaselines(env *frame.Env, model *frame.ModelSession, flags *frame.ModelFlags, set rules.Set) ([]evaluate.Player, error) {
	prompters, err := seats.PromptAgents(env, model.Provider, flags)
	if err != nil {
		return nil, err
	}
	var all []evaluate.Player
	for _, name := range seats.PromptNames {
		a := prompters[name]
		all = append(all, evaluate.Player{Name: name, Hash: a.Hash, Agent: func() (wolf.Agent, error) { return a.Make(set) }})
	}
	return all, nil
}
