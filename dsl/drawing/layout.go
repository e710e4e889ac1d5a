package drawing

import (
	"unicode/utf8"

	"dryad/dsl"
)

// The measures of the layout, in pixels.
const (
	glyph     = 7.2 // width of a character of the fixed-width face
	padding   = 10.0
	boxHeight = 26.0
	rowGap    = 10.0
	columnGap = 36.0
	margin    = 16.0
	titleSize = 28.0
	longest   = 60 // characters of a label
)

// box is a node with its place.
type box struct {
	node        *dsl.Node
	label       string
	x, y, width float64
	children    []*box
}

// layout places a tree from left to right: a column a level, a row a leaf,
// every parent in the middle of its children. top is the first row's upper
// edge; the result also says where the tree ends.
func layout(root *dsl.Node, top float64) (placed *box, right, bottom float64) {
	var widths []float64
	var measure func(n *dsl.Node, depth int) *box
	measure = func(n *dsl.Node, depth int) *box {
		b := &box{node: n, label: shorten(n.Line())}
		b.width = float64(utf8.RuneCountInString(b.label))*glyph + 2*padding
		if depth == len(widths) {
			widths = append(widths, 0)
		}
		widths[depth] = max(widths[depth], b.width)
		for _, child := range n.Children {
			b.children = append(b.children, measure(child, depth+1))
		}
		return b
	}
	placed = measure(root, 0)
	columns := make([]float64, len(widths)+1)
	columns[0] = margin
	for i, w := range widths {
		columns[i+1] = columns[i] + w + columnGap
	}
	bottom = top
	var place func(b *box, depth int)
	place = func(b *box, depth int) {
		b.x = columns[depth]
		if len(b.children) == 0 {
			b.y = bottom
			bottom += boxHeight + rowGap
			return
		}
		for _, child := range b.children {
			place(child, depth+1)
		}
		b.y = (b.children[0].y + b.children[len(b.children)-1].y) / 2
	}
	place(placed, 0)
	return placed, columns[len(widths)] - columnGap + margin, bottom
}

func shorten(text string) string {
	if utf8.RuneCountInString(text) <= longest {
		return text
	}
	runes := []rune(text)
	return string(runes[:longest-1]) + "…"
}
