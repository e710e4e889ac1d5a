package refine

import (
	"errors"
	"fmt"
	"io"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/dsl"
	"dryad/evolve"
	"dryad/evolve/session"
	"dryad/internal/atomicfile"
	"dryad/llm/lessons"
	"dryad/match/dispatch"
	"dryad/policy"
	"dryad/tournament/worth"
)

// sayFlags say in words how the policy is to be changed.
type sayFlags struct {
	Say       string `help:"What the policy shall do otherwise, in words; a language model writes the patch." placeholder:"TEXT"`
	Model     string `help:"Name of the language model, for --say." placeholder:"M"`
	Repairs   int    `default:"3" help:"How often a model's faulty answer goes back with its faults, for --say." placeholder:"N"`
	Lessons   string `help:"File of lessons to which --say is added, for 'dryad evolve --lessons'; the model is told those that are there." placeholder:"FILE" type:"path"`
	Exchanges string `help:"File to record the question and the answer of --say on: what stands there is not asked again." placeholder:"FILE" type:"path"`
	frame.ModelFlags
	frame.SeedFlag
}

const sayHelp = `
With --say a language model changes the policy by a patch, so that it does what is
said and keeps all else. The changed policy plays the unchanged one, and both play
the shipped policies of the game on the same seeds (--matches). What was said is kept
as a lesson (--lessons).

  dryad refine rookie.dryad --say "do not chase when you are low" --model M --base-url http://localhost:8080/v1 -o better.dryad
`

// said is the object that refine --say --json prints.
type said struct {
	Policy     string               `json:"policy"`
	Say        string               `json:"say"`
	Patch      string               `json:"patch"`
	Reflection string               `json:"reflection,omitempty"`
	Attempts   int                  `json:"attempts"`
	Source     string               `json:"source"`
	Matches    []evolve.BeforeAfter `json:"matches"`
	Output     string               `json:"output,omitempty"`
}

// say changes the policy as a person says.
func (c *Command) say(env *frame.Env) error {
	if c.Policy == "" {
		return errors.New("--say changes a policy: name it, dryad refine POLICY --say TEXT")
	}
	if !c.Asked(c.Model) {
		return errors.New("--say needs something to ask: --model M --base-url U, --llm-exec 'COMMAND', or --cassette FILE")
	}
	if c.Matches < 0 {
		return errors.New("--matches is at least 0")
	}
	source, err := seats.ReadPolicy(env, c.Policy)
	if err != nil {
		return err
	}
	file, _ := dsl.Parse(c.Policy, source)
	row, err := catalog.Find(file.Policy.Game)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Policy, err)
	}
	if err := c.ReadNets(env, row.Name); err != nil {
		return err
	}
	entrant, err := seats.PlayablePolicy(env, c.Policy, row.Game())
	if err != nil {
		return err
	}
	checker := row.Checker(env.Networks)
	configs, err := session.Scenarios(row.Game(), row.Scenarios.Configs, row.Scenarios.Training, 0)
	if err != nil {
		return err
	}
	table, err := worth.Shipped(row.Name)
	if err != nil {
		return err
	}
	params := evolve.SayParams{Policy: entrant, Say: c.Say, Seed: c.Seed, ModelParams: evolve.ModelParams{
		Checker: checker, Scenario: session.Describe(row.Game(), configs), Worth: table.Lines(30),
		Repairs: c.Repairs, MaxTokens: c.AnswerTokens, Temperature: c.Temperature,
	}}
	if c.Repairs == 0 {
		params.Repairs = -1
	}
	if c.Lessons != "" {
		known, err := lessons.Read(c.Lessons)
		if err != nil {
			return err
		}
		params.Lessons = lessons.Words(lessons.Of(known, row.Name))
	}
	model, err := c.Open(env, c.Model, c.Exchanges)
	if err != nil {
		return err
	}
	defer model.Close()
	params.Provider = model
	changed, err := evolve.Say(env.Context, params)
	model.Report(env)
	if err != nil {
		return err
	}
	out := said{Policy: c.Policy, Say: c.Say, Patch: changed.Patch, Reflection: changed.Reflection, Attempts: changed.Attempts, Source: changed.Source, Matches: []evolve.BeforeAfter{}}
	if pairs := c.Matches / 2; pairs > 0 {
		compare := evolve.BeforeAfterParams{Game: row.Game(), Before: entrant, After: changed.Policy, Configs: configs, Pairs: pairs, Seed: c.Seed, Dispatch: &dispatch.Dispatcher{Workers: c.Workers}}
		if compare.Opponents, err = shipped(row, checker, entrant); err != nil {
			return err
		}
		if out.Matches, err = compare.Compare(env.Context); err != nil {
			return err
		}
	}
	if c.Output != "" {
		if err := atomicfile.Rewrite(c.Output, []byte(changed.Source)); err != nil {
			return err
		}
		out.Output = c.Output
	}
	if c.Lessons != "" {
		lesson := lessons.Lesson{Game: row.Name, Text: c.Say, From: "a person, about " + entrant.Name}
		if err := lessons.Add(c.Lessons, lesson); err != nil {
			return err
		}
		env.Logf("kept as a lesson in %s", c.Lessons)
	}
	if c.JSON {
		return env.JSON(out)
	}
	return out.tell(env)
}

// shipped are the game's policies, but for the one that is changed.
func shipped(row *catalog.Row, checker *policy.Checker, but *policy.Policy) ([]*policy.Policy, error) {
	rows, err := row.Shipped()
	if err != nil {
		return nil, err
	}
	var list []*policy.Policy
	for _, s := range rows {
		p, faults := checker.Parse(s.Name, s.Source)
		if p == nil {
			return nil, fmt.Errorf("the shipped policy %s is faulty: %w", s.Name, faults.Err())
		}
		if p.Hash != but.Hash {
			list = append(list, p)
		}
	}
	return list, nil
}

// tell prints the patch and the matches.
func (s *said) tell(env *frame.Env) error {
	if s.Reflection != "" {
		env.Printf("%s\n\n", s.Reflection)
	}
	env.Content(s.Patch)
	if len(s.Matches) > 0 {
		err := frame.Columns(env.Stdout, func(w io.Writer) {
			fmt.Fprintln(w, "\nopponent\tbefore\tafter\tdifference\t95 % interval\tpairs")
			for _, m := range s.Matches {
				name := m.Opponent
				if name == "before" {
					name = "the unchanged policy"
				}
				fmt.Fprintf(w, "%s\t%.3f\t%.3f\t%+.3f\t%+.3f to %+.3f\t%d\n", name, m.Before, m.After, m.Difference, m.Low, m.High, m.Pairs)
			}
		})
		if err != nil {
			return err
		}
	}
	if s.Output != "" {
		env.Logf("%s is written", s.Output)
	}
	return nil
}
