package train

import (
	"fmt"
	"io"
	"runtime"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/job"
	"dryad/train"
)

// trainShooting measures hands.
type trainShooting struct {
	Weapon  []string `help:"Weapon to measure; repeat for more. All that reach further than a hand by default." placeholder:"NAME" sep:"none"`
	Matches int      `help:"Matches for each hand and weapon." default:"16" placeholder:"N"`
	frame.NetFlag
	frame.TicksFlag
	frame.SeedFlag
	frame.WorkersFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (trainShooting) Help() string {
	return strings.TrimSpace(`
Three hands shoot: the rule, the network shoot and the network aim. Each plays
matches of two seats with one weapon and endless ammunition, on maps that no
network learns on, against the rule's hand. The table has the share of shots that
hit, how many fights there were and in how many of them a shot hit, and the time
from the first sight of an enemy to the first hit, by weapon and distance.

  dryad train shooting
  dryad train shooting --weapon rocket_launcher --net aim=mine.safetensors`)
}

// Run measures.
func (c *trainShooting) Run(env *frame.Env) error {
	if err := c.ReadNets(env, "arena"); err != nil {
		return err
	}
	row, err := catalog.Find("arena")
	if err != nil {
		return err
	}
	if c.Workers <= 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	progress := job.NewProgress(job.ProgressParams{Out: env.Stderr, Terminal: env.Terminal, Label: "shooting", Unit: "matches"})
	defer progress.Close()
	rows, err := train.MeasureShooting(env.Context, train.ShootingParams{Weapons: c.Weapon, Matches: c.Matches, Ticks: c.Ticks, Seed: c.Seed,
		Policy: row.Params(env.Networks), Workers: c.Workers, Worked: func() { progress.Add(1) }})
	if err != nil {
		return err
	}
	progress.Close()
	if c.JSON {
		return env.JSON(rows)
	}
	return frame.Columns(env.Stdout, func(w io.Writer) {
		fmt.Fprintln(w, "weapon\tdistance\thand\taccuracy\tinterval\tshots\tfights\thit\tfirst hit, ticks\tinterval")
		for _, r := range rows {
			fmt.Fprintf(w, "%s\t%s\t%s\t%.1f %%\t%.1f to %.1f\t%d\t%d\t%d\t%.1f\t%.1f to %.1f\n", r.Weapon, r.Distance, r.Hand,
				r.Accuracy.Reward, r.Accuracy.Low, r.Accuracy.High, r.Shots, r.Fights, r.Hit, r.FirstHit.Reward, r.FirstHit.Low, r.FirstHit.High)
		}
	})
}
