package tree_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"dryad/bt"
	_ "dryad/internal/fixedseed"
	"dryad/viewer/thought"
	"dryad/viewer/tree"
)

// mind draws a tree of some shape and what a tick did in it.
func mind(t *rapid.T) *thought.Mind {
	m := &thought.Mind{}
	var grow func(parent, depth int)
	grow = func(parent, depth int) {
		i := len(m.Nodes)
		m.Nodes = append(m.Nodes, thought.Node{Index: i, Parent: parent, Depth: depth, ID: uint64(i) + 100, Text: fmt.Sprintf("node %d", i)})
		m.Status = append(m.Status, bt.Idle)
		if parent < 0 || m.Status[parent] != bt.Idle {
			m.Status[i] = bt.Status(rapid.IntRange(0, 3).Draw(t, "status"))
		}
		children := rapid.IntRange(0, 4).Draw(t, "children")
		for range children {
			if depth < 6 && len(m.Nodes) < 120 {
				grow(i, depth+1)
			}
		}
		m.Nodes[i].End = len(m.Nodes)
	}
	grow(-1, 0)
	return m
}

// TestRowsShowEveryNodeOnce: every node has a row or lies below a folded one.
func TestRowsShowEveryNodeOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := mind(t)
		var v tree.View
		for i := range m.Nodes {
			v.Fold(m.Nodes[i].ID, rapid.IntRange(0, 3).Draw(t, "fold") == 0)
		}
		next := 0
		for _, row := range v.Rows(m) {
			if row.Node != next {
				t.Fatalf("node %d is shown where %d should be", row.Node, next)
			}
			next += 1 + row.Hidden
		}
		if next != len(m.Nodes) {
			t.Fatalf("%d of %d nodes are accounted for", next, len(m.Nodes))
		}
	})
}

// TestActiveOnly: no idle node is shown, and every other one is.
func TestActiveOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := mind(t)
		v := tree.View{ActiveOnly: true}
		shown := map[int]bool{}
		for _, row := range v.Rows(m) {
			shown[row.Node] = true
		}
		for i, status := range m.Status {
			if shown[i] != (status != bt.Idle) {
				t.Fatalf("node %d of status %v: shown %v", i, status, shown[i])
			}
		}
	})
}

// TestFocusIsInSight: whatever was scrolled to, the row of the focus is among
// those that are shown.
func TestFocusIsInSight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := mind(t)
		v := tree.View{Scroll: rapid.IntRange(0, 150).Draw(t, "scroll")}
		for i := range m.Nodes {
			v.Fold(m.Nodes[i].ID, rapid.IntRange(0, 5).Draw(t, "fold") == 0)
		}
		rows := v.Rows(m)
		visible := rapid.IntRange(1, 40).Draw(t, "visible")
		first := v.Follow(rows, m, visible)
		at := tree.Index(rows, m, m.Focus())
		if m.Focus() >= 0 && (at < first || at >= first+visible) {
			t.Fatalf("row %d is not among %d rows from %d on", at, visible, first)
		}
	})
}

// TestPathIsInSight: with the rows that are pinned, the whole active path is
// shown, or as much of it as may be pinned, and the focus in any case.
func TestPathIsInSight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := mind(t)
		v := tree.View{Scroll: rapid.IntRange(0, 150).Draw(t, "scroll")}
		rows := v.Rows(m)
		at := tree.Index(rows, m, m.Focus())
		if at < 0 {
			return
		}
		visible := rapid.IntRange(1, 40).Draw(t, "visible")
		pinned, from := tree.Pinned(rows, at, v.Follow(rows, m, visible), visible)
		shown := map[int]bool{}
		for _, row := range pinned {
			shown[row.Node] = true
		}
		for _, row := range rows[from:min(len(rows), from+visible-len(pinned))] {
			if shown[row.Node] {
				t.Fatalf("node %d is shown twice", row.Node)
			}
			shown[row.Node] = true
		}
		if !shown[rows[at].Node] {
			t.Fatalf("the focus is not among %d pinned rows and those from %d on", len(pinned), from)
		}
		for _, row := range rows[:at] {
			if row.Path && !shown[row.Node] && len(pinned) < visible/2 {
				t.Fatalf("node %d of the path is out of sight", row.Node)
			}
		}
	})
}

// TestSearchUnfolds: what is searched for is shown though it is folded away.
func TestSearchUnfolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := mind(t)
		var v tree.View
		v.FoldBelow(m.Nodes, 0)
		v.Query = fmt.Sprintf("NODE %d", len(m.Nodes)-1)
		rows := v.Rows(m)
		found := tree.Matches(rows)
		if len(found) == 0 || rows[found[len(found)-1]].Node != len(m.Nodes)-1 {
			t.Fatalf("%v are found among %d rows", found, len(rows))
		}
	})
}

// TestDrawnTree: boxes of a column do not overlap and stand in the order of the
// rows; a parent stands between its first and its last child, left of them.
func TestDrawnTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := mind(t)
		var v tree.View
		rows := v.Rows(m)
		boxes, lines := tree.Draw(rows)
		last := map[int]float64{}
		for i, b := range boxes {
			if b.Line < 0 || b.Line > float64(lines-1) {
				t.Fatalf("box %d is at line %g of %d", i, b.Line, lines)
			}
			if before, any := last[b.Column]; any && b.Line < before+1 {
				t.Fatalf("box %d is at %g, the one before it in its column at %g", i, b.Line, before)
			}
			last[b.Column] = b.Line
			if b.Parent < 0 {
				continue
			}
			if p := boxes[b.Parent]; p.Column != b.Column-1 || m.Nodes[rows[p.Row].Node].Index != m.Nodes[rows[i].Node].Parent {
				t.Fatalf("box %d hangs on box %d", i, b.Parent)
			}
		}
	})
}

func TestSticky(t *testing.T) {
	rows := []tree.Row{{Node: 0}, {Node: 1, Depth: 1}, {Node: 2, Depth: 2}, {Node: 3, Depth: 2}, {Node: 4, Depth: 1}}
	if got := tree.Sticky(rows, 3); len(got) != 2 || got[0].Node != 0 || got[1].Node != 1 {
		t.Errorf("above row 3: %+v", got)
	}
	if got := tree.Sticky(rows, 0); got != nil {
		t.Errorf("above the first: %+v", got)
	}
}
