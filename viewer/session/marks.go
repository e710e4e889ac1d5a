package session

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sort"

	"dryad/games"
	"dryad/viewer/tell"
)

// Class sorts what happens in a match.
type Class uint8

// The classes of marks.
const (
	Kill      Class = iota // somebody dies, is tagged or is voted out
	Objective              // the mode's objective: a flag, a bomb, a point, a round
	Fault                  // a seat is forfeited
	Change                 // a seat is given to another policy
	Claim                  // a critic's claim
	Speech                 // something is said, voted or chosen
	Other                  // everything else
)

var classNames = [...]string{"kill", "objective", "fault", "change", "claim", "speech", "other"}

// String returns the class in lower case.
func (c Class) String() string { return classNames[c] }

// Classes returns all classes.
func Classes() []Class { return []Class{Kill, Objective, Fault, Change, Claim, Speech, Other} }

var classOf = map[string]Class{
	"kill": Kill, "tag": Kill, "out": Kill, "killed": Kill, "eliminated": Kill, "infected": Kill,
	"flag_taken": Objective, "flag_captured": Objective, "flag_returned": Objective, "flag_dropped": Objective,
	"bomb_planted": Objective, "bomb_defused": Objective, "bomb_exploded": Objective, "point_taken": Objective,
	"round_over": Objective, "wave": Objective, "ended": Objective,
	"say": Speech, "vote": Speech, "move": Speech,
}

// Mark is a moment on the time line.
type Mark struct {
	Tick  int
	Class Class
	Seat  games.Seat // who did it, NoSeat for the world
	Text  string
}

// notable leaves out what happens all the time.
func notable(e games.Event) bool { return e.Kind != "damage" && e.Kind != "noise" }

// Marks returns the moments of the match in the order of their ticks.
func (s *Session) Marks() []Mark {
	if s.marks != nil {
		return s.marks
	}
	marks := []Mark{}
	for _, e := range s.replay.Events {
		class, known := classOf[e.Kind]
		if !known {
			class = Other
		}
		if notable(e) {
			marks = append(marks, Mark{e.Tick, class, e.Seat, tell.Event(s.replay.Game, e)})
		}
	}
	for _, f := range s.replay.Forfeits {
		marks = append(marks, Mark{f.Tick, Fault, f.Seat, fmt.Sprintf("seat %d forfeited (%s): %s", f.Seat, f.Class, f.Text)})
	}
	for _, c := range s.replay.Swaps {
		marks = append(marks, Mark{c.Tick, Change, c.Seat, fmt.Sprintf("%s takes seat %d", c.Policy.Name, c.Seat)})
	}
	marks = append(marks, s.claims...)
	slices.SortStableFunc(marks, func(a, b Mark) int { return cmp.Compare(a.Tick, b.Tick) })
	s.marks = marks
	return marks
}

// Claim adds a critic's claims to the marks.
func (s *Session) Claim(claims []Mark) {
	for _, c := range claims {
		c.Class = Claim
		s.claims = append(s.claims, c)
	}
	s.marks = nil
}

// Recent returns the last marks up to now, the newest first.
func (s *Session) Recent(count int) []Mark {
	marks := s.Marks()
	n := sort.Search(len(marks), func(i int) bool { return marks[i].Tick > s.Tick() })
	var list []Mark
	for i := n - 1; i >= 0 && len(list) < count; i-- {
		list = append(list, marks[i])
	}
	return list
}

// Jump halts the match and goes to the next mark of one of the classes after
// now, or with back to the last one before. It reports whether there is one.
func (s *Session) Jump(ctx context.Context, back bool, classes ...Class) (bool, error) {
	marks := s.Marks()
	for i := range marks {
		m := &marks[i]
		if back {
			m = &marks[len(marks)-1-i]
		}
		if (m.Tick > s.Tick()) == back || m.Tick == s.Tick() || !slices.Contains(classes, m.Class) {
			continue
		}
		s.clock.playing = false
		return true, s.Seek(ctx, m.Tick)
	}
	return false, nil
}
