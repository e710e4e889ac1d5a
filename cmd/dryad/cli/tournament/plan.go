package tournament

import (
	"fmt"
	"io"
	"runtime"
	"time"

	"dryad/cmd/dryad/cli/frame"
	"dryad/match"
	"dryad/tournament"
)

// trialSteps is the size of a tournament, in agent-steps, from which a match is
// played beforehand to say how long it will take.
const trialSteps = 20_000_000

// plan prints what would be played.
func (c *runCommand) plan(env *frame.Env) error {
	settings := &tournamentSettings{}
	if c.Resume != "" {
		var err error
		if settings, _, err = inspect(env, c.Resume); err != nil {
			return err
		}
	} else if err := c.settings(env, settings); err != nil {
		return err
	}
	params, err := settings.params(env)
	if err != nil {
		return err
	}
	plan, err := tournament.PlanOf(params)
	if err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(plan)
	}
	printPlan(env.Stdout, plan)
	return nil
}

// announce prints the plan before a tournament begins, and how long it will take if
// that is worth a trial.
func announce(env *frame.Env, params tournament.Params, workers int) error {
	plan, err := tournament.PlanOf(params)
	if err != nil {
		return err
	}
	printPlan(env.Stderr, plan)
	if plan.Steps < trialSteps || params.Queue != nil {
		return nil
	}
	config := params.Config
	if len(params.Scenarios) > 0 {
		config = params.Scenarios[0]
	} else {
		config.Map = params.Maps[0]
	}
	trial := match.Params{Game: params.Game, Config: config, Seed: params.Seed, Program: params.Program}
	for i := range plan.Sides {
		e := params.Competitors[i]
		if members := params.Portfolios[i]; members != nil {
			e = members[0]
		}
		if e.Record.Source == "" && e.Carried == nil {
			return nil // who asks others may cost more than time
		}
		trial.Sides = append(trial.Sides, e)
	}
	began := time.Now()
	outcome, err := match.Run(env.Context, trial)
	if err != nil || len(outcome.Teams) == 0 || outcome.Ticks == 0 {
		return err
	}
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	steps := float64(outcome.Ticks * len(outcome.Teams))
	total := time.Duration(float64(time.Since(began)) / steps * float64(plan.Steps) / float64(workers))
	env.Logf("time: at most some %v with %d matches at a time, by one match that was played on trial", total.Round(time.Second), workers)
	return nil
}

// printPlan prints a plan in lines.
func printPlan(w io.Writer, p *tournament.Plan) {
	rounds := ""
	if p.Rounds > 0 {
		rounds = fmt.Sprintf(", %d rounds", p.Rounds)
	}
	fmt.Fprintf(w, "plan: %s of %d policies%s: %d matches in %d groups of %d with one seed, in which each policy takes every side once\n",
		p.Schedule, p.Policies, rounds, p.Matches, p.Groups, p.Sides)
	used := "all of them are played on"
	if p.Used < p.Games {
		used = fmt.Sprintf("%d of them are played on", p.Used)
	}
	fmt.Fprintf(w, "maps: %d, %s\n", p.Games, used)
	fmt.Fprintf(w, "cost: at most %d agent-steps\n", p.Steps)
}

// printStanding prints the order that the rounds of a Swiss tournament or a
// knock-out give.
func printStanding(w io.Writer, r *tournament.Result) {
	if len(r.Standing) == 0 {
		return
	}
	knockout := true
	for _, s := range r.Standing {
		knockout = knockout && s.Points == 0
	}
	if knockout {
		fmt.Fprint(w, "\nplace\tpolicy\tlost in\n")
	} else {
		fmt.Fprint(w, "\nplace\tpolicy\tpoints\tBuchholz\n")
	}
	for _, s := range r.Standing {
		switch {
		case !knockout:
			fmt.Fprintf(w, "%d\t%s\t%g\t%g\n", s.Place, s.Policy, s.Points, s.Buchholz)
		case s.Out == 0:
			fmt.Fprintf(w, "%d\t%s\t-\n", s.Place, s.Policy)
		default:
			fmt.Fprintf(w, "%d\t%s\tround %d\n", s.Place, s.Policy, s.Out)
		}
	}
}
