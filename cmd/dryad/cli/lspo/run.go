package lspo

import (
	"fmt"
	"runtime"
	"text/tabwriter"
	"time"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games/werewolf/abstract"
	"dryad/internal/english"
	"dryad/job"
	"dryad/lspo/session"
)

func workers() int { return runtime.GOMAXPROCS(0) }

// runJSON is the last line of lspo run --json.
type runJSON struct {
	Run        string   `json:"run"`
	Game       string   `json:"game"`
	Seed       uint64   `json:"seed"`
	Stopped    job.Stop `json:"stopped"`
	Iterations []any    `json:"iterations"`
	// Asked is what a chat model was asked; nil without one.
	Asked *asked `json:"asked,omitempty"`
}

// run goes through the iterations and prints what the run came to.
func (o *opened) run(run *job.Run, budget job.Budget, asJSON bool) error {
	env, s := o.env, o.Settings()
	env.Logf("lspo %s, %s, seed %d, in %s", s.Game, english.Number(s.Iterations, "iteration"), s.Seed, run.Dir())
	if err := o.estimate(); err != nil {
		env.Logf("resume with: %s", run.ResumeCommand())
		return err
	}
	if s.Payoff == abstract.Shaped {
		env.Logf("the shaped rewards make the abstract game general-sum: regret minimisation need not come to an equilibrium of it")
	}
	progress := env.Progress(job.ProgressParams{Label: "start", Unit: "steps"})
	report, err := o.Run(env.Context, session.RunParams{Budget: budget, Progress: progress})
	progress.Close()
	if o.model != nil {
		o.model.Report(env)
	}
	if err != nil {
		env.Logf("resume with: %s", run.ResumeCommand())
		return err
	}
	out := runJSON{Run: run.Dir(), Game: s.Game, Seed: s.Seed, Stopped: report.Stopped, Iterations: []any{}, Asked: o.asked()}
	table := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	for _, it := range report.Iterations {
		fmt.Fprintln(table, it.Line)
		out.Iterations = append(out.Iterations, it.Value)
	}
	table.Flush()
	env.Logf("%s; figures in %s", report.Stopped.Sentence(), run.Path(session.ResultFile))
	if report.Stopped.Resumable() {
		env.Logf("resume with: %s", run.ResumeCommand())
	}
	if report.Page != "" {
		env.Logf("report in %s", report.Page)
	}
	if asJSON {
		if err := env.JSON(out); err != nil {
			return err
		}
	}
	if report.Stopped == job.Interrupted {
		return frame.ExitCode(frame.ExitInterrupted)
	}
	return nil
}

// estimate says how long a run with the paper's numbers will take, before it
// begins.
func (o *opened) estimate() error {
	s := o.Settings()
	begun, err := o.Begun(o.env.Context)
	if err != nil || begun || s.Preset != "paper" || o.Werewolf() == nil {
		return err
	}
	o.env.Logf("the paper's numbers: measuring how long they take")
	cfr, each, err := o.Estimate(o.env.Context)
	if err != nil {
		return err
	}
	o.env.Logf("one iteration of Deep CFR takes %v here: expect about %s for each iteration, %s for all %d",
		cfr.Round(time.Millisecond), inWords(each), inWords(time.Duration(s.Iterations)*each), s.Iterations)
	if o.settings.talks() {
		o.env.Logf("the time of the model's answers comes on top")
	}
	return nil
}

// inWords says a long time roughly.
func inWords(d time.Duration) string {
	switch {
	case d < 90*time.Minute:
		return fmt.Sprintf("%.0f minutes", max(1, d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%.0f hours", d.Hours())
	}
	return fmt.Sprintf("%.1f days", d.Hours()/24)
}
