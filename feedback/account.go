package feedback

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"dryad/games"
	"dryad/match"
	"dryad/rating"
)

// An Account gathers what matches say of one policy. The zero value is not
// usable; see [NewAccount].
type Account struct {
	record  rating.Record
	figures []*figure // in the order in which they were first seen
	names   map[string]*figure
	nodes   nodes
	reasons []string
	counts  map[string]int
}

// figure is one metric over all matches.
type figure struct {
	name, unit  string
	better      int
	own, others mean
}

type mean struct {
	sum   float64
	count int
}

func (m *mean) add(x float64) {
	// A figure that does not exist in a match, such as the time between kills
	// where there were none, is not a number; it tells nothing.
	if !math.IsNaN(x) && !math.IsInf(x, 0) {
		m.sum += x
		m.count++
	}
}

func (m mean) value() float64 { return m.sum / float64(m.count) }

// NewAccount returns an account of no matches.
func NewAccount() *Account {
	return &Account{names: map[string]*figure{}, counts: map[string]int{}}
}

// Add takes in one match as the given seat has played it. The opponents are
// the seats of other names; if all have the same, all other seats.
func (a *Account) Add(outcome *match.Outcome, seat games.Seat) {
	if outcome.Over && int(seat) < len(outcome.Result.Scores) {
		switch score := outcome.Result.Scores[seat]; {
		case score > 0.5:
			a.record.Add(rating.Win)
		case score < 0.5:
			a.record.Add(rating.Loss)
		default:
			a.record.Add(rating.Draw)
		}
		if reason := outcome.Result.Reason; reason != "" {
			if a.counts[reason] == 0 {
				a.reasons = append(a.reasons, reason)
			}
			a.counts[reason]++
		}
	}
	for s, metrics := range outcome.Metrics {
		own := games.Seat(s) == seat
		if !own && !opponent(outcome.Names, s, int(seat)) {
			continue
		}
		for _, metric := range metrics {
			f := a.figure(metric)
			if own {
				f.own.add(metric.Value)
			} else {
				f.others.add(metric.Value)
			}
		}
	}
	if int(seat) < len(outcome.Profiles) && outcome.Profiles[seat] != nil {
		a.nodes.add(outcome.Profiles[seat])
	}
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
// those of the opponents, and what each node of the tree did.
func (a *Account) Words() string {
	var b strings.Builder
	if n := a.record.Games(); n > 0 {
		fmt.Fprintf(&b, "Of %s it won %d, drew %d and lost %d.\n", plural(n, "match", "matches"), a.record.Wins, a.record.Draws, a.record.Losses)
		var ends []string
		for _, reason := range a.reasons {
			ends = append(ends, fmt.Sprintf("%s (%d)", reason, a.counts[reason]))
		}
		if len(ends) > 0 {
			fmt.Fprintf(&b, "They ended by %s.\n", strings.Join(ends, ", "))
		}
	}
	a.writeFigures(&b)
	a.nodes.write(&b)
	return b.String()
}

func (a *Account) writeFigures(b *strings.Builder) {
	if len(a.figures) == 0 {
		return
	}
	b.WriteString("\nMean figures of a match:\n")
	var behind []string
	for _, f := range a.figures {
		if f.own.count == 0 {
			continue
		}
		fmt.Fprintf(b, "- %s: %s", spoken(f.name), amount(f.own.value(), f.unit))
		if f.others.count > 0 {
			own, others := f.own.value(), f.others.value()
			fmt.Fprintf(b, "; its opponents: %s", amount(others, f.unit))
			if lead := (own - others) * float64(f.better); lead > 0 {
				b.WriteString(" (it is better)")
			} else if lead < 0 {
				b.WriteString(" (it is worse)")
				behind = append(behind, spoken(f.name))
			}
		}
		b.WriteString("\n")
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

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
