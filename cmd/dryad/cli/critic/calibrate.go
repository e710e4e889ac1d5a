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
)

// Command is the family.
type Command struct {
	Calibrate calibrateCommand `cmd:"" help:"Measure how often a critic sees a fault that was planted."`
}

type calibrateCommand struct {
	VisionModel string   `name:"vision-model" help:"Name of a model that can look at pictures." placeholder:"M"`
	Faults      []string `name:"fault" sep:"none" help:"Only this fault; repeat for more." placeholder:"NAME"`
	List        bool     `help:"List the faults and ask nothing."`
	Matches     int      `default:"1" help:"Pairs of matches that each fault is shown in." placeholder:"N"`
	Against     string   `default:"veteran" help:"The shipped policy that plays against those that are judged." placeholder:"NAME"`
	Schema      bool     `name:"json-schema" help:"Demand the form of the answer of the endpoint, too."`
	Pictures    string   `help:"Folder to write what the critic is shown to." placeholder:"DIR" type:"path"`
	Exchanges   string   `help:"File to record questions and answers on: what stands there is not asked again." placeholder:"FILE" type:"path"`
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

  dryad critic calibrate --list
  dryad critic calibrate --vision-model M --base-url http://localhost:8080/v1`
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
		MaxTokens: c.AnswerTokens, Schema: c.Schema, Concurrent: c.LLMConcurrent, Say: func(line string) { env.Logf("%s", line) },
	}
	if c.Pictures != "" {
		params.Kept = c.keep
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
	rating := func(n int) string {
		if n == 0 {
			return "not told"
		}
		return fmt.Sprint(n)
	}
	err := frame.Columns(env.Stdout, func(w io.Writer) {
		fmt.Fprintln(w, "fault\tdimension\twithout\twith\trating of the faulty one\tpoints without, with")
		for _, p := range r.Pairs {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%.0f, %.0f\n", p.Fault, p.Dimension, rating(p.Without), rating(p.With), p.Verdict, p.PointsWithout, p.PointsWith)
		}
	})
	if err != nil {
		return err
	}
	env.Printf("\n%s rates the faulty one lower in %.1f of %d pairs: %.2f (95 %% interval %.2f to %.2f; a tie counts one half)\n", r.Critic, r.Lower, r.Of, r.Lower/float64(r.Of), r.Low, r.High)
	env.Printf("a coin would do as well in the decided pairs with probability %.3f\n", r.Coin)
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
