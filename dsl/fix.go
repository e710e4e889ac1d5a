package dsl

import (
	"slices"
	"strings"
)

// ApplyFixes applies the first fix of every diagnostic that has one, except
// where it overlaps one that was applied before; those that are no guesses
// alone, or all. It returns the new text and the fixes that it took.
func ApplyFixes(source string, ds Diagnostics, guess bool) (fixed string, applied []Fix) {
	type replacement struct {
		start, end int
		text       string
	}
	var taken []replacement
	offsets := lineOffsets(source)
	for _, d := range ds {
		if len(d.Fixes) == 0 || !d.Fixes[0].Safe && !guess {
			continue
		}
		var wanted []replacement
		free := true
		for _, e := range d.Fixes[0].Edits {
			r := replacement{offsets.at(e.Range.Start), offsets.at(e.Range.End), e.Text}
			free = free && r.start <= r.end && !slices.ContainsFunc(taken, func(t replacement) bool {
				return r.start < t.end && t.start < r.end || r.start == t.start
			})
			wanted = append(wanted, r)
		}
		if free && len(wanted) > 0 {
			taken = append(taken, wanted...)
			applied = append(applied, d.Fixes[0])
		}
	}
	slices.SortStableFunc(taken, func(a, b replacement) int { return a.start - b.start })
	var b strings.Builder
	last := 0
	for _, r := range taken {
		if r.start < last {
			continue // two edits of one fix overlap
		}
		b.WriteString(source[last:r.start])
		b.WriteString(r.text)
		last = r.end
	}
	b.WriteString(source[last:])
	return b.String(), applied
}

// offsetTable finds the byte offset of a position.
type offsetTable struct {
	starts []int // of the lines
	length int
}

func lineOffsets(source string) offsetTable {
	t := offsetTable{starts: []int{0}, length: len(source)}
	if strings.HasPrefix(source, "\ufeff") {
		t.starts[0] = len("\ufeff")
	}
	for i := 0; i < len(source); i++ {
		if source[i] == '\n' {
			t.starts = append(t.starts, i+1)
		}
	}
	return t
}

func (t offsetTable) at(p Position) int {
	switch {
	case p.Line < 1:
		return 0
	case p.Line > len(t.starts):
		return t.length
	}
	end := t.length
	if p.Line < len(t.starts) {
		end = t.starts[p.Line]
	}
	return min(t.starts[p.Line-1]+max(0, p.Column-1), end)
}
