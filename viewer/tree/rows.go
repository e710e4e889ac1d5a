package tree

import (
	"strings"

	"dryad/bt"
	"dryad/viewer/thought"
)

// View says how a tree is looked at. The zero value shows every node.
type View struct {
	// ActiveOnly shows only the nodes that the last tick reached.
	ActiveOnly bool
	// Query is what is searched for in the lines; empty for nothing.
	Query string
	// Loose lets the place stay where it was scrolled to; otherwise the active
	// path is kept in sight.
	Loose bool
	// Scroll is the first row that is shown.
	Scroll int

	folded map[uint64]bool
}

// Row is a node that is shown.
type Row struct {
	Node   int
	Depth  int
	Status bt.Status
	Folded bool
	Hidden int  // nodes below it that are folded away
	Leaf   bool // nothing stands below it
	Found  bool // the search finds it
	Path   bool // it lies on the way from the root to the focus
}

// Folded reports whether a node is folded, by its identity.
func (v *View) Folded(id uint64) bool { return v.folded[id] }

// Fold folds or unfolds a node.
func (v *View) Fold(id uint64, folded bool) {
	if v.folded == nil {
		v.folded = map[uint64]bool{}
	}
	v.folded[id] = folded
}

// FoldBelow folds every node at a depth that has something below it, and
// unfolds those above.
func (v *View) FoldBelow(nodes []thought.Node, depth int) {
	v.folded = map[uint64]bool{}
	for i := range nodes {
		if n := &nodes[i]; n.Depth == depth && n.End > i+1 {
			v.folded[n.ID] = true
		}
	}
}

// UnfoldAll shows everything again.
func (v *View) UnfoldAll() { v.folded = nil }

// Rows returns the rows to be shown, in the order of the text. A folded node
// hides what is below it, unless the search finds something there.
func (v *View) Rows(m *thought.Mind) []Row {
	if m == nil {
		return nil
	}
	query := strings.ToLower(v.Query)
	found := func(i int) bool {
		return query != "" && strings.Contains(strings.ToLower(m.Nodes[i].Text), query)
	}
	onPath := map[int]bool{}
	if focus := m.Focus(); focus >= 0 {
		for _, n := range m.Path(focus) {
			onPath[n] = true
		}
	}
	var rows []Row
	for i := 0; i < len(m.Nodes); i++ {
		n := &m.Nodes[i]
		if v.ActiveOnly && m.Status[i] == bt.Idle {
			i = n.End - 1
			continue
		}
		row := Row{Node: i, Depth: n.Depth, Status: m.Status[i], Leaf: n.End == i+1, Found: found(i), Path: onPath[i]}
		if v.folded[n.ID] && !row.Leaf {
			hit := false
			for c := i + 1; c < n.End; c++ {
				hit = hit || found(c)
			}
			if !hit {
				row.Folded, row.Hidden = true, n.End-i-1
				i = n.End - 1
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// Matches returns the indices of the rows that the search finds.
func Matches(rows []Row) []int {
	var list []int
	for i := range rows {
		if rows[i].Found {
			list = append(list, i)
		}
	}
	return list
}

// Index returns the row that shows a node: its own, or the folded one above it;
// -1 when there is none.
func Index(rows []Row, m *thought.Mind, node int) int {
	for n := node; n >= 0; n = m.Nodes[n].Parent {
		for i := range rows {
			if rows[i].Node == n {
				return i
			}
		}
	}
	return -1
}

// Follow returns the first row to be shown when so many fit: the place that was
// scrolled to, moved just as far as needed for the focus to be in sight.
func (v *View) Follow(rows []Row, m *thought.Mind, visible int) int {
	most := max(0, len(rows)-visible)
	v.Scroll = max(0, min(v.Scroll, most))
	if v.Loose || m == nil || visible < 1 {
		return v.Scroll
	}
	at := Index(rows, m, m.Focus())
	if at < 0 {
		return v.Scroll
	}
	margin := min(2, visible/4)
	if at < v.Scroll+margin {
		v.Scroll = at - margin
	} else if at >= v.Scroll+visible-margin {
		v.Scroll = at - visible + 1 + margin
	}
	v.Scroll = max(0, min(v.Scroll, most))
	return v.Scroll
}

// Sticky returns the rows above the first shown one that lie on the way to it:
// the ancestors, for showing them at the top. The root comes first.
func Sticky(rows []Row, first int) []Row {
	if first <= 0 || first >= len(rows) {
		return nil
	}
	var list []Row
	depth := rows[first].Depth
	for i := first - 1; i >= 0 && depth > 0; i-- {
		if rows[i].Depth < depth {
			list = append([]Row{rows[i]}, list...)
			depth = rows[i].Depth
		}
	}
	return list
}

// Pinned keeps the whole active path in sight when so many rows fit: it returns
// the rows of the path above the first shown one, for showing them at the top,
// and the first row to be shown below them. at is the row of the focus and
// first the place that [View.Follow] gave. Of a path that would cover more than
// half of the rows, the end is kept.
func Pinned(rows []Row, at, first, visible int) (pinned []Row, from int) {
	for from = min(first, at); ; from++ {
		pinned = nil
		for i := range rows[:from] {
			if rows[i].Path {
				pinned = append(pinned, rows[i])
			}
		}
		pinned = pinned[max(0, len(pinned)-visible/2):]
		if from == at || at < from+visible-len(pinned) {
			return pinned, from
		}
	}
}
