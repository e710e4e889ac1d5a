package games

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/dsl"
	"dryad/games/script"
	"dryad/internal/atomicfile"
)

type newCommand struct {
	Name string `arg:"" help:"Folder to make; its last part names the game."`
}

func (c *newCommand) Run(env *frame.Env) error {
	name := filepath.Base(c.Name)
	if !dsl.Identifier(name) {
		return fmt.Errorf("games new: %q is no name of a game: use letters, digits and underscores, a letter first", name)
	}
	path := filepath.Join(c.Name, script.File)
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("games new: %s is there already", path)
	}
	if err := os.MkdirAll(c.Name, 0o755); err != nil {
		return fmt.Errorf("games new: %w", err)
	}
	source := strings.Replace(script.Template, fmt.Sprintf("name = %q", script.TemplateName), fmt.Sprintf("name = %q", name), 1)
	if err := atomicfile.Rewrite(path, []byte(source)); err != nil {
		return err
	}
	at := c.Name
	if !filepath.IsAbs(at) {
		at = "./" + filepath.ToSlash(at)
	}
	env.Logf("%s: written\ncheck it:   dryad games check %s\nits words:  dryad games show %s\nplay it:    dryad evolve %s", path, at, at, at)
	return nil
}

type checkCommand struct {
	Dir string `arg:"" help:"Folder of the game."`
	frame.JSONFlag
}

func (c *checkCommand) Run(env *frame.Env) error {
	var report script.Report
	g, err := script.Open(c.Dir)
	if err != nil {
		if _, missing := os.Stat(filepath.Join(c.Dir, script.File)); missing != nil {
			return fmt.Errorf("games check: there is no %s in %s; dryad games new makes a first one", script.File, c.Dir)
		}
		report.Faults = strings.Split(err.Error(), "\n")
	} else {
		report = script.Check(g)
	}
	if c.JSON {
		if err := env.JSON(struct {
			OK     bool     `json:"ok"`
			Faults []string `json:"faults"`
			Hints  []string `json:"hints"`
		}{len(report.Faults) == 0, report.Faults, report.Hints}); err != nil {
			return err
		}
	}
	for _, f := range report.Faults {
		env.Logf("error: %s", f)
	}
	for _, h := range report.Hints {
		env.Logf("hint: %s", h)
	}
	if len(report.Faults) > 0 {
		return frame.ExitCode(frame.ExitFailed)
	}
	if !c.JSON {
		env.Logf("%s: ok, %d matches played", c.Dir, report.Matches)
	}
	return nil
}
