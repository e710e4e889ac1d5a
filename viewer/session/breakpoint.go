package session

import (
	"errors"
	"fmt"

	"dryad/bt"
	"dryad/dsl/check"
	"dryad/dsl/expression"
	"dryad/games"
	"dryad/viewer/thought"
	"dryad/vocab"
)

// When says what a node does.
type When uint8

// What a node does. Starts: it is visited, and did not run in the tick before.
// Ends: it succeeds, fails, or is halted. Fails: it fails and did not in the
// tick before. Changes: its status is another than in the tick before.
const (
	Starts When = iota
	Ends
	Fails
	Changes
)

var whenNames = [...]string{"starts", "ends", "fails", "changes"}

// String returns the word for it.
func (w When) String() string { return whenNames[w] }

// happened reports whether a node did it in a tick.
func (w When) happened(t *thought.Tally, tick int32) bool {
	switch w {
	case Starts:
		return t.Started == tick
	case Ends:
		return t.Ended == tick
	case Fails:
		return t.Last == bt.Failure && t.Changed == tick
	}
	return t.Changed == tick
}

// Break is a place at which the match halts: where a node of a seat's tree does
// something, or where an expression becomes true.
type Break struct {
	Seat games.Seat
	// Node is the identity of the node, 0 for an expression.
	Node uint64
	When When
	// Expression is over the readings of the game and the keys of the tree.
	Expression string

	bound *expression.Node
	keys  []expression.Variable
	truth bool // in the last tick
	was   bool // in the tick before
}

// Stop says why the match halted.
type Stop struct {
	Tick int
	Text string
}

// Breaks returns the breakpoints.
func (s *Session) Breaks() []Break { return s.breaks }

// Stopped returns at which breakpoint the match halted; nil when it did not.
func (s *Session) Stopped() *Stop { return s.stopped }

// ToggleBreak sets a breakpoint on a node, or removes it.
func (s *Session) ToggleBreak(seat games.Seat, node uint64, when When) {
	for i := range s.breaks {
		if b := &s.breaks[i]; b.Seat == seat && b.Node == node && b.When == when && b.Expression == "" {
			s.breaks = append(s.breaks[:i], s.breaks[i+1:]...)
			return
		}
	}
	s.breaks = append(s.breaks, Break{Seat: seat, Node: node, When: when})
}

// BreakOn halts the match where an expression becomes true for a seat. The
// error says what is wrong with the expression, or that no tree plays there.
func (s *Session) BreakOn(seat games.Seat, text string) error {
	if seat < 0 || int(seat) >= len(s.watchers) || s.watchers[seat] == nil {
		return fmt.Errorf("no tree plays on seat %d", seat)
	}
	keys := check.Keys(s.playback.Tree(seat).Agent().Policy().File)
	bound, faults := expression.Bind(text, expression.Scope{Vocabulary: s.Vocabulary(), Keys: keys}, vocab.Bool)
	if bound == nil {
		if len(faults) > 0 {
			return errors.New(faults[0].Summary)
		}
		return errors.New("the expression means nothing")
	}
	s.breaks = append(s.breaks, Break{Seat: seat, Expression: text, bound: bound, keys: keys})
	return nil
}

// ClearBreaks removes all breakpoints.
func (s *Session) ClearBreaks() { s.breaks, s.stopped = nil, nil }

// breaking reports whether there is an expression to be tested for a seat.
func (s *Session) breaking(seat games.Seat) bool {
	for i := range s.breaks {
		if s.breaks[i].Seat == seat && s.breaks[i].bound != nil {
			return true
		}
	}
	return false
}

// test computes the expressions of a seat. It is called while the tree is
// ticked, when the seat's readings can be observed.
func (s *Session) test(seat games.Seat) {
	var readings []float64
	for i := range s.breaks {
		b := &s.breaks[i]
		if b.Seat != seat || b.bound == nil {
			continue
		}
		if readings == nil {
			readings = s.observe(seat)
		}
		keys := make([]float64, len(b.keys))
		for k := range keys {
			keys[k], _ = s.playback.Tree(seat).Agent().Key(b.keys[k].Name)
		}
		b.was, b.truth = b.truth, expression.Evaluate(b.bound, expression.Env{Readings: readings, Keys: keys}) != 0
	}
}

// stop halts the match if a breakpoint was reached in the last tick.
func (s *Session) stop() bool {
	now := s.Tick()
	for i := range s.breaks {
		b := &s.breaks[i]
		if b.bound != nil {
			if b.truth && !b.was {
				s.stopped = &Stop{now, b.Expression + " became true"}
			}
			continue
		}
		if w := s.watchers[b.Seat]; w != nil && w.Happened(b.Node, func(t *thought.Tally) bool { return b.When.happened(t, int32(now)) }) {
			s.stopped = &Stop{now, w.Text(b.Node) + " " + b.When.String()}
		}
	}
	if s.stopped != nil && s.stopped.Tick == now {
		s.clock.playing = false
		return true
	}
	return false
}
