package critic

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/evolve/calibrate"
	"dryad/feedback"
	"dryad/internal/atomicfile"
	"dryad/internal/english"
)

// Command is the family.
type Command struct {
	Calibrate calibrateCommand `cmd:"" help:"Measure how often a critic sees a fault that was planted."`
}

type calibrateCommand struct {
	VisionModel string   `name:"vision-model" help:"Name of a model that can look at pictures." placeholder:"M"`
	Second      string   `name:"second-critic" help:"Let this model criticise each answer before it counts; the critic then answers once more (Critic-V)." placeholder:"M"`
	Faults      []string `name:"fault" sep:"none" help:"Only this fault; repeat for more." placeholder:"NAME"`
	List        bool     `help:"List the faults and ask nothing."`
	Matches     int      `default:"1" help:"Pairs of matches that each fault is shown in." placeholder:"N"`
	Questions   int      `help:"Put at most so many questions, two for each pair and repairs apart; the pairs go through dimensions and faults in turn (default: all pairs)." placeholder:"N"`
	Against     string   `default:"veteran" help:"The shipped policy that plays against those that are judged." placeholder:"NAME"`
	Schema      bool     `name:"json-schema" help:"Demand the form of the answer of the endpoint, too."`
	Pictures    string   `help:"Folder to write what the critic is shown to." placeholder:"DIR" type:"path"`
	Exchanges   string   `default:"calibrate.exchanges.jsonl" help:"File to record questions and answers on: what stands there is not asked again." placeholder:"FILE" type:"path"`
	frame.ModelFlags
	frame.SeedFlag
	frame.TicksFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (calibrateCommand) Help() string {
	return `Policies with a planted fault (it runs from every fight, ignores medkits, stays in
a corner, ...) and the same policies without it play the same matches. The critic
rates each match on its own in the dimension that the fault concerns; it is told no
names, and which match comes first is drawn. The table says how often the faulty
one got the lower rating, beside a coin, and how many of the critic's claims hold.

Answers are recorded. The same command goes on after an interruption or a failure,
and with more --questions or --matches, and pays for no answer twice. A command of
--llm-exec gets the question on standard input; pictures are PNG files that it
names ("Picture 1: PATH") and that are gone when the command has ended.

  dryad critic calibrate --list
  dryad critic calibrate --vision-model M --base-url http://localhost:8080/v1
  dryad critic calibrate --llm-exec ./ask.sh --questions 10
  dryad critic calibrate --cassette calibrate.exchanges.jsonl --questions 10`
}

func (c *calibrateCommand) Run(env *frame.Env) error {
	faults, err := calibrate.Faults()
	if err != nil {
		return err
	}
	if faults, err = c.chosen(faults); err != nil {
		return err
	}
	if c.List {
		return frame.Columns(env.Stdout, func(w io.Writer) {
			fmt.Fprintln(w, "fault\tdimension\tmode\twhat it does")
			for _, f := range faults {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", f.Name, f.Dimension.Name, f.Config.Mode, f.About)
			}
		})
	}
	if c.Matches < 1 {
		return fmt.Errorf("--matches %d: it must be 1 at least", c.Matches)
	}
	if c.Questions < 0 || c.Questions == 1 {
		return fmt.Errorf("--questions %d: a pair takes two", c.Questions)
	}
	if !c.Asked(c.VisionModel) {
		return errors.New("name who is measured: --vision-model M --base-url U, --llm-exec 'COMMAND', or --cassette FILE")
	}
	model, err := c.Open(env, c.VisionModel, c.Exchanges)
	if err != nil {
		return err
	}
	defer model.Close()
	params := calibrate.Params{
		Faults: faults, Critic: model, Opponent: c.Against, Matches: c.Matches, Seed: c.Seed, Ticks: c.Ticks, Program: frame.Version,
		MaxTokens: c.AnswerTokens, Schema: c.Schema, Questions: c.Questions, Concurrent: c.LLMConcurrent, Say: func(line string) { env.Logf("%s", line) },
	}
	if c.Pictures != "" {
		params.Kept = c.keep
	}
	if c.Second != "" {
		if params.Second, err = model.Named(env, &c.ModelFlags, c.Second); err != nil {
			return err
		}
	}
	result, err := calibrate.Run(env.Context, params)
	model.Report(env)
	if err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(result)
	}
	return show(env, result)
}

// chosen are the faults that the flags name.
func (c *calibrateCommand) chosen(faults []calibrate.Fault) ([]calibrate.Fault, error) {
	if len(c.Faults) == 0 {
		return faults, nil
	}
	var list []calibrate.Fault
	for _, name := range c.Faults {
		at := slices.IndexFunc(faults, func(f calibrate.Fault) bool { return f.Name == name })
		if at < 0 {
			return nil, fmt.Errorf("there is no fault %q: --list names them", name)
		}
		list = append(list, faults[at])
	}
	return list, nil
}

// keep writes the pictures and facts of one match.
func (c *calibrateCommand) keep(fault, match int, faulty bool, facts string, pictures feedback.Pictures) error {
	folder := filepath.Join(c.Pictures, fmt.Sprintf("%02d-%d-%s", fault+1, match+1, map[bool]string{false: "without", true: "with"}[faulty]))
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	if err := atomicfile.Write(filepath.Join(folder, "facts.txt"), []byte(facts)); err != nil {
		return err
	}
	for _, p := range pictures {
		if err := atomicfile.Write(filepath.Join(folder, p.Name+".png"), p.PNG); err != nil {
			return err
		}
	}
	return nil
}

func show(env *frame.Env, r *calibrate.Result) error {
	rating := func(p calibrate.Pair, n int) string {
		switch {
		case p.Verdict == calibrate.Unanswered:
			return ""
		case n == 0:
			return "not told"
		}
		return fmt.Sprint(n)
	}
	err := frame.Columns(env.Stdout, func(w io.Writer) {
		fmt.Fprintln(w, "fault\tdimension\twithout\twith\trating of the faulty one\tpoints without, with")
		for _, p := range r.Pairs {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%.0f, %.0f\n", p.Fault, p.Dimension, rating(p, p.Without), rating(p, p.With), p.Verdict, p.PointsWithout, p.PointsWith)
		}
	})
	if err != nil {
		return err
	}
	for _, p := range r.Pairs {
		if p.Why != "" {
			env.Logf("%s: %s", p.Fault, p.Why)
		}
	}
	if missing := len(r.Pairs) - r.Of; missing > 0 {
		env.Logf("%s without an answer: the same command asks again for what is missing", english.Number(missing, "pair"))
	}
	if r.LeftOut > 0 {
		env.Logf("%s left out by --questions", english.Number(r.LeftOut, "pair"))
	}
	if r.Of == 0 {
		return errors.New("no pair was answered")
	}
	env.Printf("\n%s rates the faulty one lower in %.1f of %d pairs: %.2f (95 %% interval %.2f to %.2f; a tie counts one half)\n", r.Critic, r.Lower, r.Of, r.Lower/float64(r.Of), r.Low, r.High)
	env.Printf("a coin would do as well in the decided pairs with probability %.3f\n", r.Coin)
	if r.Second != "" {
		env.Printf("%s, as the second critic, objected to %d of %d answers; %d ratings changed\n", r.Second, r.Objected, 2*r.Of, r.Changed)
	}
	var parts []string
	for _, d := range feedback.Dimensions {
		if hits := r.Claims[d.Name]; hits.Claims > 0 {
			parts = append(parts, d.Name+": "+hits.String())
		}
	}
	if len(parts) > 0 {
		env.Printf("claims on %s\n", strings.Join(parts, "; on "))
	}
	return nil
}
