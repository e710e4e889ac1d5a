package tournament

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/cmd/dryad/cli/seats"
	"dryad/internal/english"
	"dryad/rating"
	"dryad/tournament"
)

type sprtCommand struct {
	First   string   `arg:"" optional:"" name:"a" help:"Policy that is tested."`
	Second  string   `arg:"" optional:"" name:"b" help:"Policy that it is compared with."`
	Elo0    float64  `name:"elo0" help:"Null hypothesis: A is better by so many points at most." default:"0" placeholder:"POINTS"`
	Elo1    float64  `name:"elo1" help:"Alternative: A is better by so many points at least." default:"10" placeholder:"POINTS"`
	Model   string   `help:"What the points are: logistic, those of Elo ratings, or normalized, those of a game's deviation." default:"logistic" enum:"logistic,normalized"`
	Alpha   float64  `help:"Largest probability of accepting A when the null hypothesis is true." default:"0.05" placeholder:"P"`
	Beta    float64  `help:"Largest probability of rejecting A when the alternative is true." default:"0.05" placeholder:"P"`
	Game    string   `help:"Name of the game, or GAME/NAME for a definition of its catalogue." default:"arena" placeholder:"GAME"`
	Matches int      `help:"Matches at most, in pairs of one seed with the sides swapped." default:"20000" placeholder:"N"`
	Map     []string `help:"Map to play on; repeat for more. By default the game's held-out maps, which no search has seen." placeholder:"MAP" sep:"none"`
	Mode    string   `help:"Rule set of the matches; the game's first one by default." placeholder:"MODE"`
	Seats   int      `help:"Seats of a match; one policy plays the even teams, the other the odd ones." placeholder:"N"`
	Replays bool     `help:"Keep the replay of each match in the run's folder."`
	watchFlags
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

// Help is the long help of the command.
func (sprtCommand) Help() string {
	return strings.TrimSpace(`
The test is sequential: matches are played until their likelihood ratio decides
between the two hypotheses. "accepted" means that A is better, "rejected" that it
is not better by as much as --elo1, "exhausted" that --matches are played and
nothing is decided. A pair of matches with one seed and the sides swapped is one
observation.
` + seats.TableHelp)
}

func (c *sprtCommand) Run(env *frame.Env) error {
	run := runCommand{Game: c.Game, Matches: c.Matches, Map: c.Map, Mode: c.Mode, Seats: c.Seats, Replays: c.Replays,
		watchFlags: c.watchFlags, GamesFlag: c.GamesFlag, NetFlag: c.NetFlag, WADFlag: c.WADFlag, TicksFlag: c.TicksFlag, SeedFlag: c.SeedFlag,
		QueueFlags: c.QueueFlags, BudgetFlags: c.BudgetFlags, RunFlags: c.RunFlags, JSONFlag: c.JSONFlag}
	if c.Resume != "" {
		return run.Run(env)
	}
	if c.First == "" || c.Second == "" {
		return errors.New("a sequential test needs two policies: dryad tournament sprt A B")
	}
	run.Files = []string{c.First, c.Second}
	if c.First == c.Second {
		return fmt.Errorf("a sequential test needs two policies, %s is given twice", c.First)
	}
	if !(c.Elo0 < c.Elo1) {
		return fmt.Errorf("--elo0 %g must be below --elo1 %g", c.Elo0, c.Elo1)
	}
	for _, level := range []struct {
		flag  string
		value float64
	}{{"--alpha", c.Alpha}, {"--beta", c.Beta}} {
		if !(level.value > 0 && level.value < 0.5) {
			return fmt.Errorf("%s %g: it must lie between 0 and 0.5", level.flag, level.value)
		}
	}
	run.test = &tournament.Test{Elo0: c.Elo0, Elo1: c.Elo1, Alpha: c.Alpha, Beta: c.Beta}
	if err := run.test.Model.UnmarshalText([]byte(c.Model)); err != nil {
		return err
	}
	if limit := float64(rating.MaxNormalizedElo); run.test.Model == rating.Normalized && (c.Elo0 < -limit || c.Elo1 > limit) {
		return fmt.Errorf("--elo0 %g and --elo1 %g: normalized Elo must lie between -%g and %g", c.Elo0, c.Elo1, limit, limit)
	}
	return run.Run(env)
}

// testLine is the state of a sequential test in a line.
func testLine(r *tournament.TestResult) string {
	return fmt.Sprintf("llr %+.2f, rejects at %+.2f, accepts at %+.2f; pairs %s", r.LLR, r.LLRLow, r.LLRHigh, r.Pairs)
}

// printTest prints the state of a sequential test.
func printTest(w io.Writer, r *tournament.TestResult) {
	fmt.Fprintf(w, "%s after %s: llr %+.2f, rejects at %+.2f, accepts at %+.2f\n", r.Verdict, english.Number(r.Pairs.Pairs(), "pair"), r.LLR, r.LLRLow, r.LLRHigh)
	fmt.Fprintf(w, "elo0 %g, elo1 %g (%s); pairs from two losses to two wins %s\n", r.Elo0, r.Elo1, r.Model, r.Pairs)
	fmt.Fprintf(w, "score %.3f, %.3f to %.3f", r.Score, r.CILow, r.CIHigh)
	if r.NormalizedElo != nil {
		fmt.Fprintf(w, "; normalized Elo %+.1f", *r.NormalizedElo)
	}
	fmt.Fprint(w, "\n\n")
}
