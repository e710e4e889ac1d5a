package lspo

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/internal/english"
	"dryad/lspo/evaluate"
)

// printResult writes the tables for people.
func printResult(env *frame.Env, r *evaluate.Result) {
	show := func(s evaluate.Side) string { return fmt.Sprintf("%.3f [%.3f, %.3f]", s.WinRate, s.Low, s.High) }
	frame.Columns(env.Stdout, func(w io.Writer) {
		fmt.Fprintf(w, "against iteration %d\tas wolves\tas village\tlast is better as wolves by\tas village by\n", len(r.Iterations))
		for _, it := range r.Iterations {
			fmt.Fprintf(w, "iteration %d\t%s\t%s\t%s\t%s\n", it.Iteration, show(it.AsWolves), show(it.AsVillage),
				evaluate.Signed(it.LastGains.AsWolves), evaluate.Signed(it.LastGains.AsVillage))
		}
		for _, a := range append(r.Baselines[:len(r.Baselines):len(r.Baselines)], r.Ablations...) {
			fmt.Fprintf(w, "%s\t%s\t%s\n", a.Agent, show(a.AsWolves), show(a.AsVillage))
		}
	})
	for _, side := range []struct {
		name string
		of   func(evaluate.Row) map[string]float64
	}{
		{"village", func(it evaluate.Row) map[string]float64 { return it.AsVillage.Prediction }},
		{"werewolves", func(it evaluate.Row) map[string]float64 { return it.AsWolves.Prediction }},
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
	printMeasures(env, r)
	env.Printf("\nclusters against the acts behind the texts, adjusted Rand index\n")
	frame.Columns(env.Stdout, func(w io.Writer) {
		for _, c := range r.Clusters {
			fmt.Fprintf(w, "iteration %d\t%s\t%s\t%.2f\n", c.Iteration, c.Role, english.Number(c.Clusters, "cluster"), c.Index)
		}
	})
	printAbstract(env, r)
	if r.Cross != nil {
		printCross(env, r.Cross)
	}
	env.Printf("\nin %.0f%% of the last iteration's speeches no candidate was of the strategy drawn\n", 100*r.Missed)
}

// printMeasures shows what both sides did, each against the last iteration.
func printMeasures(env *frame.Env, r *evaluate.Result) {
	env.Printf("\nwhat the sides did\n")
	frame.Columns(env.Stdout, func(w io.Writer) {
		row := func(name string, m map[string]float64) {
			fmt.Fprint(w, name)
			for _, key := range slices.Sorted(maps.Keys(m)) {
				fmt.Fprintf(w, "\t%s %.2f", strings.ReplaceAll(key, "_", " "), m[key])
			}
			fmt.Fprintln(w)
		}
		for _, it := range r.Iterations {
			row(fmt.Sprintf("iteration %d, village", it.Iteration), it.AsVillage.Measures)
			row(fmt.Sprintf("iteration %d, werewolves", it.Iteration), it.AsWolves.Measures)
		}
	})
}

func printAbstract(env *frame.Env, r *evaluate.Result) {
	env.Printf("\nvalue of a werewolf, a win being 1 and a loss -1: in the abstract game, and played in words\n")
	frame.Columns(env.Stdout, func(w io.Writer) {
		for _, a := range r.Abstract {
			fmt.Fprintf(w, "iteration %d\tabstract %s\tin words %s\tgap %+.3f\n", a.Iteration, evaluate.Signed(a.Value), evaluate.Signed(a.Played), a.Gap)
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

func printCross(env *frame.Env, c *evaluate.Cross) {
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
func printRuns(env *frame.Env, all []*evaluate.Result) {
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

// printOver writes the table over runs that differ in their seeds alone.
func printOver(env *frame.Env, r *evaluate.Runs, last int) {
	show := func(a evaluate.Across) string { return fmt.Sprintf("%.3f [%.3f, %.3f]", a.Mean, a.Low, a.High) }
	signed := func(a evaluate.Across) string { return fmt.Sprintf("%+.3f [%+.3f, %+.3f]", a.Mean, a.Low, a.High) }
	table := func(list []evaluate.Comparison, head string, show func(evaluate.Across) string) {
		env.Printf("\n%s, mean of %d runs, intervals over runs and deals\n", head, len(r.Seeds))
		frame.Columns(env.Stdout, func(w io.Writer) {
			fmt.Fprint(w, "\tas wolves\tas village\tboth\n")
			for _, c := range list {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", c.Name, show(c.AsWolves), show(c.AsVillage), show(c.Both))
			}
		})
	}
	table(r.Gains, fmt.Sprintf("gains in win rate against iteration %d", last), signed)
	table(r.Against, fmt.Sprintf("win rates of iteration %d against others", last), show)
}
