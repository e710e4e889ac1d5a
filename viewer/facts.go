package viewer

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"dryad/bt"
	"dryad/games"
	"dryad/vocab"
)

// Row is a node of the watched seat's tree.
type Row struct {
	Depth  int
	Text   string
	Status bt.Status // in the last tick; Idle when it was not reached
}

// Rows returns the nodes of the watched seat's tree in the order of its text;
// none when the seat is not played by a tree.
func (s *Session) Rows() []Row {
	t := s.playback.Tree(s.seat)
	if t == nil {
		return nil
	}
	program, trace := t.Agent().Policy().Program, t.Agent().Trace()
	rows := make([]Row, program.Nodes())
	for i := range rows {
		n := program.Node(i)
		rows[i].Text = n.Text
		if rows[i].Text == "" {
			rows[i].Text = strings.TrimSpace(n.Kind.String() + " " + n.Name)
		}
		if n.Parent >= 0 {
			rows[i].Depth = rows[n.Parent].Depth + 1
		}
		if i < len(trace) && s.Tick() > 0 && t.Status() != bt.Idle {
			rows[i].Status = trace[i]
		}
	}
	return rows
}

// Fact is a name and a value, as they are shown.
type Fact struct{ Name, Value string }

// Readings returns what the watched seat's tree read in the last tick, in the
// order of the vocabulary.
func (s *Session) Readings() []Fact {
	t := s.playback.Tree(s.seat)
	if t == nil || s.Tick() == 0 {
		return nil
	}
	type indexed struct {
		index int
		fact  Fact
	}
	v := s.game.Vocabulary()
	var list []indexed
	t.Agent().Seen(func(reading int, value float64) {
		list = append(list, indexed{reading, Fact{v.ReadingName(reading), valueText(v, reading, value)}})
	})
	sort.Slice(list, func(a, b int) bool { return list[a].index < list[b].index })
	facts := make([]Fact, len(list))
	for i := range list {
		facts[i] = list[i].fact
	}
	return facts
}

// valueText writes the value of a reading in its own words and unit.
func valueText(v *vocab.Vocabulary, reading int, value float64) string {
	if reading >= len(v.Features) {
		return yesNo(value)
	}
	f := &v.Features[reading]
	switch f.Kind {
	case vocab.Bool:
		return yesNo(value)
	case vocab.Enum:
		if i := int(value); i >= 0 && i < len(f.Values) {
			return f.Values[i]
		}
	}
	return strings.TrimSpace(number(value) + " " + f.Unit)
}

func yesNo(value float64) string {
	if value != 0 {
		return "yes"
	}
	return "no"
}

// number writes a value with two digits after the point at most.
func number(value float64) string {
	return strconv.FormatFloat(math.Round(value*100)/100, 'f', -1, 64)
}

// Blackboard returns the keys of the watched seat's tree.
func (s *Session) Blackboard() []Fact {
	t := s.playback.Tree(s.seat)
	if t == nil {
		return nil
	}
	var facts []Fact
	for _, k := range t.Agent().Policy().Program.Keys() {
		if value, ok := t.Agent().Key(k.Name); ok {
			facts = append(facts, Fact{k.Name, number(value)})
		}
	}
	return facts
}

// State says in words how the watched seat stands in the last tick, or why
// it does nothing.
func (s *Session) State() string {
	t := s.playback.Tree(s.seat)
	for _, f := range s.playback.Match().Forfeits() {
		if f.Seat == s.seat {
			return fmt.Sprintf("forfeited at tick %d (%s): %s", f.Tick, f.Class, f.Text)
		}
	}
	switch {
	case s.Tick() == 0:
		return "before the first tick"
	case t == nil:
		return "not played by a tree: only its commands are recorded"
	case t.Status() == bt.Idle:
		return "does not act"
	}
	if at, diverged := s.playback.Diverged(s.seat); diverged {
		return fmt.Sprintf("thinks otherwise than recorded since tick %d", at)
	}
	return "root: " + t.Status().String()
}

// Moment is an event on the timeline.
type Moment struct {
	Event games.Event
	Text  string
}

// Recent returns the last events up to now, the newest first.
func (s *Session) Recent(count int) []Moment {
	events := s.replay.Events
	n := sort.Search(len(events), func(i int) bool { return events[i].Tick > s.Tick() })
	var list []Moment
	for i := n - 1; i >= 0 && len(list) < count; i-- {
		if e := events[i]; notable(e) {
			list = append(list, Moment{e, s.eventText(e)})
		}
	}
	return list
}

// notable leaves out what happens all the time.
func notable(e games.Event) bool { return e.Kind != "damage" && e.Kind != "noise" }

// eventText says an event in a line.
func (s *Session) eventText(e games.Event) string {
	text := fmt.Sprintf("%s  %s", s.clock(e.Tick), strings.ReplaceAll(e.Kind, "_", " "))
	if e.Seat != games.NoSeat {
		text += fmt.Sprintf(" by %d", e.Seat)
	}
	if e.Other != games.NoSeat {
		text += fmt.Sprintf(" of %d", e.Other)
	}
	for _, part := range []string{e.What, e.Text} {
		if part != "" {
			text += ", " + strings.ReplaceAll(part, "_", " ")
		}
	}
	return text
}

// clock writes a tick as minutes and seconds of the game, or as a turn.
func (s *Session) clock(tick int) string {
	if s.game.Vocabulary().TicksPerSecond == 0 {
		return fmt.Sprintf("turn %d", tick)
	}
	seconds := float64(tick) / s.rate
	return fmt.Sprintf("%d:%04.1f", int(seconds)/60, math.Mod(seconds, 60))
}
