package evolve

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/rating"
)

type tableCommand struct {
	Folders []string `arg:"" name:"run" help:"Folders of runs that have ended."`
	frame.JSONFlag
}

// Help is the long help of the command.
func (tableCommand) Help() string {
	return strings.TrimSpace(`
Runs of the same settings but for their seed are one row of the table for each
opponent: the mean over the seeds of the champion's win rate on held-out games,
with the interval of 95 % by Student's distribution over the seeds, and the win
rate of each seed. Rows of the same settings but for --max-matches stand below
each other: they are the points of a curve.

  dryad evolve table runs/evolve-*`)
}

// tableRow is what the champions of runs that differ by their seeds did against an
// opponent.
type tableRow struct {
	Settings   string `json:"settings"` // flags but for seed, budget and finals; empty for none
	MaxMatches int    `json:"max_matches"`
	Opponent   string `json:"opponent"`
	Mode       string `json:"mode"`
	// Mean is over the seeds; its interval is missing for one seed.
	Mean   float64  `json:"mean"`
	CILow  *float64 `json:"ci_low,omitempty"`
	CIHigh *float64 `json:"ci_high,omitempty"`
	// WorstTenth is the mean over the seeds of that of the finals, where they have it.
	WorstTenth *float64  `json:"worst_tenth,omitempty"`
	Matches    int       `json:"matches"` // of the finals of a seed
	Seeds      []uint64  `json:"seeds"`
	Rates      []float64 `json:"rates"` // of each seed
}

func (c *tableCommand) Run(env *frame.Env) error {
	var accounts []*account
	for _, folder := range c.Folders {
		a, err := readAccount(env, folder)
		if err != nil {
			return err
		}
		if len(a.HeldOut) == 0 {
			return fmt.Errorf("%s has not played its finals: resume it with dryad evolve --resume %s", folder, folder)
		}
		if len(accounts) > 0 && a.Game != accounts[0].Game {
			return fmt.Errorf("%s is of %s and %s of %s: they do not go into one table", c.Folders[0], accounts[0].Game, folder, a.Game)
		}
		accounts = append(accounts, a)
	}
	rows, err := tableRows(accounts)
	if err != nil {
		return err
	}
	if c.JSON {
		return env.JSON(rows)
	}
	return frame.Columns(env.Stdout, func(w io.Writer) {
		fmt.Fprintln(w, "settings\tmatches\topponent\tmode\tmean\tinterval\tworst tenth\tseeds\teach")
		for _, r := range rows {
			interval, worst := "", ""
			if r.CILow != nil {
				interval = fmt.Sprintf("%.3f to %.3f", *r.CILow, *r.CIHigh)
			}
			if r.WorstTenth != nil {
				worst = fmt.Sprintf("%.3f", *r.WorstTenth)
			}
			each := make([]string, len(r.Rates))
			for i, rate := range r.Rates {
				each[i] = fmt.Sprintf("%.3f", rate)
			}
			fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%.3f\t%s\t%s\t%d\t%s\n", cmp.Or(r.Settings, "default"), r.MaxMatches, r.Opponent, r.Mode, r.Mean, interval, worst, len(r.Seeds), strings.Join(each, " "))
		}
	})
}

// tableRows puts runs that differ by their seeds into one row for each opponent and
// mode.
func tableRows(accounts []*account) ([]tableRow, error) {
	slices.SortStableFunc(accounts, func(a, b *account) int {
		return cmp.Or(strings.Compare(a.flags, b.flags), a.MaxMatches-b.MaxMatches, cmp.Compare(a.Seed, b.Seed))
	})
	rows := []tableRow{}
	var tenths [][]float64
	first := 0 // of the rows of the present settings
	for i, a := range accounts {
		if i == 0 || a.flags != accounts[i-1].flags || a.MaxMatches != accounts[i-1].MaxMatches {
			first = len(rows)
		} else if a.Seed == accounts[i-1].Seed {
			return nil, fmt.Errorf("%s and %s are the same run: both have the seed %d", accounts[i-1].Run, a.Run, a.Seed)
		}
		for _, h := range a.HeldOut {
			at := first + slices.IndexFunc(rows[first:], func(r tableRow) bool { return r.Opponent == h.Opponent && r.Mode == h.Mode })
			if at < first {
				at = len(rows)
				rows = append(rows, tableRow{Settings: a.flags, MaxMatches: a.MaxMatches, Opponent: h.Opponent, Mode: h.Mode, Matches: h.Matches})
				tenths = append(tenths, nil)
			}
			rows[at].Seeds = append(rows[at].Seeds, a.Seed)
			rows[at].Rates = append(rows[at].Rates, h.WinRate)
			if h.WorstTenth != nil {
				tenths[at] = append(tenths[at], *h.WorstTenth)
			}
		}
	}
	for i := range rows {
		mean, interval := rating.MeanInterval(rows[i].Rates)
		rows[i].Mean = mean
		if !math.IsInf(interval.High, 1) {
			low, high := max(0, interval.Low), min(1, interval.High) // a rate lies between
			rows[i].CILow, rows[i].CIHigh = &low, &high
		}
		if len(tenths[i]) == len(rows[i].Rates) {
			worst, _ := rating.MeanInterval(tenths[i])
			rows[i].WorstTenth = &worst
		}
	}
	return rows, nil
}

// withoutFinals leaves the number of final matches out of a run's flags.
func withoutFinals(flags []string) string {
	var kept []string
	for i := 0; i < len(flags); i++ {
		if flags[i] == "--held-out-pairs" {
			i++
			continue
		}
		kept = append(kept, quoted(flags[i]))
	}
	return strings.Join(kept, " ")
}
