package rating

import (
	"fmt"
	"strings"
)

// shownMeetings is how many opponents [Meetings.Lines] names.
const shownMeetings = 12

// Meetings are the results of one player, apart by opponent and by kind of
// match. The zero value has none.
type Meetings struct{ opponents []meeting }

type meeting struct {
	opponent string
	kinds    []kind
}

type kind struct {
	name   string
	record Record
}

// Add counts one game of a kind (a plural, such as "duels") against the named
// opponent, seen from the player.
func (m *Meetings) Add(opponent, kind string, o Outcome) {
	var r Record
	r.Add(o)
	m.add(opponent, kind, r)
}

func (m *Meetings) add(opponent, name string, r Record) {
	var at *meeting
	for i := range m.opponents {
		if m.opponents[i].opponent == opponent {
			at = &m.opponents[i]
		}
	}
	if at == nil {
		m.opponents = append(m.opponents, meeting{opponent: opponent})
		at = &m.opponents[len(m.opponents)-1]
	}
	for i := range at.kinds {
		if at.kinds[i].name == name {
			at.kinds[i].record = at.kinds[i].record.Plus(r)
			return
		}
	}
	at.kinds = append(at.kinds, kind{name, r})
}

// Total is the record over all opponents and kinds.
func (m *Meetings) Total() Record {
	var total Record
	for _, o := range m.opponents {
		for _, k := range o.kinds {
			total = total.Plus(k.record)
		}
	}
	return total
}

// Lines say the results in words, one line for an opponent, in the order in
// which the opponents were first met. The later ones of many share a last line.
func (m *Meetings) Lines() []string {
	var lines []string
	var rest Meetings
	for i, o := range m.opponents {
		if i < shownMeetings || len(m.opponents) == shownMeetings+1 {
			lines = append(lines, o.line())
			continue
		}
		for _, k := range o.kinds {
			rest.add(fmt.Sprintf("%d others", len(m.opponents)-shownMeetings), k.name, k.record)
		}
	}
	for _, o := range rest.opponents {
		lines = append(lines, o.line())
	}
	return lines
}

func (o meeting) line() string {
	words := make([]string, len(o.kinds))
	for i, k := range o.kinds {
		words[i] = k.name + " " + k.record.Words()
	}
	return "against " + o.opponent + ": " + strings.Join(words, "; ")
}

// Words say the record with its score and the 95 % interval of
// [Record.Interval], for a reader who does not know the type.
func (r Record) Words() string {
	i := r.Interval(0.95)
	return fmt.Sprintf("%d won, %d drawn, %d lost (score %.2f, 95 %% interval %.2f to %.2f)", r.Wins, r.Draws, r.Losses, r.Score(), i.Low, i.High)
}
