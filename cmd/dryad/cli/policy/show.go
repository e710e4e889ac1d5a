package policy

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/dsl"
	"dryad/dsl/drawing"
	"dryad/dsl/prose"
	"dryad/dsl/starter"
	"dryad/internal/atomicfile"
	"dryad/policy/scenario"
)

type explainCommand struct {
	File string `arg:"" help:"Policy, or - for standard input."`
	gameFlag
}

func (c *explainCommand) Run(env *frame.Env) error {
	p, err := checkPolicy(env, c.File, c.gameFlag)
	if err != nil {
		return err
	}
	if err := p.usable(env); err != nil {
		return err
	}
	env.Printf("%s", prose.Explain(p.file, p.game))
	return nil
}

type graphCommand struct {
	File   string `arg:"" help:"Policy, or - for standard input."`
	Format string `help:"svg or dot; by default what the output's name says, else svg." enum:",svg,dot" default:""`
	Output string `short:"o" help:"File to write; standard output by default." placeholder:"FILE"`
}

func (c *graphCommand) Run(env *frame.Env) error {
	source, err := seats.ReadPolicy(env, c.File)
	if err != nil {
		return err
	}
	file, faults := dsl.Parse(c.File, source)
	if p := (&checkedPolicy{path: c.File, source: source, faults: faults}); p.usable(env) != nil {
		return frame.ExitCode(frame.ExitFailed)
	}
	if c.Format == "" {
		switch extension := strings.ToLower(filepath.Ext(c.Output)); extension {
		case ".dot", ".gv":
			c.Format = "dot"
		case ".svg", "":
			c.Format = "svg"
		default:
			return fmt.Errorf("%s: a drawing is written as .svg or .dot, not as %s; of a .dot file Graphviz makes it: dot -T%s",
				c.Output, extension, strings.TrimPrefix(extension, "."))
		}
	}
	var picture []byte
	if c.Format == "dot" {
		picture = []byte(drawing.DOT(file))
	} else {
		picture = drawing.SVG(file)
	}
	if c.Output != "" {
		return atomicfile.Rewrite(c.Output, picture)
	}
	_, err = env.Stdout.Write(picture)
	return err
}

type newCommand struct {
	File   string `arg:"" optional:"" help:"File to write; standard output by default."`
	Game   string `help:"Game to play." default:"arena" placeholder:"GAME"`
	Tactic string `help:"minimal, aggressive, cautious or balanced." default:"balanced" placeholder:"TACTIC"`
	Force  bool   `help:"Overwrite a file that exists."`
}

func (c *newCommand) Run(env *frame.Env) error {
	game, err := catalog.Game(c.Game)
	if err != nil {
		return err
	}
	name := c.Tactic
	if c.File != "" {
		name = policyName(c.File)
	}
	file, err := starter.New(c.Tactic, name, game.Vocabulary())
	if err != nil {
		return err
	}
	text := dsl.Format(file)
	if c.File == "" {
		env.Content(text)
		return nil
	}
	if _, err := os.Stat(c.File); err == nil && !c.Force {
		return fmt.Errorf("%s exists; --force overwrites it", c.File)
	}
	if err := atomicfile.Rewrite(c.File, []byte(text)); err != nil {
		return err
	}
	env.Logf("%s: written; dryad policy explain %s says what it does", c.File, c.File)
	return c.scenarios(env, file)
}

// scenarios drafts tests beside the policy, where there are none.
func (c *newCommand) scenarios(env *frame.Env, file *dsl.File) error {
	path := strings.TrimSuffix(c.File, filepath.Ext(c.File)) + ".scenario"
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	row, err := catalog.Find(c.Game)
	if err != nil {
		return err
	}
	text, faults := scenario.Draft(file, row.Checker(catalog.Networks{}), 1)
	if !faults.OK() {
		return faults.Err()
	}
	if err := atomicfile.Write(path, []byte(text)); err != nil {
		return err
	}
	env.Logf("%s: what it does, step by step; dryad policy test %s runs it", path, c.File)
	return nil
}
