package evolve

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/evolve"
	"dryad/llm"
	"dryad/llm/prompt"
)

// LLMCommand is the family of commands about language models.
type LLMCommand struct {
	Prompt promptCommand `cmd:"" help:"Print the first question of 'dryad evolve GAME --proposer llm', and its size."`
}

// promptCommand prints the first question of a search.
type promptCommand struct {
	Game    string   `arg:"" help:"The game, for example arena, or GAME/NAME for a definition of its catalogue."`
	Tactic  string   `help:"What the trees shall do, in words." placeholder:"TEXT"`
	Start   string   `type:"existingfile" help:"Tree to begin with (default: the game's weak one)." placeholder:"FILE"`
	Slot    int      `help:"Which of the first generation's questions, from 0." placeholder:"N"`
	Maps    []string `name:"map" help:"Map to train on; repeat for more." placeholder:"MAP"`
	Modes   []string `name:"mode" help:"Rule set; repeat for more." placeholder:"MODE"`
	Only    bool     `name:"sizes" help:"Print the sizes alone."`
	Patches bool     `help:"Ask for a tree or for changes to the present one, as evolve --patches does."`
	Answer  int      `name:"answer-tokens" default:"4096" help:"Most tokens of the answer, for --context." placeholder:"N"`

	abilityFlags
	toldFlags
	untoldFlag

	seats.GamesFlag
	frame.NetFlag
	frame.SeedFlag
	frame.TicksFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (promptCommand) Help() string {
	return strings.TrimSpace(`
No model is asked. --context N cuts the question to fit a context of N tokens, as
the search does, and the table says what was left out. The start plays the matches whose figures a first question
shows. The number of tokens is an estimate, one for three bytes, which is more
than models take for English; the budgets of 'dryad evolve' use the same one
where an endpoint counts none.

  dryad llm prompt arena
  dryad llm prompt arena --tactic "play safe" --sizes
  dryad llm prompt arena --context 8192 --sizes`)
}

// promptPart is a part of the question in the JSON result.
type promptPart struct {
	Role   llm.Role `json:"role"`
	Title  string   `json:"title"`
	Tokens int      `json:"tokens"`
	Why    string   `json:"why"`
	Cut    string   `json:"cut,omitempty"`
	Text   string   `json:"text,omitempty"`
}

func (c *promptCommand) Run(env *frame.Env) error {
	if c.Constrain == auto {
		return errors.New("--constrain auto asks an endpoint, and this command asks none: name the form")
	}
	if c.Patches && c.Constrain != off {
		return errors.New("--patches is for free answers: the grammar of --constrain has whole trees only")
	}
	if err := c.abilityFlags.check(&frame.ModelFlags{}); err != nil {
		return err
	}
	s, err := newSettings(env, &runCommand{
		Game: c.Game, Proposer: "llm", Tactic: c.Tactic, Start: c.Start, Search: evolve.SearchGenetic, Repairs: 3, Gens: 1,
		Maps: c.Maps, Modes: c.Modes, GamesFlag: c.GamesFlag, NetFlag: c.NetFlag, SeedFlag: c.SeedFlag, TicksFlag: c.TicksFlag, toldFlags: c.toldFlags, untoldFlag: c.untoldFlag,
	})
	if err != nil {
		return err
	}
	s.Context, s.Levels, s.Patches, s.Asking.AnswerTokens = c.Context, c.Levels, c.Patches, c.Answer
	if c.Constrain != off {
		s.Dialect = llm.Dialect(c.Constrain)
	}
	parts, err := s.firstParts(env, c.Slot)
	if err != nil {
		return err
	}
	return c.print(env, parts)
}

func (c *promptCommand) print(env *frame.Env, parts []prompt.Part) error {
	total := 0
	sizes := make([]promptPart, len(parts))
	for i, p := range parts {
		sizes[i] = promptPart{Role: p.Role, Title: p.Title, Why: p.Why, Cut: p.Cut}
		if p.Text != "" {
			sizes[i].Tokens = llm.EstimateTokens([]llm.Message{{Text: p.Text}})
		}
		total += sizes[i].Tokens
		if !c.Only {
			sizes[i].Text = p.Text
		}
	}
	if c.JSON {
		return env.JSON(struct {
			Tokens int          `json:"tokens"`
			Parts  []promptPart `json:"parts"`
		}{total, sizes})
	}
	var role llm.Role
	for _, p := range sizes {
		if c.Only {
			break
		}
		if p.Text == "" {
			continue
		}
		if p.Role != role {
			env.Content(fmt.Sprintf("==== %s ====\n\n", p.Role))
			role = p.Role
		}
		env.Content(p.Text + "\n\n")
	}
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "role\tpart\ttokens (estimate)\twhy")
	for _, p := range sizes {
		why := p.Why
		if p.Cut != "" {
			why += "; " + p.Cut
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\n", p.Role, p.Title, p.Tokens, why)
	}
	fmt.Fprintf(w, "\tall\t%d\t\n", total)
	return w.Flush()
}
