package feedback

import (
	"fmt"
	"slices"
	"strings"

	"dryad/games"
	"dryad/internal/english"
	"dryad/match"
	"dryad/rating"
)

// loggedLines is how many lines the log of a match has at most.
const loggedLines = 40

// Log keeps what the seat could know of a match that it lost, with times, if no
// match is kept yet and this one was recorded.
func (a *Account) Log(outcome *match.Outcome, seat games.Seat, ticksPerSecond int) {
	if a.log != "" || !outcome.Over || outcome.Replay == nil || resultOf(outcome, seat) != rating.Loss {
		return
	}
	lines := logOf(outcome, seat, ticksPerSecond)
	if len(lines) == 0 {
		return
	}
	where := ""
	if name := outcome.Config.Map; name != "" {
		where = " on " + name
	}
	a.log = fmt.Sprintf("\nOne match that it lost, against %s%s, as its seat %d could know of it (it is the seat, times are from the beginning):\n%s\n",
		opponents(outcome.Names, int(seat)), where, seat, strings.Join(lines, "\n"))
}

// logged is one line of a log: blows of one kind that follow each other are one.
type logged struct {
	games.Event
	times int
}

// logOf are the lines of a log: what weighs least is left out when there is too
// much.
func logOf(outcome *match.Outcome, seat games.Seat, ticksPerSecond int) []string {
	var moments []logged
	for _, e := range outcome.Replay.Events {
		known := e.Known == nil || slices.Contains(e.Known, seat)
		if !known || weight[e.Kind] == 0 || weight[e.Kind] < 3 && e.Seat != seat && e.Other != seat {
			continue
		}
		if n := len(moments); n > 0 && e.Kind == "damage" {
			last := &moments[n-1]
			if last.Kind == e.Kind && last.Seat == e.Seat && last.Other == e.Other && last.What == e.What && e.Tick-last.Tick <= 2*max(1, ticksPerSecond) {
				last.Value += e.Value
				last.times++
				continue
			}
		}
		moments = append(moments, logged{e, 1})
	}
	left := 0
	for least := 2; len(moments) > loggedLines && least < 7; least++ {
		before := len(moments)
		moments = slices.DeleteFunc(moments, func(m logged) bool { return weight[m.Kind] < least })
		left += before - len(moments)
	}
	if n := len(moments) - loggedLines; n > 0 {
		moments, left = moments[n:], left+n // the end, in which it was lost
	}
	who := func(s games.Seat) string {
		switch {
		case s == games.NoSeat:
			return "the world"
		case s == seat:
			return "it"
		case opponent(outcome.Names, int(s), int(seat)):
			return fmt.Sprintf("enemy %d", s)
		}
		return fmt.Sprintf("mate %d", s)
	}
	var lines []string
	for _, m := range moments {
		line := fmt.Sprintf("- %s %s: %s", clock(m.Tick, ticksPerSecond), spoken(m.Kind), who(m.Seat))
		if m.Other != games.NoSeat {
			line += " -> " + who(m.Other)
		}
		if m.What != "" {
			line += ", " + spoken(m.What)
		}
		if m.Value != 0 {
			line += ", " + amount(m.Value, "")
		}
		if m.times > 1 {
			line += fmt.Sprintf(" (%d times)", m.times)
		}
		lines = append(lines, line)
	}
	if left > 0 {
		lines = append(lines, fmt.Sprintf("- %s of less weight left out", english.Number(left, "event")))
	}
	return lines
}
