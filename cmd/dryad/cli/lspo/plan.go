package lspo

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"dryad/cmd/dryad/cli/frame"
	deal "dryad/games/negotiation"
	"dryad/job"
	"dryad/lspo/negotiation"
)

type planCommand struct {
	RunFolder string `arg:"" name:"run" help:"Folder of a run of dryad lspo run negotiation."`
	Iteration int    `help:"Iteration whose solution is the plan (default: the last)." placeholder:"N"`
	Games     int    `default:"20" help:"Matches on each seat." placeholder:"N"`
	Model     string `help:"Chat model." placeholder:"M"`
	Constrain string `enum:"off,json-schema" default:"off" help:"Hold the answers of an endpoint to the form that is asked for: off, or json-schema (response_format)."`

	frame.ModelFlags
	frame.SeedFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (planCommand) Help() string {
	return strings.TrimSpace(`
A chat model plays Negotiation against an iteration's agent, on both seats: once
it decides by itself, once the iteration's solution decides every move and the
model puts it into words. Between them stands the plan in the game's own words.
All three play the same deals. Words that do not say what was planned are asked
for once more; then the plan is said plainly, and counted.

Answers are recorded in the run's folder, so that the same command asks nothing
twice.

  dryad lspo plan runs/n --model M --base-url http://127.0.0.1:18780/v1 --games 50`)
}

// planJSON is the last line of lspo plan --json.
type planJSON struct {
	Run       string     `json:"run"`
	Iteration int        `json:"iteration"`
	Seed      uint64     `json:"seed"`
	Agents    []planCell `json:"agents"`
	Asked     *asked     `json:"asked,omitempty"`
}

// planCell is what one agent came to.
type planCell struct {
	Agent string `json:"agent"`
	*negotiation.Versus
	Counts *negotiation.TalkerCounts `json:"counts,omitempty"` // of a chat model
}

// plansFile is the file that answers are recorded in.
const plansFile = "plan.jsonl"

func (c *planCommand) Run(env *frame.Env) error {
	if c.Games < 1 {
		return fmt.Errorf("--games %d: at least 1", c.Games)
	}
	if !c.Asked(c.Model) {
		return errors.New("name a chat model: --model M --base-url U, or --llm-exec 'COMMAND'")
	}
	if c.Constrain != "off" && c.LLMExec != "" {
		return errors.New("--constrain is for an endpoint: what --llm-exec runs is sent no schema")
	}
	o, err := inspect(env, c.RunFolder)
	if err != nil {
		return err
	}
	defer o.close()
	game, iterations, err := o.Negotiation(env.Context)
	if err != nil {
		return err
	}
	if game == nil {
		return fmt.Errorf("%s is a run of %s, not of negotiation", c.RunFolder, o.Settings().Game)
	}
	n := len(iterations)
	if c.Iteration != 0 {
		n = c.Iteration
	}
	if n < 1 || n > len(iterations) {
		return fmt.Errorf("--iteration %d: the run has the iterations 1 to %d", c.Iteration, len(iterations))
	}
	it := &iterations[n-1]
	if o.model, err = c.Open(env, c.Model, filepath.Join(c.RunFolder, plansFile)); err != nil {
		return err
	}
	result := planJSON{Run: c.RunFolder, Iteration: n, Seed: c.Seed}
	progress := env.Progress(job.ProgressParams{Label: "start", Unit: "matches"})
	defer progress.Close()
	plan := game.Plan(it)
	for _, a := range []struct {
		name string
		plan negotiation.Plan
		asks bool
	}{{"model alone", nil, true}, {"plan alone", plan, false}, {"plan in the model's words", plan, true}} {
		cell := planCell{Agent: a.name}
		progress.Phase(a.name, 2*c.Games, 0)
		agent, talker := deal.Agent(negotiation.Plain(plan)), (*negotiation.Talker)(nil)
		if a.asks {
			if talker, err = negotiation.NewTalker(negotiation.TalkerParams{
				Provider: o.model, Plan: a.plan, MaxTokens: c.AnswerTokens, Temperature: c.Temperature, Constrain: c.Constrain != "off",
			}); err != nil {
				return err
			}
			agent = talker
		}
		cell.Versus, err = game.Meet(env.Context, agent, game.Agent(it), c.Games, c.Seed, func() error {
			progress.Add(1)
			if talker == nil {
				return nil
			}
			return talker.Err()
		})
		if err != nil {
			return err
		}
		if talker != nil {
			counts := talker.Counts()
			cell.Counts = &counts
		}
		result.Agents = append(result.Agents, cell)
	}
	progress.Close()
	result.Asked = o.asked()
	result.print(env)
	o.model.Report(env)
	if c.JSON {
		return env.JSON(result)
	}
	return nil
}

func (r *planJSON) print(env *frame.Env) {
	table := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "against iteration %d\tpoints, speaking first\tpoints, speaking second\tthe other's\tdeals\tturns\tlost\tplain\tunknown to the plan\n", r.Iteration)
	for _, a := range r.Agents {
		fmt.Fprintf(table, "%s", a.Agent)
		for _, m := range a.Points {
			fmt.Fprintf(table, "\t%.2f [%.2f, %.2f]", m.Mean, m.Low, m.High)
		}
		fmt.Fprintf(table, "\t%.2f, %.2f\t%.2f", a.Others[0].Mean, a.Others[1].Mean, a.Deals)
		if n := a.Counts; n != nil {
			fmt.Fprintf(table, "\t%d\t%d\t%d\t%d", n.Turns, n.Failed, n.Plain, n.Strayed)
		} else {
			fmt.Fprint(table, "\t\t\t\t")
		}
		fmt.Fprintln(table)
	}
	table.Flush()
}
