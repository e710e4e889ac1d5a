package tournament

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"dryad/catalog"
	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/match"
	"dryad/tournament"
)

type checkCommand struct {
	Policy    string   `arg:"" help:"Policy, strategy or agent that is to play."`
	Game      string   `help:"Name of the game, or GAME/NAME for a definition of its catalogue." default:"arena" placeholder:"GAME"`
	Opponents []string `name:"against" help:"Who sits on the other side, in turn; by default the policy plays itself. Repeat for more." placeholder:"POLICY" sep:"none"`
	Matches   int      `help:"Matches; each is played twice." default:"8" placeholder:"N"`
	Map       []string `help:"Map to play on; repeat for more. By default the game's held-out maps." placeholder:"MAP" sep:"none"`
	Mode      string   `help:"Rule set of the matches; the game's first one by default." placeholder:"MODE"`
	Seats     int      `help:"Seats of a match." placeholder:"N"`
	frame.NetFlag
	frame.WADFlag
	frame.TicksFlag
	frame.SeedFlag
	frame.JSONFlag
}

// Help is the long help of the command.
func (checkCommand) Help() string {
	return strings.TrimSpace(`
Plays some matches and says whether the policy behaves: whether its ticks keep the
budget, its commands are legal, its networks give numbers, it plays the same match
twice, and how long a step takes. The exit status is 1 if it does not behave.`)
}

func (c *checkCommand) Run(env *frame.Env) error {
	if c.Matches < 1 {
		return fmt.Errorf("--matches %d: it must be 1 at least", c.Matches)
	}
	if err := c.FindWADs(); err != nil {
		return err
	}
	row, named, err := catalog.Select(c.Game)
	if err != nil {
		return err
	}
	if err := c.ReadNets(env, row.Name); err != nil {
		return err
	}
	game := row.Game()
	p := tournament.CheckParams{Game: game, Seed: c.Seed, Matches: c.Matches, Program: frame.Version}
	var entrants []match.Entrant
	for _, path := range append([]string{c.Policy}, c.Opponents...) {
		t, err := readEntrant(env, game, path)
		if err != nil {
			return err
		}
		e, err := t.entrant(env, game)
		if err != nil {
			return err
		}
		entrants = append(entrants, e)
	}
	p.Entrant, p.Opponents = entrants[0], entrants[1:]
	if named.Name != "" {
		if len(c.Map) > 0 || c.Mode != "" || c.Seats != 0 {
			return errors.New("a named game has its own map, mode and seats: leave out --map, --mode and --seats")
		}
		named.Ticks = c.Ticks
		p.Configs = []games.Config{named}
	} else {
		maps := c.Map
		if len(maps) == 0 {
			maps = row.HeldOut()
		}
		if len(maps) == 0 {
			maps = []string{""}
		}
		for _, name := range maps {
			p.Configs = append(p.Configs, games.Config{Map: name, Mode: c.Mode, Seats: c.Seats, Ticks: c.Ticks})
		}
	}
	e, err := tournament.Examine(env.Context, p)
	if err != nil {
		return err
	}
	if c.JSON {
		if err := env.JSON(e); err != nil {
			return err
		}
	} else {
		printExamination(env, e)
	}
	if !e.Behaves() {
		return frame.ExitCode(frame.ExitFailed)
	}
	return nil
}

func printExamination(env *frame.Env, e *tournament.Examination) {
	env.Printf("%s: %d matches, %d ticks, each match played twice\n", e.Policy, e.Matches, e.Ticks)
	line := func(good bool, name, well, badly string, args ...any) {
		if good {
			env.Printf("ok    %s: %s\n", name, well)
			return
		}
		env.Printf("FAULT %s: %s\n", name, fmt.Sprintf(badly, args...))
	}
	line(e.Overruns == 0, "budget", "no tick exceeded it", "%d ticks of its seats exceeded it: the tick is lost, and more than a hundred of them in a match lose the seat", e.Overruns)
	line(e.NaNs == 0, "networks", "all answers are numbers", "%d answers are no numbers: the rule beside the network took their place", e.NaNs)
	line(len(e.Faults) == 0, "commands", "no seat was taken out", "%s", forfeited(e.Faults))
	line(len(e.Unlike) == 0, "determinism", "each match ended twice in the same state", "%d matches ended otherwise when they were played again: %s", len(e.Unlike), strings.Join(e.Unlike, ", "))
	env.Printf("time: %v a step of a seat, the game's own part included; the slowest match took %v\n", e.Step, e.Slowest.Round(time.Millisecond))
}

func forfeited(faults []tournament.ExaminationFault) string {
	parts := make([]string, len(faults))
	for i, f := range faults {
		parts[i] = fmt.Sprintf("%d seats were taken out (%s): %s", f.Seats, f.Class, f.Text)
	}
	return strings.Join(parts, "; ")
}
