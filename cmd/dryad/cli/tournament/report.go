package tournament

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/internal/atomicfile"
	"dryad/job"
	"dryad/store"
	"dryad/tournament"
	"dryad/viewer/page"
)

type reportCommand struct {
	Folder string `arg:"" name:"run" help:"Folder of the run."`
	Pages  int    `help:"Make pages that show so many matches of every two policies; each has some 5 MB." placeholder:"N"`
	Kit    string `help:"The viewer for web pages, as 'make page' builds it; looked for beside dryad by default." placeholder:"FILE"`
	frame.WADFlag
}

// Help is the long help of the command.
func (reportCommand) Help() string {
	return strings.TrimSpace(`
The cells of the payoff matrix are linked to the matches of their policies: to the page
that shows a match where --pages has made one, or else to its replay. Replays are there
if the tournament was run with --replays.`)
}

func (c *reportCommand) Run(env *frame.Env) error {
	if err := c.FindWADs(); err != nil {
		return err
	}
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
	if c.Pages > 0 {
		made, err := c.pages(env.Context, params)
		if err != nil {
			return err
		}
		env.Logf("%d pages made", made)
	}
	result, err := tournament.Tabulate(env.Context, params)
	if err != nil {
		return err
	}
	if err := writeReport(env, c.Folder, params, result); err != nil {
		return err
	}
	env.Logf("report in %s", filepath.Join(c.Folder, frame.ReportFile))
	return nil
}

// pages makes the pages that are not there yet.
func (c *reportCommand) pages(ctx context.Context, params tournament.Params) (made int, err error) {
	kit, err := page.Find(c.Kit)
	if err != nil {
		return 0, err
	}
	shown := map[string]int{}
	err = tournament.Games(ctx, params, func(g tournament.Game) error {
		if g.Replay == "" || g.Void {
			return nil
		}
		cell := strings.Join(g.Policies, "\x00")
		if shown[cell]++; shown[cell] > c.Pages {
			return nil
		}
		target := filepath.Join(c.Folder, filepath.FromSlash(pageName(g.Replay)))
		if _, err := os.Stat(target); err == nil {
			return nil
		}
		file, err := os.ReadFile(filepath.Join(c.Folder, filepath.FromSlash(g.Replay)))
		if err != nil {
			return err
		}
		html, err := kit.Write(strings.Join(g.Policies, " - ")+" - dryad", file)
		if err != nil {
			return fmt.Errorf("%s: %w", g.Replay, err)
		}
		made++
		return atomicfile.Write(target, html)
	})
	return made, err
}

// pageName is the page of a replay.
func pageName(replay string) string { return strings.TrimSuffix(replay, ".replay") + ".html" }

// writeReport writes the report of a run into its folder.
func writeReport(env *frame.Env, dir string, params tournament.Params, result *tournament.Result) error {
	text, err := tournament.Report(context.WithoutCancel(env.Context), params, result, tournament.ReportParams{Page: func(replay string) string {
		name := pageName(replay)
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			return ""
		}
		return name
	}})
	if err != nil {
		return err
	}
	return atomicfile.Write(filepath.Join(dir, frame.ReportFile), text)
}
