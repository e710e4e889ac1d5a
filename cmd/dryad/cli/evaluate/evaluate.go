package evaluate

import (
	"encoding/json"
	"fmt"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/internal/english"
	"dryad/job"
	"dryad/match"
	"dryad/match/dispatch"
	"dryad/replay"
	"dryad/store"
	"dryad/tournament/evaluate"
)

// Command measures a policy.
type Command struct {
	Policy  string   `arg:"" optional:"" help:"Policy to measure: a file, or the name of a shipped one."`
	Against []string `help:"Opponents, separated by commas: files, or names of shipped policies; all shipped ones by default." placeholder:"POLICY"`
	Alone   bool     `help:"No opponents: the policy plays all seats, and its own figures are reported by mode."`
	Behaves bool     `name:"behaviour" help:"Measure how the policy plays, too: distances, height, fights. Every match is executed once more."`
	Game    string   `help:"Name of the game, or GAME/NAME for a definition of its catalogue." default:"arena" placeholder:"GAME"`
	seats.GamesFlag
	frame.NetFlag
	frame.WADFlag
	frame.TicksFlag
	frame.SeedFlag
	seats.QueueFlags
	frame.BudgetFlags
	frame.RunFlags
	frame.JSONFlag
}

// kind is the kind of run in run.json and in the store.
const kind = "evaluate"

// defaultSample is how many games are played when nobody says.
const defaultSample = 200

// Help is the long help of the command.
func (Command) Help() string {
	return strings.TrimSpace(`
The policy meets every opponent on every game, in two matches of one seed with
the sides swapped. The tables say how it does over all games and by mode, family
of maps and rules, with the interval of 95 % and the number of matches; the games
in which it does worst are listed with a replay each. In co-operative modes each
policy plays the seed without the other, and who achieves more has the pair.

--behaviour adds how the policy plays: its distance from enemies and mates, its height
above the nearest enemy, how its fights begin and end, each a mean over pairs with an
interval, so that two policies can be told apart by more than their scores.

With --alone the policy plays all seats of each game in two matches, and the
table has a seat's mean figures, such as kills, objectives and points, by mode.

The run folder holds result.json, report.html with pictures of the worst games,
and replays/. Ctrl-C stops cleanly; --resume goes on to the same result.

  dryad evaluate mine.dryad
  dryad evaluate mine.dryad --against expert,veteran --games 'split=held-out' --sample 500
  dryad evaluate mine.dryad --against expert --games 'mode=capture_the_flag' --behaviour
  dryad evaluate mine.dryad --against old.dryad --game arena/caves-62-domination-fog`)
}

// Run plays the matches and prints the tables.
func (c *Command) Run(env *frame.Env) error {
	if err := c.FindWADs(); err != nil {
		return err
	}
	run, kept, params, err := c.open(env)
	if err != nil {
		return err
	}
	defer run.Close()
	db, err := store.Open(run.Database())
	if err != nil {
		return err
	}
	defer db.Close()
	q, done, err := c.QueueFlags.Open(env)
	if err != nil {
		return err
	}
	defer done()
	params.Store, params.ID, params.Program = db, kind, frame.Version
	params.Dispatch = &dispatch.Dispatcher{Workers: c.Workers, Queue: q}
	params.Budget = job.NewBudget(c.MaxMatches, c.MaxMinutes)
	params.Progress = env.Progress(job.ProgressParams{Label: "pairs", Unit: "matches"})
	who := "alone"
	if len(kept.Against) > 0 {
		who = "against " + kept.opponents()
	}
	env.Logf("run %s: %s on %s %s", run.Dir(), kept.Policy.Name, english.Number(len(params.Games), "game"), who)
	result, err := evaluate.Run(env.Context, *params)
	params.Progress.Close()
	if err != nil {
		env.Logf("go on with: %s", run.ResumeCommand())
		return err
	}
	return c.finish(env, run, params, result)
}

// report is the object that evaluate --json prints: result.json, and where it is.
type report struct {
	Run string `json:"run"`
	*evaluate.Result
}

// finish records the worst games, writes the result and prints the tables.
func (c *Command) finish(env *frame.Env, run *job.Run, params *evaluate.Params, result *evaluate.Result) error {
	var drawn [][]evaluate.Picture
	if result.Stopped == job.Finished {
		for i := range result.Worst {
			w := &result.Worst[i]
			o, err := match.Run(env.Context, params.Match(*w))
			if err != nil {
				return err
			}
			file, err := replay.Encode(o.Replay)
			if err != nil {
				return err
			}
			w.Replay = fmt.Sprintf("replays/worst-%02d.replay", i+1)
			if err := run.Write(w.Replay, file); err != nil {
				return err
			}
			seen, err := pictures(env.Context, params.Row, &o)
			if err != nil {
				return err
			}
			drawn = append(drawn, seen)
		}
	}
	text, err := json.MarshalIndent(result, "", "  ")
	if err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	if err := run.Write("result.json", append(text, '\n')); err != nil {
		return err
	}
	page, err := evaluate.Report(*params, result, drawn)
	if err != nil {
		return err
	}
	if err := run.Write("report.html", page); err != nil {
		return err
	}
	env.Logf("%s; result in %s, report in %s", result.Stopped.Sentence(), run.Path("result.json"), run.Path("report.html"))
	if err := show(env, run.Dir(), result, c.JSON); err != nil {
		return err
	}
	return frame.Leave(env, run, result.Stopped)
}
