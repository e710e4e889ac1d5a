package evaluate

import (
	"fmt"
	"io"

	"dryad/cmd/dryad/cli/frame"
	"dryad/internal/english"
	"dryad/tournament/evaluate"
)

// show prints the tables for people or programs.
func show(env *frame.Env, run string, r *evaluate.Result, asJSON bool) error {
	if asJSON {
		return env.JSON(report{run, r})
	}
	return frame.Columns(env.Stdout, func(w io.Writer) {
		fmt.Fprintf(w, "%s on %s, %s; intervals at 95 %%\n", r.Policy, english.Number(r.Games, "game"), english.Number(r.Matches, "match"))
		by := ""
		for _, row := range r.Rows {
			if row.By != by {
				by = row.By
				fmt.Fprintf(w, "\n%s\tagainst\tscore\tinterval\tmatches\tdrawn\tside 0\n", by)
			}
			value := row.Value
			if value == "" {
				value = "all games"
			}
			fmt.Fprintf(w, "%s\t%s\t%.3f\t%.3f to %.3f\t%d\t%.2f\t%.2f\n", value, row.Opponent, row.Score, row.Low, row.High, row.Matches, float64(row.Draws)/float64(row.Matches), row.FirstSide)
		}
		if len(r.Against) == 0 {
			showFigures(w, r.Figures)
		}
		showMeans(w, "a seat of the policy, mean of a match", r.Metrics)
		showMeans(w, "how the policy plays, mean of a match", r.Behaviour)
		if len(r.Worst) > 0 {
			fmt.Fprintln(w, "\nworst games\tagainst\tscore\tpoints\treplay")
		}
		for _, worst := range r.Worst {
			fmt.Fprintf(w, "%s\t%s\t%.2f\t%+.3g\t%s\n", worst.Game, worst.Opponent, worst.Score, worst.Margin, worst.Replay)
		}
		if r.Forfeits > 0 {
			fmt.Fprintf(w, "\nthe policy lost %s by its own fault\n", english.Number(r.Forfeits, "seat"))
		}
		if r.Void > 0 {
			fmt.Fprintf(w, "\n%d matches are not counted: something around a player failed\n", r.Void)
		}
	})
}

// showMeans prints means with their intervals.
func showMeans(w io.Writer, title string, metrics []evaluate.Metric) {
	if len(metrics) > 0 {
		fmt.Fprintf(w, "\n%s\n", title)
	}
	for _, m := range metrics {
		name := m.Name
		if m.Unit != "" {
			name += " (" + m.Unit + ")"
		}
		fmt.Fprintf(w, "%s\t%.4g", name, m.Value)
		if m.Low != nil {
			fmt.Fprintf(w, "\t%.4g to %.4g", *m.Low, *m.High)
		}
		fmt.Fprintln(w)
	}
}

// modesAcross is how many modes are beside each other in the table of figures.
const modesAcross = 5

// showFigures prints the figures of a seat, a column for each mode.
func showFigures(w io.Writer, figures []evaluate.Figures) {
	for len(figures) > 0 {
		some := figures[:min(modesAcross, len(figures))]
		figures = figures[len(some):]
		fmt.Fprint(w, "\na seat, by mode")
		for _, f := range some {
			fmt.Fprintf(w, "\t%s", f.Mode)
		}
		fmt.Fprint(w, "\nmatches")
		for _, f := range some {
			fmt.Fprintf(w, "\t%d", f.Matches)
		}
		fmt.Fprintln(w)
		for i, m := range some[0].Metrics {
			fmt.Fprint(w, m.Name)
			for _, f := range some {
				fmt.Fprint(w, "\t")
				if i < len(f.Metrics) && f.Metrics[i].Name == m.Name {
					fmt.Fprintf(w, "%.4g", f.Metrics[i].Value)
				}
			}
			fmt.Fprintln(w)
		}
	}
}
