package lspo

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"dryad/cmd/dryad/cli/frame"
	"dryad/job"
	"dryad/lspo/session"
	"dryad/lspo/werewolf"
)

type deviateCommand struct {
	RunFolder  string `arg:"" name:"run" help:"Folder of a run of dryad lspo run werewolf."`
	Iteration  int    `help:"Iteration whose solution the others play (default: the last)." placeholder:"N"`
	Games      int    `default:"2000" help:"Matches of the abstract game that measure each role." placeholder:"N"`
	CFR        int    `name:"cfr" default:"20" help:"Iterations of Deep CFR in which the one who deviates learns." placeholder:"N"`
	Traversals int    `default:"100" help:"Traversals in each of them." placeholder:"N"`

	frame.SeedFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (deviateCommand) Help() string {
	return strings.TrimSpace(`
One player of each role in turn learns a best response to all others, who play
the solution of an iteration. What it gains is a rate of wins, on the same deals
and the same chance, with its interval of 95 %. It is a lower bound, for what
was learned need not be the best; and it is that of the abstract game, and not
the exploitability of an agent that talks. With 7 players each role takes some
minutes.

  dryad lspo deviate runs/lspo-1 --games 2000 --json`)
}

// deviateJSON is the last line of lspo deviate --json.
type deviateJSON struct {
	Run       string                   `json:"run"`
	Iteration int                      `json:"iteration"`
	Games     int                      `json:"games"`
	Seed      uint64                   `json:"seed"`
	Gains     map[string]werewolf.Gain `json:"gains"`
}

func (c *deviateCommand) Run(env *frame.Env) error {
	if c.Games < 1 || c.CFR < 1 || c.Traversals < 1 {
		return fmt.Errorf("--games %d, --cfr %d, --traversals %d: each is at least 1", c.Games, c.CFR, c.Traversals)
	}
	o, err := inspect(env, c.RunFolder)
	if err != nil {
		return err
	}
	defer o.close()
	if o.Werewolf() == nil {
		return fmt.Errorf("%s is a run of %s, whose exploitability is in %s", c.RunFolder, o.Settings().Game, session.ResultFile)
	}
	iterations, err := o.Iterations(env.Context)
	if err != nil {
		return err
	}
	n := len(iterations)
	if c.Iteration != 0 {
		n = c.Iteration
	}
	if n < 1 || n > len(iterations) {
		return fmt.Errorf("--iteration %d: the run has the iterations 1 to %d", c.Iteration, len(iterations))
	}
	result := deviateJSON{Run: c.RunFolder, Iteration: n, Games: c.Games, Seed: c.Seed, Gains: map[string]werewolf.Gain{}}
	table := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "who deviates from iteration %d\twins more often by\n", n)
	progress := env.Progress(job.ProgressParams{Label: "start", Unit: "steps"})
	defer progress.Close()
	for _, role := range o.Werewolf().Set().Kinds() {
		gain, err := o.Werewolf().Deviate(env.Context, &iterations[n-1], role, werewolf.Deviation{
			Iterations: c.CFR, Traversals: c.Traversals, Games: c.Games, Seed: c.Seed, Progress: progress,
		})
		if err != nil {
			return err
		}
		result.Gains[role.String()] = gain
		fmt.Fprintf(table, "%s\t%+.3f [%+.3f, %+.3f]\n", role, gain.Mean, gain.Low, gain.High)
	}
	table.Flush()
	if c.JSON {
		return env.JSON(result)
	}
	return nil
}
