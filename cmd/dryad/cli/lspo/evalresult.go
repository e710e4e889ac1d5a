package lspo

import (
	"fmt"
	"io"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games/werewolf/rules"
	"dryad/lspo/werewolf"
)

// lspoEval is the last line of lspo eval --json.
type lspoEval struct {
	Run        string              `json:"run"`
	RunSeed    uint64              `json:"run_seed"`
	Hearing    int                 `json:"hearing"`
	Rules      rules.Set           `json:"rules"`
	Iterations []lspoEvalIteration `json:"iterations"`
	Baselines  []lspoEvalAgent     `json:"baselines"`
	Ablations  []lspoEvalAgent     `json:"ablations"`
	Clusters   []lspoEvalClusters  `json:"clusters"`
	Abstract   []lspoEvalAbstract  `json:"abstract"`
	Cross      *lspoEvalCross      `json:"cross,omitempty"`
	Missed     float64             `json:"no_candidate"` // part of the last iteration's speeches
	Seeds      []uint64            `json:"seeds"`
}

type lspoEvalIteration struct {
	Iteration  int                 `json:"iteration"`
	AsWolves   lspoEvalSide        `json:"as_wolves"`
	AsVillage  lspoEvalSide        `json:"as_village"`
	Prediction map[string]float64  `json:"prediction"`
	LastGains  lspoEvalDifferences `json:"last_over_this"`
}

// lspoEvalDifferences are win rates of the last iteration less those of this
// one, on the same deals.
type lspoEvalDifferences struct {
	AsWolves  werewolf.Gain `json:"as_wolves"`
	AsVillage werewolf.Gain `json:"as_village"`
}

type lspoEvalSide struct {
	Games      int                `json:"games"`
	WinRate    float64            `json:"win_rate"`
	Low        float64            `json:"ci_low"`
	High       float64            `json:"ci_high"`
	Lost       int                `json:"lost_turns"` // of both sides
	Prediction map[string]float64 `json:"prediction,omitempty"`
}

type lspoEvalAgent struct {
	Agent     string       `json:"agent"`
	AsWolves  lspoEvalSide `json:"as_wolves"`
	AsVillage lspoEvalSide `json:"as_village"`
}

type lspoEvalClusters struct {
	Iteration int     `json:"iteration"`
	Role      string  `json:"role"`
	Clusters  int     `json:"clusters"`
	Agreement float64 `json:"adjusted_rand"`
}

// lspoEvalAbstract puts the value of an iteration's abstract game beside what is
// played in words. Nothing in it is the exploitability of an agent that talks.
type lspoEvalAbstract struct {
	Iteration int `json:"iteration"`
	// Value is what a werewolf gets in the abstract game when all play by the
	// solution, Played what it gets when all play by it in words.
	Value  werewolf.Gain `json:"wolf_value"`
	Played werewolf.Gain `json:"wolf_value_played"`
	Gap    float64       `json:"gap"`
	// Exact is known of 4 players: the value in tables, and what one player of
	// each role would gain by deviating.
	Exact *werewolf.Exact `json:"exact,omitempty"`
}

// lspoEvalCross is every agent against every other.
type lspoEvalCross struct {
	Agents []string `json:"agents"`
	// WinRates has the win rate of the werewolves of the row against the village
	// of the column.
	WinRates [][]float64 `json:"wolf_win_rates"`
	// Margins has the mean of both sides' win rates of the row against the
	// column, less one half.
	Margins [][]float64 `json:"margins"`
	// Weights are those of the agents in the equilibrium of largest entropy of
	// the game over the margins, Ratings the agents' margins against it.
	Weights []float64 `json:"nash_weights"`
	Ratings []float64 `json:"nash_ratings"`
}

