package tree

// Box is a row's place in the drawn tree: its column is its depth, its line is
// such that a node stands in the middle of its children. Lines are a unit
// apart and no two boxes of a column are nearer.
type Box struct {
	Row    int
	Parent int // index of the box above it, -1 for the root
	Column int
	Line   float64
}

// Draw lays out rows as a tree that grows from left to right, and returns how
// many lines it takes. Each leaf has a line of its own; the layout takes time
// linear in the number of rows.
func Draw(rows []Row) (boxes []Box, lines int) {
	boxes = make([]Box, len(rows))
	first := make([]float64, len(rows)) // line of the first child
	seen := make([]bool, len(rows))
	var above []int // the boxes on the way to the present row
	for i := range rows {
		for len(above) > 0 && rows[above[len(above)-1]].Depth >= rows[i].Depth {
			above = above[:len(above)-1]
		}
		parent := -1
		if len(above) > 0 {
			parent = above[len(above)-1]
		}
		boxes[i] = Box{Row: i, Parent: parent, Column: len(above)}
		above = append(above, i)
	}
	// From the last row to the first, children come before their parents. Lines
	// are first counted from the bottom.
	last := make([]float64, len(rows))
	count := 0
	for i := len(rows) - 1; i >= 0; i-- {
		b := &boxes[i]
		if !seen[i] {
			b.Line = float64(count)
			count++
		} else {
			b.Line = (first[i] + last[i]) / 2
		}
		if p := b.Parent; p >= 0 {
			if !seen[p] {
				last[p], seen[p] = b.Line, true
			}
			first[p] = b.Line
		}
	}
	for i := range boxes {
		boxes[i].Line = float64(count-1) - boxes[i].Line
	}
	return boxes, count
}
