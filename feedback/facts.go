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

// toldFigures are the metrics that the facts give for every seat.
var toldFigures = []string{"kills", "deaths", "damage_dealt", "damage_taken", "shots", "accuracy"}

// Facts says in words what a critic needs to know of a match beside its
// pictures: what was played, by whom, on which sides, how it ended, the totals of
// every seat, and the events of weight that the seat took part in. The course may
// be nil.
func Facts(r *replay.Replay, seat games.Seat, ticksPerSecond int, course *Course) string {
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
	b.WriteString(sides(r, seat, course))
	fmt.Fprintf(&b, "\nThe match lasted until %s.", clock(r.Ticks, ticksPerSecond))
	if r.Over {
		fmt.Fprintf(&b, " %s", ending(r, seat))
	}
	b.WriteString("\n")
	b.WriteString(totals(r, seat, course))
	if lines := toldLines(r, seat, ticksPerSecond); len(lines) > 0 {
		fmt.Fprintf(&b, "\nWhat happened to the seat:\n%s\n", strings.Join(lines, "\n"))
	}
	return b.String()
}

// sides says who plays with the seat and who against it.
func sides(r *replay.Replay, seat games.Seat, course *Course) string {
	name := r.Policies[seat].Name
	var mates, enemies []string
	if course != nil {
		for _, s := range course.others(seat, true) {
			mates = append(mates, fmt.Sprint(s))
		}
		for _, s := range course.others(seat, false) {
			enemies = append(enemies, fmt.Sprint(s))
		}
		text := " It is alone on its side."
		if len(mates) > 0 {
			text = fmt.Sprintf(" Its mates, on the same side: seat %s.", strings.Join(mates, ", "))
		}
		if len(enemies) > 0 {
			text += fmt.Sprintf(" Its enemies: seat %s.", strings.Join(enemies, ", "))
		}
		return text
	}
	for other, policy := range r.Policies {
		if games.Seat(other) != seat && policy.Name == name && name != "" {
			mates = append(mates, fmt.Sprint(other))
		}
	}
	if len(mates) > 0 {
		return fmt.Sprintf(" The same policy plays seat %s.", strings.Join(mates, ", "))
	}
	return ""
}

func ending(r *replay.Replay, seat games.Seat) string {
	words := "It ended in a draw"
	switch score := r.Result.Scores[seat]; {
	case score > 0.5:
		words = "The side of the seat won"
	case score < 0.5:
		words = "The side of the seat lost"
	}
	if r.Result.Reason != "" {
		words += " by " + r.Result.Reason
	}
	return words + fmt.Sprintf(". Points of the side of each seat, from seat 0 on: %s.", joined(r.Result.Points))
}

func joined(points []float64) string {
	words := make([]string, len(points))
	for i, x := range points {
		words[i] = amount(x, "")
	}
	return strings.Join(words, ", ")
}

