package evolve

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dryad/dsl/patch"
	"dryad/internal/english"
)

// Bounds of the account of what was tried: candidates, and bytes of a
// difference, a fault or a reflection.
const (
	mostTried     = 40
	longestChange = 240
	longestWords  = 160
	longestLesson = 320
)

// tried says in one or two lines each what became of the candidates so far: the
// difference from its parent, the result, the author's own words. The last
// generation comes first, then the failures, then the others, the newest first;
// when there are too many, the last of this order are left out and counted. A
// tree that was proposed again is told once, with how often.
func tried(entries []*Entry) []string {
	byHash := map[string]*Entry{}
	again := map[*Entry][]string{}
	var list []*Entry
	last := 0
	for _, e := range entries {
		last = max(last, e.Generation)
		first := byHash[e.Hash]
		switch {
		case e.Hash != "" && first != nil:
			again[first] = append(again[first], fmt.Sprintf("%d.%d", e.Generation, e.Slot))
			continue
		case e.Hash != "":
			byHash[e.Hash] = e
		}
		list = append(list, e)
	}
	list = slices.DeleteFunc(list, func(e *Entry) bool { return e.Generation == 0 && again[e] == nil })
	rank := func(e *Entry) int {
		switch {
		case e.Generation == last:
			return 0
		case failure(e):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, b *Entry) int {
		return cmp.Or(rank(a)-rank(b), b.Generation-a.Generation, a.Slot-b.Slot)
	})
	var lines []string
	for _, e := range list[:min(len(list), mostTried)] {
		line := fmt.Sprintf("%s: %s.", e.Name(), fateOf(e))
		if e.policy != nil {
			line = fmt.Sprintf("%s: %s. Result: %s.", e.Name(), change(e, byHash), fateOf(e))
		}
		if times := again[e]; times != nil {
			line += fmt.Sprintf(" PROPOSED %d TIMES (again as %s).", 1+len(times), shorten(strings.Join(times, ", "), longestWords))
		}
		if e.Reflection != "" {
			line += fmt.Sprintf("\n  Its author wrote: %q", shorten(e.Reflection, longestLesson))
		}
		lines = append(lines, line)
	}
	if left := len(list) - mostTried; left > 0 {
		lines = append(lines, fmt.Sprintf("%d more candidates are left out here", left))
	}
	return lines
}

// longestLessons is how many lessons a run leaves.
const longestLessons = 6

// Lessons are what a run teaches those after it: the changes that became champion,
// those with the highest score first, then the candidates that scored worst against
// the champion of their time, each with its result and its author's own words.
func Lessons(entries []*Entry) []string {
	byHash := map[string]*Entry{}
	var good, bad []*Entry
	for _, e := range entries {
		if e.Hash != "" && byHash[e.Hash] == nil {
			byHash[e.Hash] = e
		}
		switch {
		case e.Generation == 0 || e.policy == nil:
		case e.Fate == Accepted && e.Test != nil:
			good = append(good, e)
		case (e.Fate == Screened || e.Fate == Rejected) && e.Screen.Pairs() > 0 && e.Screen.Score() < 0.4:
			bad = append(bad, e)
		}
	}
	slices.SortStableFunc(good, func(a, b *Entry) int { return cmp.Compare(b.Test.Pairs.Score(), a.Test.Pairs.Score()) })
	slices.SortStableFunc(bad, func(a, b *Entry) int { return cmp.Compare(a.Screen.Score(), b.Screen.Score()) })
	good, bad = good[:min(len(good), 2*longestLessons/3)], bad[:min(len(bad), longestLessons/3)]
	var lines []string
	for _, e := range append(good, bad...) {
		line := fmt.Sprintf("%s. Result: %s.", change(e, byHash), fateOf(e))
		if e.Reflection != "" {
			line += fmt.Sprintf(" Its author wrote: %q", shorten(e.Reflection, longestLesson))
		}
		lines = append(lines, line)
	}
	return lines
}

// failure reports whether a candidate was no better than the champion of its
// time.
func failure(e *Entry) bool {
	return e.Fate == Faulty || e.Fate == Rejected || e.Fate == Repeated || e.Fate == Screened && e.Screen.Score() <= 0.5
}

// change is the difference from the parent, as "dryad policy diff" writes it, in
// one line.
func change(e *Entry, byHash map[string]*Entry) string {
	var parent *Entry
	if len(e.Parents) > 0 {
		parent = byHash[e.Parents[0]]
	}
	if parent == nil || parent.policy == nil {
		return "a tree of " + english.Number(e.Nodes, "node")
	}
	from := parent.File().Clone()
	from.Policy = e.File().Policy // another name is no change of play
	text := patch.Diff(from, e.File())
	var parts []string
	instructions := 0
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, " ") {
			instructions++
		}
		parts = append(parts, strings.TrimSpace(line))
	}
	if instructions == 0 {
		return "as " + parent.Name()
	}
	return fmt.Sprintf("%s to %s: %s", english.Number(instructions, "change"), parent.Name(), shorten(strings.Join(parts, " / "), longestChange))
}

// fateOf says what became of a candidate.
func fateOf(e *Entry) string {
	switch {
	case e.Fate == Faulty && len(e.Faults) > 0:
		return "no valid tree: " + strings.TrimSuffix(shorten(strings.Join(strings.Fields(e.Faults[0]), " "), longestWords), ".")
	case e.Fate == Faulty:
		return "no valid tree"
	case e.Like != "":
		return "acts in every probe as " + e.Like + " does, so it was not played"
	case e.Fate == Repeated:
		return "proposed before"
	}
	rival := "the champion"
	if e.versus != nil {
		rival = e.versus.Name()
	}
	switch {
	case e.Test != nil:
		i := e.Test.Pairs.Interval(0.95)
		return fmt.Sprintf("%s by the test against %s, score %.2f over %d pairs (95 %% interval %.2f to %.2f)", e.Fate, rival, e.Test.Pairs.Score(), e.Test.Pairs.Pairs(), i.Low, i.High)
	case e.Screen.Pairs() == 0:
		return "not played"
	}
	i := e.Screen.Interval(0.95)
	return fmt.Sprintf("score %.2f over %d pairs compared with %s (95 %% interval %.2f to %.2f)", e.Screen.Score(), e.Screen.Pairs(), rival, i.Low, i.High)
}

// shorten cuts a text to a number of bytes, with "..." for what is missing.
func shorten(text string, longest int) string {
	if len(text) <= longest {
		return text
	}
	return strings.ToValidUTF8(text[:longest-3], "") + "..."
}
