package evolve

import (
	"fmt"
	"text/tabwriter"

	"dryad/cmd/dryad/cli/frame"
	"dryad/evolve"
	"dryad/evolve/session"
	"dryad/internal/english"
	"dryad/job"
)

// resultJSON is the last line of evolve --json.
type resultJSON struct {
	Run          string           `json:"run"`
	Stopped      job.Stop         `json:"stopped"`
	Champion     string           `json:"champion"` // path of the file
	ChampionHash string           `json:"champion_hash"`
	Generations  int              `json:"generations"`
	Matches      int              `json:"matches"` // of the search; the held-out ones are in their rows
	HeldOut      []evolve.HeldOut `json:"held_out"`
	ByMode       []evolve.HeldOut `json:"held_out_by_mode"`
}

// overall splits the rows into those over all modes and those of one.
func overall(rows []evolve.HeldOut) (all, byMode []evolve.HeldOut) {
	all, byMode = []evolve.HeldOut{}, []evolve.HeldOut{}
	for _, r := range rows {
		if r.Mode == "all" {
			all = append(all, r)
		} else {
			byMode = append(byMode, r)
		}
	}
	return all, byMode
}

// unusable returns an error when candidates were proposed and none of them was
// a legal policy: the run has searched nothing.
func unusable(result *evolve.Result) error {
	proposed := 0
	for _, e := range result.Entries {
		if e == result.Start || e.Generation == 0 {
			continue
		}
		if e.Fate != evolve.Faulty {
			return nil
		}
		proposed++
	}
	if proposed == 0 {
		return nil
	}
	return fmt.Errorf("of %s none was a legal policy: the champion is the policy that the search began with; what was wrong with them is above, and in the run's report", english.Number(proposed, "candidate"))
}

// tell ends the command: the table, the files, how to go on.
func (o *opened) tell(result *evolve.Result, asJSON bool) error {
	if err := o.show(result, asJSON); err != nil {
		return err
	}
	return unusable(result)
}

// show prints the result.
func (o *opened) show(result *evolve.Result, asJSON bool) error {
	o.env.Logf("%s after %s and %s", result.Stopped.Sentence(), english.Number(result.Generations, "generation"), english.Number(result.Matches, "match"))
	if result.Stopped == job.Interrupted {
		o.env.Logf("champion and report so far in %s", o.run.Dir())
		o.env.Logf("resume with: %s", o.run.ResumeCommand())
	}
	if asJSON {
		all, byMode := overall(result.HeldOut)
		err := o.env.JSON(resultJSON{
			Run: o.run.Dir(), Stopped: result.Stopped, Champion: o.run.Path(session.ChampionFile), ChampionHash: result.Champion.Hash,
			Generations: result.Generations, Matches: result.Matches, HeldOut: all, ByMode: byMode,
		})
		if err != nil || result.Stopped != job.Interrupted {
			return err
		}
		return frame.ExitCode(frame.ExitInterrupted)
	}
	if result.Stopped == job.Interrupted {
		return frame.ExitCode(frame.ExitInterrupted)
	}
	heldOutTable(o.env, result.HeldOut)
	o.env.Printf("\nchampion  %s  (%s, %.12s)\n", o.run.Path(session.ChampionFile), english.Number(result.Champion.Nodes, "node"), result.Champion.Hash)
	o.env.Printf("report    %s\n", o.run.Path(session.ReportFile))
	o.env.Printf("replays   %s  (watch one with dryad-viewer FILE)\n", o.run.Path("replays"))
	return nil
}

// heldOutTable prints the champion's record on the held-out maps.
func heldOutTable(env *frame.Env, rows []evolve.HeldOut) {
	env.Printf("\nThe champion on maps that the search never saw (a draw counts half; 95 %% interval over pairs):\n\n")
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "opponent\tmode\tmatches\twins\tdraws\tlosses\twin rate\tinterval\t\n")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\t%.1f %%\t%.1f to %.1f\t\n",
			r.Opponent, r.Mode, r.Matches, r.Wins, r.Draws, r.Losses, 100*r.WinRate, 100*r.CILow, 100*r.CIHigh)
	}
	w.Flush()
}
