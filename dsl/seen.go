package dsl

import "sync/atomic"

// Seen is a line of code as it is remembered for every place where the same
// text stands. Those who work on trees keep with it what depends on the line
// alone, and so do the same work once for a generation of similar trees. It is
// safe for concurrent use.
type Seen struct {
	text  string // canonical
	notes atomic.Pointer[note]
}

// note is what somebody keeps with a line.
type note struct {
	owner, value any
	next         *note
	count        int // of the notes from here on
}

// maxNotes bounds what is kept with one line.
const maxNotes = 8

// Seen returns what is remembered of the line that the node was read from; nil
// when a program built the node, or changed what the line says.
func (n *Node) Seen() *Seen {
	if n.line == nil || !n.SameLine(n.line.node) {
		return nil
	}
	return &n.line.seen
}

// Line returns the canonical text of the line, as [Node.Line] does.
func (s *Seen) Line() string { return s.text }

// Note returns what the owner kept last, or nil. Owners are compared.
func (s *Seen) Note(owner any) any {
	for n := s.notes.Load(); n != nil; n = n.next {
		if n.owner == owner {
			return n.value
		}
	}
	return nil
}

// Keep remembers a value for the owner, which must be comparable. It may be
// forgotten at any time, and must not be changed any more.
func (s *Seen) Keep(owner, value any) {
	next := s.notes.Load()
	count := 1
	if next != nil {
		count += next.count
	}
	if count > maxNotes {
		next, count = nil, 1
	}
	s.notes.Store(&note{owner, value, next, count})
}
