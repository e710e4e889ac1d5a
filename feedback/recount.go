package feedback

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dryad/games"
	"dryad/match"
	"dryad/replay"
)

// Recount executes a match again, without its trees, and returns what the
// world's chronicle counts; nothing for a game that keeps none.
func Recount(game games.Game, r *replay.Replay) ([]games.Table, error) {
	p, err := match.NewPlayback(match.PlaybackParams{Game: game, Replay: r})
	if err != nil {
		return nil, err
	}
	defer p.Close()
	world, keeps := p.Match().World().(games.Chronicler)
	if !keeps {
		return nil, nil
	}
	chronicle := world.Chronicle()
	for {
		more, err := p.Step()
		if err != nil {
			return nil, fmt.Errorf("count what happened: %w", err)
		}
		if !more {
			return chronicle.Account(), nil
		}
		chronicle.Watch()
	}
}

// subject is one table of chronicles, added up over matches.
type subject struct {
	games.Table
	own, others map[string]*tally
	labels      []string
}

// tally is what the rows of one label come to.
type tally struct {
	sums []float64
	rows int
}

// Chronicle takes in what was counted in one match; seats has those of the
// policy that the account is of.
func (a *Account) Chronicle(tables []games.Table, seats []games.Seat) {
	for _, table := range tables {
		at := slices.IndexFunc(a.subjects, func(s *subject) bool { return s.Name == table.Name })
		if at < 0 {
			at = len(a.subjects)
			a.subjects = append(a.subjects, &subject{Table: table, own: map[string]*tally{}, others: map[string]*tally{}})
		}
		s := a.subjects[at]
		for _, row := range table.Rows {
			side := s.others
			if slices.Contains(seats, row.Seat) {
				side = s.own
			}
			if s.own[row.Label] == nil && s.others[row.Label] == nil {
				s.labels = append(s.labels, row.Label)
			}
			if side[row.Label] == nil {
				side[row.Label] = &tally{sums: make([]float64, len(s.Columns))}
			}
			t := side[row.Label]
			t.rows++
			for i := range min(len(row.Values), len(t.sums)) {
				t.sums[i] += row.Values[i]
			}
		}
	}
}

// shownRows is how many rows of a subject are told.
const shownRows = 20

// write tells of a subject: the groups of rows that count most first.
func (s *subject) write(b *strings.Builder) {
	weight := func(label string) float64 {
		if t := s.own[label]; t != nil {
			return t.sums[0]
		}
		return 0
	}
	labels := slices.DeleteFunc(slices.Clone(s.labels), func(label string) bool { return s.own[label] == nil && !s.Both })
	// Labels that begin alike stand together: "shotgun, nearer than 200".
	groups := map[string]float64{}
	group := func(label string) string { first, _, _ := strings.Cut(label, ", "); return first }
	for _, label := range labels {
		groups[group(label)] += weight(label)
	}
	slices.SortStableFunc(labels, func(x, y string) int {
		return cmp.Or(cmp.Compare(groups[group(y)], groups[group(x)]), strings.Compare(group(x), group(y)), cmp.Compare(weight(y), weight(x)), strings.Compare(x, y))
	})
	if len(labels) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s, all its agents and matches:\n", s.Title)
	for i, label := range labels {
		if i == shownRows {
			fmt.Fprintf(b, "- %d more\n", len(labels)-i)
			break
		}
		fmt.Fprintf(b, "- %s: %s", spoken(label), s.words(s.own[label]))
		if s.Both {
			fmt.Fprintf(b, "; its opponents: %s", s.words(s.others[label]))
		}
		b.WriteString("\n")
	}
}

// words are the figures of one label.
func (s *subject) words(t *tally) string {
	if t == nil {
		return "none"
	}
	parts := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		value, mean := t.sums[i], ""
		if c.Mean {
			value /= float64(t.rows)
			mean = "mean "
		}
		if c.Mean || c.Unit != "" {
			parts[i] = fmt.Sprintf("%s%s %s", mean, c.Name, amount(value, c.Unit))
			continue
		}
		parts[i] = fmt.Sprintf("%s %s", amount(value, ""), c.Name)
	}
	return strings.Join(parts, ", ")
}
