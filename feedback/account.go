package feedback

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"dryad/games"
	"dryad/internal/english"
	"dryad/match"
	"dryad/rating"
)

// An Account gathers what matches say of one policy. The zero value is not
// usable; see [NewAccount].
type Account struct {
	results rating.Meetings
	agents  int       // the most seats that it took in a match
	figures []*figure // in the order in which they were first seen
	names   map[string]*figure
	nodes   nodes
	reasons []string
	counts  map[string]int
	// subjects are what chronicles have counted, and places the results by map.
	subjects []*subject
	places   []*place
	log      string
}

// figure is one metric over all matches.
type figure struct {
	name, unit  string
	better      int
	own, others mean
	// alike and differ report whether two agents of a team have had one value,
	// other than 0, and two values.
	alike, differ bool
}

// member is a team's figure in one match.
type member struct {
	name string
	team int
}

type mean struct {
	sum   float64
	count int
}

func (m *mean) add(x float64) {
	// A figure that does not exist in a match is not a number; it tells nothing.
	if !math.IsNaN(x) && !math.IsInf(x, 0) {
		m.sum += float64(x) // rounded before it is added, also where x is a product
		m.count++
	}
}

func (m mean) value() float64 { return m.sum / float64(m.count) }

// words is the mean with its unit, or "none" where no match has a value.
func (m mean) words(unit string) string {
	if m.count == 0 {
		return "none"
	}
	return amount(m.value(), unit)
}

// NewAccount returns an account of no matches.
func NewAccount() *Account {
	return &Account{names: map[string]*figure{}, counts: map[string]int{}}
}

// Add takes in one match as the policy of the given seat has played it. The
// opponents are the seats of other names, and seats of the same name are the
// policy's own; if all seats have one name, all others are opponents.
func (a *Account) Add(outcome *match.Outcome, seat games.Seat) {
	if outcome.Over && int(seat) < len(outcome.Result.Scores) {
		a.results.Add(opponents(outcome.Names, int(seat)), match.KindOf(outcome.Config), resultOf(outcome, seat))
		if reason := outcome.Result.Reason; reason != "" {
			if a.counts[reason] == 0 {
				a.reasons = append(a.reasons, reason)
			}
			a.counts[reason]++
		}
		a.place(outcome, seat)
	}
	agents := 0
	first := map[member]float64{}
	for s, metrics := range outcome.Metrics {
		own := games.Seat(s) == seat || !opponent(outcome.Names, s, int(seat))
		if own {
			agents++
		}
		for _, metric := range metrics {
			f := a.figure(metric)
			if !exists(metric, metrics) {
				continue
			}
			if s < len(outcome.Teams) {
				at := member{metric.Name, outcome.Teams[s]}
				if value, mate := first[at]; !mate {
					first[at] = metric.Value
				} else if value != metric.Value {
					f.differ = true
				} else if value != 0 {
					f.alike = true
				}
			}
			if own {
				f.own.add(metric.Value)
			} else {
				f.others.add(metric.Value)
			}
		}
	}
	a.agents = max(a.agents, agents)
	for s, profile := range outcome.Profiles {
		if profile != nil && (games.Seat(s) == seat || !opponent(outcome.Names, s, int(seat))) {
			a.nodes.add(profile)
		}
	}
}

// resultOf is the result of the seat, or of its side in a match between sides.
func resultOf(outcome *match.Outcome, seat games.Seat) rating.Outcome {
	if int(seat) < len(outcome.Sides) {
		home, _ := outcome.Duel()
		if outcome.Sides[seat]%2 == 1 {
			return home.Reversed()
		}
		return home
	}
	switch score := outcome.Result.Scores[seat]; {
	case score > 0.5:
		return rating.Win
	case score < 0.5:
		return rating.Loss
	}
	return rating.Draw
}

// exists reports whether a figure says anything: a time between events is 0
// where there were fewer than two, and an accuracy where no shot was fired.
func exists(metric games.Metric, all []games.Metric) bool {
	if metric.Value != 0 {
		return true
	}
	if metric.Name == "accuracy" {
		return !slices.ContainsFunc(all, func(m games.Metric) bool { return m.Name == "shots" && m.Value == 0 })
	}
	return !strings.HasPrefix(metric.Name, "time_between_")
}

