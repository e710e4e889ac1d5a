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

// logged is one line of a log: blows of one kind with little time between them are
// one.
type logged struct {
	games.Event
	times int
	last  int // tick of the last of them
}

// blows makes one of the blows that one seat deals another with the same weapon
// within two seconds, or in one turn, as long as nobody dies in between: the pellets
// of a shot, the bullets of a burst. Their values are added up.
func blows(events []games.Event, ticksPerSecond int) []logged {
	var list []logged
	apart := 2 * ticksPerSecond
next:
	for _, e := range events {
		if e.Kind == "damage" {
			for i := len(list) - 1; i >= 0 && e.Tick-list[i].Tick <= 4*apart; i-- {
				l := &list[i]
				if l.Kind == "kill" {
					break
				}
				if l.Kind == e.Kind && l.Seat == e.Seat && l.Other == e.Other && l.What == e.What && e.Tick-l.last <= apart {
					l.Value += e.Value
					l.times++
					l.last = e.Tick
					continue next
				}
			}
		}
		list = append(list, logged{e, 1, e.Tick})
	}
	return list
}

// when is the time of a line, from the first to the last of its blows.
func (l logged) when(ticksPerSecond int) string {
	first, last := clock(l.Tick, ticksPerSecond), clock(l.last, ticksPerSecond)
	if first == last {
		return first
	}
	return first + " to " + last
}

// logOf are the lines of a log: what weighs least is left out when there is too
// much.
func logOf(outcome *match.Outcome, seat games.Seat, ticksPerSecond int) []string {
	var events []games.Event
	for _, e := range outcome.Replay.Events {
		known := e.Known == nil || slices.Contains(e.Known, seat)
		if !known || weight[e.Kind] == 0 || weight[e.Kind] < 3 && e.Seat != seat && e.Other != seat {
			continue
		}
		events = append(events, e)
	}
	moments := blows(events, ticksPerSecond)
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
		line := fmt.Sprintf("- %s %s: %s", m.when(ticksPerSecond), spoken(m.Kind), who(m.Seat))
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
