package worth

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
)

// A Table is what was measured.
type Table []Worth

// Parse reads a table from JSON, as [Table.JSON] writes it, and refuses figures that
// are none of a measurement.
func Parse(text []byte) (Table, error) {
	var t Table
	if err := json.Unmarshal(text, &t); err != nil {
		return nil, fmt.Errorf("read the worth of words: %w", err)
	}
	for i, w := range t {
		if w.Word == "" || w.By == "" || w.Pairs < 1 || !(0 <= w.Low && w.Low <= w.High && w.High <= 1) || !(0 <= w.Score && w.Score <= 1) {
			return nil, fmt.Errorf("read the worth of words: entry %d is no measurement", i+1)
		}
	}
	return t, nil
}

// JSON writes the table, a line for each entry.
func (t Table) JSON() ([]byte, error) {
	out := []byte("[")
	for i, w := range t {
		line, err := json.Marshal(w)
		if err != nil {
			return nil, fmt.Errorf("write the worth of words: %w", err)
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(out, '\n'), line...)
	}
	return append(out, "\n]\n"...), nil
}

// Told reports whether the interval leaves out one half: the replacement makes a
// difference.
func (w Worth) Told() bool { return w.Low > 0.5 || w.High < 0.5 }

// String is an entry in words.
func (w Worth) String() string {
	name := func(s string) string {
		if w.Kind == "task" && (len(s) < 5 || s[:5] != "net: ") {
			s = "task: " + s
		}
		return "`" + s + "`"
	}
	policies := fmt.Sprintf("%d policies", w.Policies)
	if w.Policies == 1 {
		policies = "1 policy"
	}
	return fmt.Sprintf("%s in place of %s: score %.2f (%.2f to %.2f) over %d pairs in %s", name(w.By), name(w.Word), w.Score, w.Low, w.High, w.Pairs, policies)
}

// Lines are the entries that make a difference, in words for an author: first what
// is better in another's place, then what is worse, and of that the least bad first,
// since nobody has to be told of the rest. There are at most count.
func (t Table) Lines(count int) []string {
	told := slices.DeleteFunc(slices.Clone(t), func(w Worth) bool { return !w.Told() })
	slices.SortStableFunc(told, func(a, b Worth) int { return -cmp.Compare(a.Score, b.Score) })
	var lines []string
	for _, w := range told[:min(len(told), count)] {
		lines = append(lines, w.String())
	}
	return lines
}
