package policy

import (
	"fmt"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/dsl/export"
	"dryad/internal/atomicfile"
)

type grammarCommand struct {
	Game   string `help:"Game whose words are built in." default:"arena" placeholder:"GAME"`
	Format string `help:"gbnf, lark, ebnf or json-schema." enum:"gbnf,lark,ebnf,json-schema" default:"gbnf"`
	Depth  int    `help:"Levels of nodes." default:"4" placeholder:"N"`
	Output string `short:"o" help:"File to write; standard output by default." placeholder:"FILE"`
}

func (c *grammarCommand) Run(env *frame.Env) error {
	if c.Depth < 1 {
		return fmt.Errorf("a grammar has at least 1 level, not %d", c.Depth)
	}
	game, err := catalog.Game(c.Game)
	if err != nil {
		return err
	}
	text, err := export.Grammar(game.Vocabulary(), export.Params{Format: export.Format(c.Format), Depth: c.Depth})
	if err != nil {
		return err
	}
	if c.Output != "" {
		return atomicfile.Rewrite(c.Output, []byte(text))
	}
	env.Printf("%s", text)
	return nil
}
