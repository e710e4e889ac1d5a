package lspo

import (
	"context"
	"fmt"
	"os"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/internal/english"
	"dryad/lspo/chat"
	"dryad/lspo/prefer"
	"dryad/lspo/werewolf"
)

type pairsCommand struct {
	RunFolder string `arg:"" name:"run" help:"Folder of a run of dryad lspo run werewolf or negotiation."`
	Format    string `enum:"trl,openrlhf,llama-factory,openai" default:"trl" help:"Shape of the rows: trl (axolotl reads it too), openrlhf, llama-factory or openai."`
	Iteration int    `help:"Preferences of this iteration (default: of all)." placeholder:"N"`
	Out       string `required:"" help:"File to write, one JSON object a line." placeholder:"FILE"`
}

// Help is the long help of the command.
func (pairsCommand) Help() string {
	return strings.TrimSpace(`
What the solution of each iteration prefers among the candidates of self-play:
the messages that a chat model is asked in that turn are the prompt, two of the
candidates the answers, in the form that it is asked for. Every row has the margin (the difference of the two strategies'
advantages, where a win is 1 and a loss -1) and its origin; OpenAI's rows have no
room for them, and get a file of the same lines beside theirs.

  trl            TRL's DPOTrainer; axolotl with type chat_template.default and
                 field_messages: prompt
  openrlhf       --prompt_key prompt --apply_chat_template
  llama-factory  formatting sharegpt, ranking true, columns conversations,
                 chosen, rejected and system
  openai         a preference (DPO) fine-tuning job

  dryad lspo pairs runs/lspo-1 --format trl --out pairs.jsonl
  dryad lspo lint pairs.jsonl --format trl`)
}

func (c *pairsCommand) Run(env *frame.Env) error {
	o, err := inspect(env, c.RunFolder)
	if err != nil {
		return err
	}
	defer o.close()
	rows, err := o.rows(env.Context, c.Iteration)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fmt.Errorf("%s has no preferences there", c.RunFolder)
	}
	origins, err := prefer.Save(c.Out, prefer.Format(c.Format), rows)
	if err != nil {
		return err
	}
	if origins != "" {
		env.Logf("margin and origin of each row are in %s", origins)
	}
	env.Printf("%d preferences in %s\n", len(rows), c.Out)
	return nil
}

// rows returns the preferences of an iteration of the run, of all for 0.
func (o *opened) rows(ctx context.Context, iteration int) ([]prefer.Row, error) {
	if o.Werewolf() != nil {
		iterations, err := o.Iterations(ctx)
		return rowsFrom(iterations, iteration, err, func(it *werewolf.Iteration) ([]prefer.Row, error) { return rowsOf(ctx, o.Werewolf(), it) })
	}
	game, iterations, err := o.Negotiation(ctx)
	if game == nil {
		return nil, fmt.Errorf("%s is a run of %s, which has no preferences", o.Folder(), o.Settings().Game)
	}
	return rowsFrom(iterations, iteration, err, game.Rows)
}

// rowsFrom returns the rows of the iteration of a number, of all for 0. It passes
// on the error that the iterations came with.
func rowsFrom[T any](iterations []T, number int, err error, rows func(*T) ([]prefer.Row, error)) ([]prefer.Row, error) {
	if err != nil {
		return nil, err
	}
	var all []prefer.Row
	for i := range iterations {
		if number != 0 && number != i+1 {
			continue
		}
		some, err := rows(&iterations[i])
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// rowsOf returns the preferences of an iteration. What the embedded speaker
// thought of is put as a chat model would be asked and answer.
func rowsOf(ctx context.Context, g *werewolf.Game, it *werewolf.Iteration) ([]prefer.Row, error) {
	pairs, err := g.Pairs(ctx, it)
	if err != nil {
		return nil, err
	}
	policy, ok := it.Policy.(*chat.Policy)
	if !ok {
		policy = &chat.Policy{}
	}
	return chat.Rows(policy, pairs)
}

type lintCommand struct {
	File   string `arg:"" type:"existingfile" help:"File of preferences, one JSON object a line."`
	Format string `enum:"trl,openrlhf,llama-factory,openai" default:"trl" help:"Shape that the rows should have."`

	frame.JSONFlag
}

// lintSummary is the last line of lspo lint --json.
type lintSummary struct {
	File   string         `json:"file"`
	Format string         `json:"format"`
	Rows   int            `json:"rows"`
	Faults []prefer.Fault `json:"faults"`
}

func (c *lintCommand) Run(env *frame.Env) error {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	faults, rows, err := prefer.Lint(file, prefer.Format(c.Format))
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	for _, f := range faults {
		env.Printf("%s: %s\n", c.File, f)
	}
	if len(faults) == 0 {
		env.Logf("%s, all as %s wants them", english.Number(rows, "row"), c.Format)
	}
	if c.JSON {
		if faults == nil {
			faults = []prefer.Fault{}
		}
		if err := env.JSON(lintSummary{File: c.File, Format: c.Format, Rows: rows, Faults: faults}); err != nil {
			return err
		}
	}
	if len(faults) > 0 {
		return frame.ExitCode(frame.ExitFailed)
	}
	return nil
}
