package lspo

import (
	"path/filepath"
	"strings"

	"dryad/cmd/dryad/cli/frame"
)

type reportCommand struct {
	RunFolder string `arg:"" name:"run" help:"Folder of a run of dryad lspo."`
	Out       string `help:"File to write (default: report.html in the run's folder)." placeholder:"FILE"`
}

// Help is the long help of the command.
func (reportCommand) Help() string {
	return strings.TrimSpace(`
Writes one HTML page that loads nothing from anywhere: the latent strategies of
every iteration by their central utterances, with silhouettes, the adjusted Rand
index and how much each is used before and after solving; curves over the
iterations; and the tables of the last dryad lspo eval, if there was one. A run
writes it at its end.

  dryad lspo report runs/lspo-1`)
}

func (c *reportCommand) Run(env *frame.Env) error {
	o, err := inspect(env, c.RunFolder)
	if err != nil {
		return err
	}
	defer o.close()
	path := c.Out
	if path == "" {
		path = filepath.Join(c.RunFolder, frame.ReportFile)
	}
	if err := o.WriteReport(env.Context, path); err != nil {
		return err
	}
	env.Printf("%s\n", path)
	return nil
}
