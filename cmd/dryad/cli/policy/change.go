package policy

import (
	"fmt"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/dsl"
	"dryad/dsl/patch"
	"dryad/internal/atomicfile"
)

type patchCommand struct {
	File   string `arg:"" help:"Policy to change."`
	Patch  string `arg:"" help:"Instructions, or - for standard input."`
	Output string `short:"o" help:"File to write; standard output by default." placeholder:"FILE"`
	Write  bool   `short:"w" help:"Write the changed policy back to its file."`
}

func (c *patchCommand) Run(env *frame.Env) error {
	file, err := parsePolicy(env, c.File)
	if err != nil {
		return err
	}
	text, err := seats.ReadSource(env, c.Patch)
	if err != nil {
		return err
	}
	changed, faults := patch.Apply(file, c.Patch, text)
	if !faults.OK() {
		fmt.Fprint(env.Stderr, dsl.Render(faults, dsl.RenderParams{Path: c.Patch, Source: text, Colour: env.Colour(), Width: env.Columns()}))
		return frame.ExitCode(frame.ExitFailed)
	}
	output := c.Output
	if c.Write {
		output = c.File
	}
	if output == "" {
		env.Content(dsl.Format(changed))
		return nil
	}
	return atomicfile.Rewrite(output, []byte(dsl.Format(changed)))
}

// parsePolicy reads a policy that must have the right form.
func parsePolicy(env *frame.Env, path string) (*dsl.File, error) {
	source, err := seats.ReadPolicy(env, path)
	if err != nil {
		return nil, err
	}
	file, faults := dsl.Parse(path, source)
	p := checkedPolicy{path: path, source: source, faults: faults}
	return file, p.usable(env)
}

type diffCommand struct {
	From string `arg:"" help:"Policy."`
	To   string `arg:"" help:"Another policy."`
	frame.JSONFlag
}

// Run prints the patch between two policies; like diff, it exits with 1 when
// they differ.
func (c *diffCommand) Run(env *frame.Env) error {
	from, err := parsePolicy(env, c.From)
	if err != nil {
		return err
	}
	to, err := parsePolicy(env, c.To)
	if err != nil {
		return err
	}
	text := patch.Diff(from, to)
	if c.JSON {
		result := struct {
			Equal bool   `json:"equal"`
			Patch string `json:"patch"`
		}{text == "", text}
		if err := env.JSON(result); err != nil {
			return err
		}
	} else {
		env.Content(text)
	}
	if strings.TrimSpace(text) != "" {
		return frame.ExitCode(frame.ExitFailed)
	}
	return nil
}
