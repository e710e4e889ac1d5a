package lspo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/internal/atomicfile"
	"dryad/job"
	"dryad/lspo"
	"dryad/store"
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
rates are put side by side at the end.

  dryad lspo eval runs/lspo-1 --games 2000 --json
  dryad lspo eval runs/lspo-1 --games 500 --cross
  dryad lspo eval runs/lspo-1 --games 100 --model M --base-url http://localhost:8000/v1
  dryad lspo eval k1 k2 k3`)
}

func (c *evalCommand) Run(env *frame.Env) error {
	if c.Games < 1 || c.Hearing < 0 || c.Hearing > 10 || c.Seeds < 1 {
		return fmt.Errorf("--games %d, --hearing %d, --seeds %d: out of range", c.Games, c.Hearing, c.Seeds)
	}
	var all []*lspoEval
	for i, folder := range c.RunFolders {
		if len(c.RunFolders) > 1 {
			if i > 0 {
				env.Printf("\n")
			}
			env.Printf("%s\n\n", folder)
		}
		result, err := c.evaluate(env, folder)
		if errors.Is(err, context.Canceled) {
			env.Logf("stopped: interrupted; the cells that ended are kept, and the same command goes on from there")
			return frame.ExitCode(frame.ExitInterrupted)
		}
		if err != nil {
			return err
		}
		all = append(all, result)
	}
	if len(all) > 1 {
		printRuns(env, all)
	}
	switch {
	case !c.JSON:
		return nil
	case len(all) == 1:
		return env.JSON(all[0])
	}
	return env.JSON(map[string]any{"runs": all})
}

// evaluate measures one run and prints its tables.
func (c *evalCommand) evaluate(env *frame.Env, folder string) (*lspoEval, error) {
	session, err := inspectLSPO(env, folder)
	if err != nil {
		return nil, err
	}
	defer session.close()
	if session.wolves == nil {
		return nil, fmt.Errorf("%s is a run of %s: its figures are in %s", folder, session.settings.Game, lspoResult)
	}
	iterations, err := session.complete()
	if err != nil {
		return nil, err
	}
	e := &lspoEvaluation{command: c, session: session, game: session.wolves, iterations: iterations, seen: map[string]*lspoCell{}, result: lspoEval{
		Run: folder, Hearing: c.Hearing, RunSeed: session.settings.Seed, Rules: *session.wolves.Set(),
	}}
	for i := range c.Seeds {
		e.result.Seeds = append(e.result.Seeds, c.Seed+uint64(i))
	}
	if c.Asked(c.Model) {
		asked, err := c.Open(env, c.Model, filepath.Join(folder, "baselines.jsonl"))
		if err != nil {
			return nil, err
		}
		defer asked.Close()
		defer asked.Report(env)
		if e.prompters, err = seats.PromptAgents(env, asked.Provider, &c.ModelFlags); err != nil {
			return nil, err
		}
	}
	if e.agents, err = e.table(env); err != nil {
		return nil, err
	}
	e.progress = job.NewProgress(job.ProgressParams{
		Out: env.Stderr, Terminal: env.Terminal, Label: "evaluate", Unit: "matches",
		Total: c.Games * c.Seeds * e.cells(),
	})
	err = e.run(env.Context)
	e.progress.Close()
	if session.model != nil {
		session.model.Report(env)
	}
	if err != nil {
		return nil, err
	}
	e.result.print(env)
	text, err := json.MarshalIndent(e.result, "", "  ")
	if err != nil {
		return nil, err
	}
	if err := atomicfile.Write(filepath.Join(folder, lspoEvalFile), append(text, '\n')); err != nil {
		return nil, err
	}
	path := filepath.Join(folder, frame.ReportFile)
	env.Logf("report in %s", path)
	return &e.result, session.writeReport(path, iterations)
}

// inspectLSPO opens the store of a run to read it.
func inspectLSPO(env *frame.Env, folder string) (*lspoSession, error) {
	var settings lspoSettings
	kind, _, err := job.Inspect(folder, &settings)
	if err != nil {
		return nil, err
	}
	if kind != "lspo" {
		return nil, fmt.Errorf("%s is a run of %q, not of lspo", folder, kind)
	}
	return openLSPO(env, folder, settings)
}

// complete returns the iterations that are complete.
func (s *lspoSession) complete() ([]lspo.Iteration, error) {
	policy, err := s.store.WorkResult(s.env.Context, lspoID, "start")
	var all []lspo.Iteration
	for n := 1; err == nil; n++ {
		it := lspo.Iteration{Number: n, Policy: policy}
		for _, part := range []struct {
			stage string
			into  *[]byte
		}{{"construct", &it.Space}, {"solve", &it.Solution}, {"expand", &it.Next}} {
			if err == nil {
				*part.into, err = s.store.WorkResult(s.env.Context, lspoID, fmt.Sprintf("iteration %d/%s", n, part.stage))
			}
		}
		if err == nil {
			all = append(all, it)
			policy = it.Next
		}
	}
	if !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	if len(all) == 0 {
		return nil, errors.New("the run has no complete iteration yet: go on with dryad lspo run --resume")
	}
	return all, nil
}
