package feedback

import (
	"fmt"
	"slices"
	"strings"

	"dryad/games"
	"dryad/internal/english"
	"dryad/replay"
)

// toldEvents is how many events a critic is told at most.
const toldEvents = 40

// Facts says in words what a critic needs to know of a match beside its
// pictures: what was played, by whom, how it ended, and the events of weight
// that the seat took part in.
func Facts(r *replay.Replay, seat games.Seat, ticksPerSecond int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Game: %s", r.Game)
	if r.Config.Mode != "" {
		fmt.Fprintf(&b, ", %s", spoken(r.Config.Mode))
	}
	if r.Config.Map != "" {
		fmt.Fprintf(&b, ", on map %s", r.Config.Map)
	}
	fmt.Fprintf(&b, ", %s.\n", english.Number(len(r.Policies), "seat"))
	name := r.Policies[seat].Name
	fmt.Fprintf(&b, "You judge seat %d", seat)
	if name != "" {
		fmt.Fprintf(&b, ", policy %s", name)
	}
	b.WriteString(".")
	var mates []string
	for other, policy := range r.Policies {
		if games.Seat(other) != seat && policy.Name == name && name != "" {
			mates = append(mates, fmt.Sprint(other))
		}
	}
	if len(mates) > 0 {
		fmt.Fprintf(&b, " The same policy plays seat %s.", strings.Join(mates, ", "))
	}
	fmt.Fprintf(&b, "\nThe match lasted until %s.", clock(r.Ticks, ticksPerSecond))
	if r.Over {
		fmt.Fprintf(&b, " %s", ending(r, seat))
	}
	b.WriteString("\n")
	if lines := told(r, seat, ticksPerSecond); len(lines) > 0 {
		fmt.Fprintf(&b, "\nWhat happened to the seat:\n%s\n", strings.Join(lines, "\n"))
	}
	return b.String()
}

func ending(r *replay.Replay, seat games.Seat) string {
	words := "It ended in a draw"
	switch score := r.Result.Scores[seat]; {
	case score > 0.5:
		words = "The seat won"
	case score < 0.5:
		words = "The seat lost"
	}
	if r.Result.Reason != "" {
		words += " by " + r.Result.Reason
	}
	return words + fmt.Sprintf(", with %s points; the points of all seats: %s.",
		amount(r.Result.Points[seat], ""), joined(r.Result.Points))
}

func joined(points []float64) string {
	words := make([]string, len(points))
	for i, x := range points {
		words[i] = amount(x, "")
	}
	return strings.Join(words, ", ")
}

// told are the weightiest events of the seat that it could know of, in order.
func told(r *replay.Replay, seat games.Seat, ticksPerSecond int) []string {
	least := 1
	var chosen []games.Event
	for {
		chosen = chosen[:0]
		for _, event := range r.Events {
			part := event.Seat == seat || event.Other == seat
			known := event.Known == nil || slices.Contains(event.Known, seat)
			if part && known && weight[event.Kind] >= least {
				chosen = append(chosen, event)
			}
		}
		if len(chosen) <= toldEvents || least > 4 {
			break
		}
		least++
	}
	chosen = chosen[:min(len(chosen), toldEvents)]
	lines := make([]string, len(chosen))
	for i, event := range chosen {
		line := fmt.Sprintf("- %s %s: seat %d", clock(event.Tick, ticksPerSecond), spoken(event.Kind), event.Seat)
		if event.Other != games.NoSeat {
			line += fmt.Sprintf(" -> seat %d", event.Other)
		}
		if event.What != "" {
			line += ", " + spoken(event.What)
		}
		if event.Value != 0 {
			line += ", " + amount(event.Value, "")
		}
		lines[i] = line
	}
	return lines
}
