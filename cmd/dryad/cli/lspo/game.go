package lspo

import (
	"fmt"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/lspo/werewolf"
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
run has kept. The replay says of each speech which latent strategy it was, and how
probable each strategy is in the solution of the iteration.

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
	names, err := o.Names()
	if err != nil {
		return err
	}
	r, err := o.Werewolf().Recording(env.Context, werewolf.RecordingParams{
		Iteration: &iterations[c.Iteration-1], Match: c.Match, Names: names.NamesOf(c.Iteration), Program: frame.Version,
	})
	if err != nil {
		return fmt.Errorf("--match %d: %w", c.Match, err)
	}
	if err := replay.WriteFile(c.Out, r); err != nil {
		return err
	}
	env.Printf("%d decision points in %s\n", r.Ticks, c.Out)
	return nil
}