// totals has a line for each seat.
func totals(r *replay.Replay, seat games.Seat, course *Course) string {
	var b strings.Builder
	for s, metrics := range r.Metrics {
		var parts []string
		if course != nil {
			last := course.standing(len(course.Samples)-1, games.Seat(s))
			parts = append(parts, "own points "+amount(last.Points, ""))
		}
		for _, name := range toldFigures {
			at := slices.IndexFunc(metrics, func(m games.Metric) bool { return m.Name == name })
			if at >= 0 && exists(metrics[at], metrics) {
				parts = append(parts, spoken(name)+" "+amount(metrics[at].Value, metrics[at].Unit))
			}
		}
		if taken := pickUps(r, games.Seat(s), seat); taken != "" {
			parts = append(parts, "picked up "+taken)
		}
		if len(parts) > 0 {
			fmt.Fprintf(&b, "- seat %d: %s\n", s, strings.Join(parts, ", "))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "\nTotals of each seat:\n" + b.String()
}

// pickUps names what a seat took, as far as the judged seat could know.
func pickUps(r *replay.Replay, of, known games.Seat) string {
	counts := map[string]int{}
	for _, e := range r.Events {
		if e.Kind == "pick_up" && e.Seat == of && (e.Known == nil || slices.Contains(e.Known, known)) {
			counts[e.What]++
		}
	}
	if len(counts) == 0 {
		return ""
	}
	var parts []string
	for _, name := range strings.Split(names(counts), ", ") {
		text := spoken(name)
		if counts[name] > 1 {
			text = fmt.Sprintf("%d %s", counts[name], text)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " + ")
}

// ToldOf is what [Facts] tells of a match, so that no claim repeats it.
func ToldOf(r *replay.Replay, seat games.Seat, ticksPerSecond int) Told {
	var told Told
	for _, line := range toldOf(r, seat, ticksPerSecond) {
		told.Events = append(told.Events, line.Event)
		if line.last != line.Tick {
			end := line.Event
			end.Tick = line.last
			told.Events = append(told.Events, end)
		}
	}
	if int(seat) < len(r.Metrics) {
		for _, m := range r.Metrics[seat] {
			if slices.Contains(toldFigures, m.Name) {
				told.Figures = append(told.Figures, m.Name)
			}
		}
	}
	return told
}

// toldOf are the weightiest events of the seat that it could know of, in order.
func toldOf(r *replay.Replay, seat games.Seat, ticksPerSecond int) []logged {
	for least := 1; ; least++ {
		var chosen []games.Event
		for _, event := range r.Events {
			part := event.Seat == seat || event.Other == seat
			known := event.Known == nil || slices.Contains(event.Known, seat)
			if part && known && weight[event.Kind] >= least {
				chosen = append(chosen, event)
			}
		}
		lines := blows(chosen, ticksPerSecond)
		if len(lines) <= toldEvents || least > 4 {
			return lines[:min(len(lines), toldEvents)]
		}
	}
}

func toldLines(r *replay.Replay, seat games.Seat, ticksPerSecond int) []string {
	chosen := toldOf(r, seat, ticksPerSecond)
	lines := make([]string, len(chosen))
	for i, event := range chosen {
		line := fmt.Sprintf("- %s %s: seat %d", event.when(ticksPerSecond), spoken(event.Kind), event.Seat)
		if event.Other != games.NoSeat {
			line += fmt.Sprintf(" -> seat %d", event.Other)
		}
		if event.What != "" {
			line += ", " + spoken(event.What)
		}
		if event.Value != 0 {
			line += ", " + amount(event.Value, "")
		}
		if event.times > 1 {
			line += fmt.Sprintf(" (%d blows or pellets)", event.times)
		}
		lines[i] = line
	}
	return lines
}

// FightLines are the fights of a seat, a line each.
func (c *Course) FightLines(seat games.Seat) string {
	fights, index := c.fights(seat)
	if len(fights) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("Fights of the seat (a fight ends when one dies, or when nothing happened for 3 s):\n")
	for i, f := range fights {
		own := index[i]
		first := "nobody fired"
		switch f.First {
		case own:
			first = "it fired first"
		case 1 - own:
			first = "the enemy fired first"
		}
		near := 0
		for _, mate := range c.others(seat, true) {
			if at := c.sample(f.From); c.standing(at, mate).Present && c.apart(at, seat, mate) < 768 {
				near++
			}
		}
		mates := ""
		if len(c.others(seat, true)) > 0 {
			mates = fmt.Sprintf(", %s within 768", english.Number(near, "mate"))
		}
		fmt.Fprintf(&b, "- %s to %s against seat %d: own health %.0f, armour %.0f, %s; the enemy's health %.0f, armour %.0f, %s; distance %.0f%s; %s; dealt %.0f, suffered %.0f; it %s\n",
			clock(f.From, c.Rate), clock(f.To, c.Rate), f.Seats[1-own], f.Health[own], f.Armour[own], f.Weapon[own],
			f.Health[1-own], f.Armour[1-own], f.Weapon[1-own], f.Distance, mates, first, f.Dealt[own], f.Dealt[1-own], outcomeOf(f, own))
	}
	return b.String()
}

// RegionLines are the shares of its time that a seat spent in each region.
func (c *Course) RegionLines(seat games.Seat) string {
	shares := c.regions(seat)
	var parts []string
	for row := range regionRows {
		for column := range regionColumns {
			if name := regionName(column, row); shares[name] >= 0.005 {
				parts = append(parts, fmt.Sprintf("%s %.0f %%", name, 100*shares[name]))
			}
		}
	}
	return "Share of its time alive by region of the map (A to D from west to east, 1 to 3 from north to south): " + strings.Join(parts, ", ") + ".\n"
}