// opponents names the policies that a seat played against.
func opponents(names []string, seat int) string {
	var others []string
	for s, name := range names {
		if s != seat && name != "" && opponent(names, s, seat) && !slices.Contains(others, name) {
			others = append(others, name)
		}
	}
	if len(others) == 0 {
		return "the other seats"
	}
	return strings.Join(others, " and ")
}

func opponent(names []string, other, seat int) bool {
	if other >= len(names) || seat >= len(names) {
		return true
	}
	return names[other] != names[seat] || !slices.ContainsFunc(names, func(name string) bool { return name != names[seat] })
}

func (a *Account) figure(metric games.Metric) *figure {
	f := a.names[metric.Name]
	if f == nil {
		f = &figure{name: metric.Name, unit: metric.Unit, better: metric.Better}
		a.names[metric.Name] = f
		a.figures = append(a.figures, f)
	}
	return f
}

// Words say it all in sentences for an author: the results, the figures beside
// those of the opponents, and what each node of the tree did. More pick-ups are told
// and not judged: they are no aim.
func (a *Account) Words() string {
	var b strings.Builder
	if total := a.results.Total(); total.Games() > 0 {
		fmt.Fprintf(&b, "Results, %s: %s.\n", english.Number(total.Games(), "match"), total.Words())
		for _, line := range a.results.Lines() {
			fmt.Fprintf(&b, "- %s\n", line)
		}
		var ends []string
		for _, reason := range a.reasons {
			ends = append(ends, fmt.Sprintf("%s (%d)", reason, a.counts[reason]))
		}
		if len(ends) > 0 {
			fmt.Fprintf(&b, "How they ended: %s.\n", strings.Join(ends, ", "))
		}
	}
	// An author whose room is small loses the last sections first.
	a.writeFigures(&b)
	a.nodes.write(&b)
	for _, s := range a.subjects {
		s.write(&b)
	}
	a.writePlaces(&b)
	b.WriteString(a.log)
	return b.String()
}

func (a *Account) writeFigures(b *strings.Builder) {
	if len(a.figures) == 0 {
		return
	}
	b.WriteString("\nMean figures of one agent in a match")
	if a.agents > 1 {
		b.WriteString(", over all agents of a side")
	}
	b.WriteString(":\n")
	var behind, zero []string
	for _, f := range a.figures {
		if f.own.count > 0 && f.own.sum == 0 && f.others.sum == 0 && f.others.count > 0 {
			zero = append(zero, spoken(f.name))
			continue
		}
		fmt.Fprintf(b, "- %s: %s; its opponents: %s", spoken(f.name), f.own.words(f.unit), f.others.words(f.unit))
		if f.own.count > 0 && f.others.count > 0 && !strings.HasPrefix(f.name, "picked_") {
			own, others := f.own.value(), f.others.value()
			if lead := (own - others) * float64(f.better); lead > 0 {
				b.WriteString(" (it is better)")
			} else if lead < 0 {
				b.WriteString(" (it is worse)")
				behind = append(behind, spoken(f.name))
			}
		}
		if f.alike && !f.differ {
			b.WriteString("; all agents of a team have the same")
		}
		b.WriteString("\n")
	}
	if len(zero) > 0 {
		fmt.Fprintf(b, "- 0 on both sides: %s\n", strings.Join(zero, ", "))
	}
	if len(behind) > 0 {
		fmt.Fprintf(b, "It falls behind in: %s.\n", strings.Join(behind, ", "))
	}
}

// spoken is a metric's name as words.
func spoken(name string) string { return strings.ReplaceAll(name, "_", " ") }

// amount is a figure with its unit, in three digits or so.
func amount(x float64, unit string) string {
	var text string
	switch size := math.Abs(x); {
	case x == math.Trunc(x) && size < 1e9:
		text = fmt.Sprintf("%.0f", x)
	case size >= 100:
		text = fmt.Sprintf("%.0f", x)
	case size >= 10:
		text = fmt.Sprintf("%.1f", x)
	default:
		text = fmt.Sprintf("%.2f", x)
	}
	if unit == "" {
		return text
	}
	return text + " " + unit
}