// print writes the tables for people.
func (r *lspoEval) print(env *frame.Env) {
	show := func(s lspoEvalSide) string { return fmt.Sprintf("%.3f [%.3f, %.3f]", s.WinRate, s.Low, s.High) }
	frame.Columns(env.Stdout, func(w io.Writer) {
		fmt.Fprintf(w, "against iteration %d\tas wolves\tas village\tlast is better as wolves by\tas village by\n", len(r.Iterations))
		for _, it := range r.Iterations {
			fmt.Fprintf(w, "iteration %d\t%s\t%s\t%s\t%s\n", it.Iteration, show(it.AsWolves), show(it.AsVillage),
				signed(it.LastGains.AsWolves), signed(it.LastGains.AsVillage))
		}
		for _, a := range append(r.Baselines[:len(r.Baselines):len(r.Baselines)], r.Ablations...) {
			fmt.Fprintf(w, "%s\t%s\t%s\n", a.Agent, show(a.AsWolves), show(a.AsVillage))
		}
	})
	for _, side := range []struct {
		name string
		of   func(lspoEvalIteration) map[string]float64
	}{
		{"village", func(it lspoEvalIteration) map[string]float64 { return it.AsVillage.Prediction }},
		{"werewolves", func(it lspoEvalIteration) map[string]float64 { return it.AsWolves.Prediction }},
	} {
		env.Printf("\nroles predicted rightly, by the %s\n", side.name)
		frame.Columns(env.Stdout, func(w io.Writer) {
			for _, it := range r.Iterations {
				fmt.Fprintf(w, "iteration %d", it.Iteration)
				for _, role := range []string{"wolf", "seer", "doctor", "villager", "all"} {
					if p, ok := side.of(it)[role]; ok {
						fmt.Fprintf(w, "\t%s %.2f", role, p)
					}
				}
				fmt.Fprintln(w)
			}
		})
	}
	env.Printf("\nclusters against the acts behind the texts, adjusted Rand index\n")
	frame.Columns(env.Stdout, func(w io.Writer) {
		for _, c := range r.Clusters {
			fmt.Fprintf(w, "iteration %d\t%s\t%d clusters\t%.2f\n", c.Iteration, c.Role, c.Clusters, c.Agreement)
		}
	})
	r.printAbstract(env)
	if r.Cross != nil {
		r.Cross.print(env)
	}
	env.Printf("\nin %.0f%% of the last iteration's speeches no candidate was of the strategy drawn\n", 100*r.Missed)
}

func (r *lspoEval) printAbstract(env *frame.Env) {
	env.Printf("\nvalue of a werewolf, a win being 1 and a loss -1: in the abstract game, and played in words\n")
	frame.Columns(env.Stdout, func(w io.Writer) {
		for _, a := range r.Abstract {
			fmt.Fprintf(w, "iteration %d\tabstract %s\tin words %s\tgap %+.3f\n", a.Iteration, signed(a.Value), signed(a.Played), a.Gap)
		}
	})
	frame.Columns(env.Stdout, func(w io.Writer) {
		for _, a := range r.Abstract {
			if a.Exact == nil {
				continue
			}
			fmt.Fprintf(w, "iteration %d\tgain by deviating in the abstract game", a.Iteration)
			for _, kind := range r.Rules.Kinds() {
				role := kind.String()
				fmt.Fprintf(w, "\t%s %.3f (tables %.3f)", role, a.Exact.DeepGains[role], a.Exact.Gains[role])
			}
			fmt.Fprintln(w)
		}
	})
}

func (c *lspoEvalCross) print(env *frame.Env) {
	env.Printf("\nwin rates of the werewolves of the row against the village of the column\n")
	frame.Columns(env.Stdout, func(w io.Writer) {
		for _, name := range c.Agents {
			fmt.Fprintf(w, "\t%s", name)
		}
		fmt.Fprintln(w)
		for i, row := range c.WinRates {
			fmt.Fprint(w, c.Agents[i])
			for _, rate := range row {
				fmt.Fprintf(w, "\t%.3f", rate)
			}
			fmt.Fprintln(w)
		}
	})
	env.Printf("\nNash averaging over both sides: weight in the best mix, and margin against it\n")
	frame.Columns(env.Stdout, func(w io.Writer) {
		for i, name := range c.Agents {
			fmt.Fprintf(w, "%s\t%.2f\t%+.3f\n", name, c.Weights[i], c.Ratings[i])
		}
	})
}

// printRuns puts the werewolves' win rates of several runs side by side.
func printRuns(env *frame.Env, all []*lspoEval) {
	env.Printf("\nwin rates of the werewolves against each run's last iteration\n")
	frame.Columns(env.Stdout, func(w io.Writer) {
		for _, r := range all {
			fmt.Fprint(w, r.Run)
			for _, it := range r.Iterations {
				fmt.Fprintf(w, "\t%d: %.3f [%.3f, %.3f]", it.Iteration, it.AsWolves.WinRate, it.AsWolves.Low, it.AsWolves.High)
			}
			fmt.Fprintln(w)
		}
	})
}

// signed is a mean with its interval.
func signed(g werewolf.Gain) string {
	return fmt.Sprintf("%+.3f [%+.3f, %+.3f]", g.Mean, g.Low, g.High)
}
