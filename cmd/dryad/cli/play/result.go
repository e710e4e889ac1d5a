package play

import (
	"fmt"
	"io"
	"math"
	"strings"

	"dryad/cmd/dryad/cli/frame"
	"dryad/games"
	"dryad/internal/english"
	"dryad/match"
	"dryad/replay"
)

// playResult is the object that play --json prints.
type playResult struct {
	Game      string           `json:"game"`
	Map       string           `json:"map"`
	Mode      string           `json:"mode"`
	Seed      uint64           `json:"seed"`
	Ticks     int              `json:"ticks"`
	Winner    int              `json:"winner"` // a team, or -1 for a draw
	Reason    string           `json:"reason"`
	Seats     []seatResult     `json:"seats"`
	Forfeits  []replay.Forfeit `json:"forfeits,omitempty"`
	Events    []games.Event    `json:"events,omitempty"` // of a turn-based game
	StateHash string           `json:"state_hash"`
}

type seatResult struct {
	Policy  string             `json:"policy"`
	Hash    string             `json:"policy_hash"`
	Team    int                `json:"team"`
	Score   float64            `json:"score"`
	Points  float64            `json:"points"`
	Metrics map[string]float64 `json:"metrics"`
	// LostTurns are those in which the player failed and passed.
	LostTurns int            `json:"lost_turns,omitempty"`
	Profile   *match.Profile `json:"profile,omitempty"`
}

// ReportMatch prints the result of a match.
func ReportMatch(env *frame.Env, game games.Game, o *match.Outcome, lost []lostTurn, asJSON bool) error {
	r := playResult{Game: game.Vocabulary().Game, Map: o.Config.Map, Mode: o.Config.Mode, Seed: o.Seed, Ticks: o.Ticks,
		Winner: o.Result.Winner, Reason: o.Result.Reason, Forfeits: o.Forfeits, StateHash: frame.HashText(o.Hash)}
	for s, name := range o.Names {
		seat := seatResult{Policy: name, Hash: o.Hashes[s], Team: o.Teams[s], Score: o.Result.Scores[s], Points: o.Result.Points[s] + 0, // a tie may be -0
			Metrics: map[string]float64{}}
		for _, metric := range o.Metrics[s] {
			seat.Metrics[metric.Name] = metric.Value
		}
		if o.Profiles != nil {
			seat.Profile = o.Profiles[s]
		}
		seat.LostTurns = lost[s].N
		if lost[s].N > 0 {
			env.Logf("seat %d, %s, lost %s: %v", s, name, english.Number(lost[s].N, "turn"), lost[s].Err)
		}
		r.Seats = append(r.Seats, seat)
	}
	if game.Vocabulary().TicksPerSecond == 0 {
		r.Events = o.Events
	}
	for _, f := range o.Forfeits {
		env.Logf("seat %d, %s, forfeited at tick %d (%s): %s", f.Seat, o.Names[f.Seat], f.Tick, f.Class, f.Text)
	}
	for s, counts := range o.Counters {
		if counts.Overruns > 0 {
			env.Logf("seat %d, %s, exceeded its budget in %s", s, o.Names[s], english.Number(int(counts.Overruns), "tick"))
		}
		if counts.LuaFaults > 0 {
			env.Logf("seat %d, %s: %s of its Lua functions failed, the last: %v", s, o.Names[s], english.Number(int(counts.LuaFaults), "call"), counts.LuaFault)
		}
		if counts.Doubts > 0 {
			env.Logf("seat %d, %s: its networks were too unsure %d times; the rule acted", s, o.Names[s], counts.Doubts)
		}
		if counts.Late > 0 {
			env.Logf("seat %d, %s: its networks were past their deadline %d times; the rule acted", s, o.Names[s], counts.Late)
		}
		if counts.NaNs > 0 {
			env.Logf("seat %d, %s: its networks answered %s with no number; the rule acted", s, o.Names[s], english.Number(int(counts.NaNs), "time"))
		}
	}
	if asJSON {
		return env.JSON(r)
	}
	return frame.Columns(env.Stdout, func(w io.Writer) { showMatch(w, &r, o, game.Vocabulary().TicksPerSecond == 0) })
}

// Title names a match: its game, and the map and the mode where there is one.
func Title(game, on, mode string) string {
	if on != "" {
		game += " on " + on
	}
	if mode != "" {
		game += ", " + mode
	}
	return game
}

// showMatch writes the result for people.
func showMatch(w io.Writer, r *playResult, o *match.Outcome, turns bool) {
	unit := "tick"
	if turns {
		unit = "turn"
	}
	fmt.Fprintf(w, "%s, seed %d: %s, %s\n\n", Title(r.Game, r.Map, r.Mode), r.Seed, english.Number(r.Ticks, unit), r.Reason)
	row := func(name string, cell func(seat int) string) {
		fmt.Fprint(w, name)
		for s := range r.Seats {
			fmt.Fprint(w, "\t", cell(s))
		}
		fmt.Fprintln(w)
	}
	row("", func(s int) string { return fmt.Sprintf("seat %d", s) })
	row("policy", func(s int) string { return r.Seats[s].Policy })
	row("team", func(s int) string { return fmt.Sprint(r.Seats[s].Team) })
	row("score", func(s int) string { return frame.Plain(r.Seats[s].Score) })
	row("points", func(s int) string { return frame.Plain(r.Seats[s].Points) })
	for i, m := range o.Metrics[0] {
		if m.Name == "points" {
			continue
		}
		row(strings.TrimSpace(strings.ReplaceAll(m.Name, "_", " ")+" "+unitIn(m.Unit)), func(s int) string {
			return frame.Plain(math.Round(o.Metrics[s][i].Value*100) / 100)
		})
	}
	for s, seat := range r.Seats {
		if seat.Profile != nil {
			showProfile(w, s, seat.Profile)
		}
	}
	fmt.Fprintf(w, "\nstate %s\n", r.StateHash)
}

// unitIn writes a unit in brackets.
func unitIn(unit string) string {
	if unit == "" {
		return ""
	}
	return "(" + unit + ")"
}

// showProfile writes what the nodes of a tree did.
func showProfile(w io.Writer, seat int, p *match.Profile) {
	fmt.Fprintf(w, "\nseat %d, %s, %s\n", seat, p.Policy, english.Number(p.Ticks, "tick"))
	fmt.Fprintln(w, "visits\tshare\tsuccess\tfailure\trunning\thalts\tnode")
	for i, n := range p.Nodes {
		fmt.Fprintf(w, "%d\t%.1f %%\t%d\t%d\t%d\t%d\t%s%s\n", n.Visits, 100*p.Share(i), n.Successes, n.Failures, n.Running, n.Halts, strings.Repeat("  ", n.Depth), n.Text)
	}
}
