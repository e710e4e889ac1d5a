package lspo

import (
	"fmt"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/replay"
)

type gameCommand struct {
	RunFolder string `arg:"" name:"run" help:"Folder of a run of dryad lspo run werewolf."`
	Iteration int    `default:"1" help:"Iteration whose self-play it is." placeholder:"N"`
	Match     int    `default:"0" help:"Number of the match, from 0." placeholder:"N"`
	Out       string `required:"" help:"File to write." placeholder:"FILE"`
}

// Help is the long help of the command.
func (gameCommand) Help() string {
	return strings.TrimSpace(`
Writes a match of self-play as a replay, which dryad replay verify checks and
dryad-viewer shows. No speaker is asked again: the seats take the decisions that the
run has kept.

  dryad lspo game runs/lspo-1 --iteration 2 --match 7 --out g.replay
  dryad replay verify g.replay`)
}

func (c *gameCommand) Run(env *frame.Env) error {
	o, err := inspect(env, c.RunFolder)
	if err != nil {
		return err
	}
	defer o.close()
	if o.Werewolf() == nil {
		return fmt.Errorf("%s is a run of %s, which plays no matches", c.RunFolder, o.Settings().Game)
	}
	iterations, err := o.Iterations(env.Context)
	if err != nil {
		return err
	}
	if c.Iteration < 1 || c.Iteration > len(iterations) {
		return fmt.Errorf("--iteration %d: the run has the iterations 1 to %d", c.Iteration, len(iterations))
	}
	r, err := o.Werewolf().Recording(env.Context, iterations[c.Iteration-1].Space, c.Match, frame.Version)
	if err != nil {
		return fmt.Errorf("--match %d: %w", c.Match, err)
	}
	if err := replay.WriteFile(c.Out, r); err != nil {
		return err
	}
	env.Printf("%d decision points in %s\n", r.Ticks, c.Out)
	return nil
}
