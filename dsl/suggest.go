package dsl

import (
	"cmp"
	"slices"
	"strings"
)

// Nearest returns the candidates in the order of their likeness to word, those
// alike first, then the others in their given order. The result is
// false when not even the first is alike enough to be proposed as
// what was meant.
func Nearest(word string, candidates []string) (ordered []string, alike bool) {
	type scored struct {
		text     string
		distance int
	}
	limit := max(1, (len(word)+2)/3)
	near := make([]scored, 0, len(candidates))
	for _, c := range candidates {
		d := limit + 1
		if gap := len(c) - len(word); gap <= limit && -gap <= limit {
			d = distance(word, c, limit)
		}
		d = min(d, pieces(word, c, limit))
		if d > limit && len(word) >= 4 && (shares(c, word) || shares(word, c)) {
			d = limit
		}
		near = append(near, scored{c, d})
	}
	slices.SortStableFunc(near, func(a, b scored) int { return cmp.Compare(a.distance, b.distance) })
	for _, s := range near {
		ordered = append(ordered, s.text)
	}
	return ordered, len(near) > 0 && near[0].distance <= limit
}

// pieces is the number of edits in the pieces between underscores: each of
// word's counts as its likest one of the candidate's, and a candidate that says
// more counts one. It is more than limit where a piece is like none.
func pieces(word, candidate string, limit int) int {
	mine, theirs := strings.Split(word, "_"), strings.Split(candidate, "_")
	if len(mine) < 2 || len(theirs) < 2 || len(mine) > 16 || len(theirs) > 16 {
		return limit + 1
	}
	total := 0
	for _, a := range mine {
		best := (len(a) + 2) / 3
		if !slices.Contains(theirs, a) {
			best++
			for _, b := range theirs {
				best = min(best, distance(a, b, (len(a)+2)/3))
			}
			if best > (len(a)+2)/3 {
				return limit + 1
			}
			total += best
		}
	}
	if len(theirs) != len(mine) {
		total++
	}
	return total
}

// shares reports whether part is a whole piece of text between underscores.
func shares(text, part string) bool {
	for i := 0; i+len(part) <= len(text); i++ {
		if text[i:i+len(part)] == part &&
			(i == 0 || text[i-1] == '_') && (i+len(part) == len(text) || text[i+len(part)] == '_') {
			return true
		}
	}
	return false
}

// distance is the number of edits (insert, delete, replace, swap neighbours)
// between two words; limit+1 stands for more than limit.
func distance(a, b string, limit int) int {
	if len(a) > 64 || len(b) > 64 {
		return limit + 1
	}
	var rows [3][65]int
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return min(last[len(b)], limit+1)
}
