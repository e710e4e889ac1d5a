package session

import (
	"dryad/games"
	"dryad/viewer/thought"
)

// history has the readings of a seat in the last ticks.
type history struct {
	ticks  []int
	values [][]float64 // by tick, then by reading; nil for a tick in which the seat did not act
	next   []float64   // of the tick that is executed
}

func (h *history) clear() { h.ticks, h.values, h.next = h.ticks[:0], h.values[:0], nil }

// end closes a tick.
func (h *history) end(tick int) {
	h.ticks, h.values, h.next = append(h.ticks, tick), append(h.values, h.next), nil
	if extra := len(h.ticks) - window; extra > window { // forget now and then
		h.ticks = append(h.ticks[:0], h.ticks[extra:]...)
		h.values = append(h.values[:0], h.values[extra:]...)
	}
}

// observer returns what is called before the tree of a seat is ticked.
func (s *Session) observer(seat games.Seat, w *thought.Watcher, history bool) func() {
	return func() {
		if history {
			s.history[seat].next = s.observe(seat)
		}
		s.test(seat)
	}
}

// observe returns all readings of a seat. It is called while the seat's tree is
// ticked.
func (s *Session) observe(seat games.Seat) []float64 {
	count := s.Vocabulary().Readings()
	readings := make([]int32, count)
	for i := range readings {
		readings[i] = int32(i)
	}
	values := make([]float64, count)
	s.World().Body(seat).Observe(readings, values)
	return values
}

// Series is the values of a reading in the last ticks, the oldest first.
type Series struct {
	Name   string
	Values []float64
	Text   string // the last value in the words and the unit of the game
}

// Readings returns what a seat perceived in the last ticks, every feature and
// condition of the game. It is empty when no tree plays on the seat.
func (s *Session) Readings(seat games.Seat) []Series {
	if seat < 0 || int(seat) >= len(s.history) {
		return nil
	}
	v, h := s.Vocabulary(), &s.history[seat]
	var rows [][]float64
	for _, row := range h.values[max(0, len(h.values)-window):] {
		if row != nil {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	list := make([]Series, v.Readings())
	for i := range list {
		list[i] = Series{Name: v.ReadingName(i), Text: thought.ReadingText(v, i, rows[len(rows)-1][i])}
		for _, row := range rows {
			list[i].Values = append(list[i].Values, row[i])
		}
	}
	return list
}
