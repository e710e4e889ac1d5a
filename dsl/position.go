package dsl

import "fmt"

// Position is a place in a source text. Line and Column count from 1; a
// column counts bytes. The zero Position means that a construct was built by a
// program and stands in no text.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// String returns "line:column".
func (p Position) String() string { return fmt.Sprintf("%d:%d", p.Line, p.Column) }

// Before reports whether p lies before q.
func (p Position) Before(q Position) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Column < q.Column
}

// Range is a piece of a source text: from Start up to, not including, End.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// Contains reports whether p lies in r, its end included.
func (r Range) Contains(p Position) bool { return !p.Before(r.Start) && !r.End.Before(p) }

// on returns the range of length bytes that begins at column of line.
func on(line, column, length int) Range {
	return Range{Position{line, column}, Position{line, column + length}}
}
