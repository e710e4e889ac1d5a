package policy

import (
	"fmt"
	"os"
	"path/filepath"

	"dryad/cmd/dryad/cli/frame"
	"dryad/internal/atomicfile"
	"dryad/policy/export"
)

type exportCommand struct {
	File   string `arg:"" help:"Policy to write as source code, or - for standard input."`
	To     string `help:"c (one C99 header and source) or go (one file)." enum:"c,go" required:"" placeholder:"LANGUAGE"`
	Prefix string `help:"Begins every name of the C code; the package of the Go code. The policy's name by default." placeholder:"NAME"`
	Output string `short:"o" help:"Folder to write to; it is made if it is missing." default:"." placeholder:"DIR"`
	gameFlag
	frame.NetFlag
}

func (c *exportCommand) Run(env *frame.Env) error {
	if err := c.ReadNets(env, ""); err != nil {
		return err
	}
	read, err := checkPolicy(env, c.File, c.gameFlag)
	if err != nil {
		return err
	}
	if err := read.usable(env); err != nil {
		return err
	}
	checker, err := read.checker()
	if err != nil {
		return err
	}
	p, faults := checker.Parse(policyName(c.File), read.source)
	if p == nil {
		return fmt.Errorf("export %s: %w", c.File, faults.Err())
	}
	files, err := export.Write(p, export.Params{To: export.Language(c.To), Prefix: c.Prefix})
	if err != nil {
		return fmt.Errorf("export %s: %w", c.File, err)
	}
	if err := os.MkdirAll(c.Output, 0o755); err != nil {
		return fmt.Errorf("make the folder of the code: %w", err)
	}
	for _, f := range files {
		path := filepath.Join(c.Output, f.Name)
		if err := atomicfile.Rewrite(path, f.Data); err != nil {
			return err
		}
		env.Logf("%s: written", path)
	}
	return nil
}
