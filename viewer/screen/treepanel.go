package screen

import (
	"context"
	"fmt"
	"image"

	"dryad/bt"
	"dryad/internal/english"
	"dryad/viewer/paint"
	"dryad/viewer/session"
	"dryad/viewer/tell"
	"dryad/viewer/thought"
	"dryad/viewer/tree"
)

// paintTree draws the watched seat's tree.
func (s *Screen) paintTree(c *paint.Canvas, d *side, r image.Rectangle) {
	inner := c.Panel(r)
	defer c.Clip(inner)()
	x, y := inner.Min.X+c.Px(10), inner.Min.Y+c.Px(20)
	team := paint.Team(d.session.World().Team(d.session.Seat()))
	c.Fill(image.Rect(x, y-c.Px(12), x+c.Px(12), y), team)
	x += c.Px(18)
	name := d.session.Replay().PolicyAt(d.session.Seat(), max(0, d.session.Tick()-1)).Name
	x += c.Text(x, y, inner.Dx()*6/10, fmt.Sprintf("seat %d  %s", d.session.Seat(), name), paint.Title, paint.Ink) + c.Px(12)
	c.Text(x, y, inner.Max.X-x-c.Px(8), d.state(), paint.Prose, paint.Faint)
	m := d.mind()
	if m == nil {
		return
	}
	rows := d.view.Rows(m)
	body := image.Rect(inner.Min.X, inner.Min.Y+c.Px(30), inner.Max.X, inner.Max.Y-c.Px(20))
	if s.drawn {
		s.paintDrawn(c, d, m, rows, body)
	} else {
		s.paintText(c, d, m, rows, body)
	}
	s.paintLegend(c, d, rows, image.Rect(inner.Min.X, body.Max.Y, inner.Max.X, inner.Max.Y))
}

// state says how the watched seat stands, or why it does nothing.
func (d *side) state() string {
	x := d.session
	for _, f := range x.Match().Forfeits() {
		if f.Seat == x.Seat() {
			return fmt.Sprintf("forfeited at tick %d (%s): %s", f.Tick, f.Class, f.Text)
		}
	}
	m := d.mind()
	switch {
	case m == nil:
		return "not played by a tree: only its commands are recorded"
	case x.Tick() == 0:
		return "before the first tick"
	case m.Root == bt.Idle:
		return "does not act"
	}
	if at, diverged := x.Diverged(x.Seat()); diverged {
		return fmt.Sprintf("thinks otherwise than recorded since tick %d", at)
	}
	if len(m.Nodes) == 1 {
		return m.Root.String() + ", 1 node"
	}
	return fmt.Sprintf("%s, %s", m.Root, english.Number(len(m.Nodes), "node"))
}

// paintText draws a line a node.
func (s *Screen) paintText(c *paint.Canvas, d *side, m *thought.Mind, rows []tree.Row, r image.Rectangle) {
	line := c.LineHeight(paint.Mono)
	visible := max(1, r.Dy()/line)
	first := d.view.Follow(rows, m, visible)
	var sticky []tree.Row
	from := first
	if at := tree.Index(rows, m, m.Focus()); at >= 0 && !d.view.Loose {
		sticky, from = tree.Pinned(rows, at, first, visible)
	} else {
		sticky, from = ancestors(rows, first, visible/3)
	}
	shown := append(append([]tree.Row(nil), sticky...), rows[min(len(rows), from):min(len(rows), from+visible-len(sticky))]...)
	for i := range shown {
		top := r.Min.Y + i*line
		s.paintRow(c, d, m, &shown[i], image.Rect(r.Min.X, top, r.Max.X, top+line))
	}
	if len(sticky) > 0 {
		c.Fill(image.Rect(r.Min.X, r.Min.Y+len(sticky)*line, r.Max.X, r.Min.Y+len(sticky)*line+1), paint.Edge)
	}
	if len(rows) > visible {
		from := r.Min.Y + r.Dy()*first/len(rows)
		c.Fill(image.Rect(r.Max.X-c.Px(5), from, r.Max.X-c.Px(2), from+max(c.Px(8), r.Dy()*visible/len(rows))), paint.Edge)
	}
}

// ancestors returns the rows to be kept at the top, so that what is shown below
// has its way from the root, and the first row below them. They cover as many
// rows as they are.
func ancestors(rows []tree.Row, first, most int) (sticky []tree.Row, from int) {
	for covered := range most {
		if sticky = tree.Sticky(rows, first+covered); len(sticky) <= covered {
			return sticky, first + covered
		}
	}
	return nil, first
}

// paintRow draws one line of the tree.
func (s *Screen) paintRow(c *paint.Canvas, d *side, m *thought.Mind, row *tree.Row, r image.Rectangle) {
	node := &m.Nodes[row.Node]
	ink := paint.Faint
	if row.Status != bt.Idle {
		ink = paint.Ink
	}
	switch {
	case node.ID == d.selected:
		c.Fill(r, paint.Mix(paint.Sheet, paint.Blue, 0.35))
	case row.Path && row.Status != bt.Idle:
		c.Fill(r, paint.Mix(paint.Sheet, paint.Of(row.Status), 0.22))
	}
	if row.Found {
		c.Fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+c.Px(4), r.Max.Y), paint.Purple)
	}
	indent := min(row.Depth*c.Px(12), r.Dx()/3)
	x, middle := r.Min.X+c.Px(12)+indent, float64(r.Min.Y+r.Max.Y)/2
	if s.broken(d, node.ID) {
		c.Disc(float64(r.Min.X+c.Px(8)), middle, float64(c.Px(4)), paint.Red)
	}
	if !row.Leaf {
		mark := "–"
		if row.Folded {
			mark = "+"
		}
		c.Text(x-c.Px(2), r.Max.Y-c.Px(4), c.Px(10), mark, paint.Mono, paint.Faint)
	}
	c.Status(float64(x+c.Px(13)), middle, float64(c.Px(5)), row.Status)
	text := node.Text
	if row.Folded {
		text = fmt.Sprintf("%s  (%d below)", text, row.Hidden)
	}
	counts := counted(&m.Tally[row.Node])
	width := c.Measure(counts, paint.Small)
	c.Text(x+c.Px(24), r.Max.Y-c.Px(4), r.Max.X-x-c.Px(36)-width, text, paint.Mono, ink)
	c.Text(r.Max.X-width-c.Px(8), r.Max.Y-c.Px(4), width, counts, paint.Small, paint.Faint)
	id := node.ID
	fold := image.Rect(r.Min.X, r.Min.Y, x+c.Px(8), r.Max.Y)
	s.hits = append(s.hits,
		hit{r: r, tip: s.tip(m, row.Node), click: func(context.Context) error { d.choose(id); return nil }, right: func(context.Context) error {
			d.session.ToggleBreak(d.session.Seat(), id, session.Starts)
			return nil
		}})
	if !row.Leaf {
		s.hit(fold, func(context.Context) error { d.view.Fold(id, !d.view.Folded(id)); return nil })
	}
}

// counted writes how often a node was ticked so far.
func counted(t *thought.Tally) string {
	if t.Visits == 0 {
		return "never"
	}
	return fmt.Sprintf("%d", t.Visits)
}

// broken reports whether a breakpoint is set on a node.
func (s *Screen) broken(d *side, id uint64) bool {
	for _, b := range d.session.Breaks() {
		if b.Node == id && b.Seat == d.session.Seat() && b.Expression == "" {
			return true
		}
	}
	return false
}

// choose selects a node, or none.
func (d *side) choose(id uint64) {
	if d.selected == id {
		id = 0
	}
	d.selected = id
}

// chosen returns the index of the selected node, or -1.
func (d *side) chosen() int {
	if m := d.mind(); m != nil && d.selected != 0 {
		for i := range m.Nodes {
			if m.Nodes[i].ID == d.selected {
				return i
			}
		}
	}
	return -1
}

// tip says a node whole, with the values that decided it.
func (s *Screen) tip(m *thought.Mind, node int) []string {
	n, t := &m.Nodes[node], &m.Tally[node]
	lines := []string{n.Text, fmt.Sprintf("%s; ticked %d times: %d success, %d failure, %d running", m.Status[node], t.Visits, t.Successes, t.Failures, t.Running)}
	if d, decided := m.Decisions[node]; decided {
		lines = append(lines, d.Why())
		for i := range d.Clauses {
			if c := &d.Clauses[i]; !c.Computed {
				lines = append(lines, c.Text+": not computed")
			} else if !c.Decisive {
				lines = append(lines, fmt.Sprintf("%s: %v, which did not decide", c.Text, c.True))
			}
		}
	}
	return lines
}

// paintDrawn draws the tree as boxes from left to right.
func (s *Screen) paintDrawn(c *paint.Canvas, d *side, m *thought.Mind, rows []tree.Row, r image.Rectangle) {
	defer c.Clip(r)()
	boxes, lines := tree.Draw(rows)
	if len(boxes) == 0 {
		return
	}
	columns := 0
	for _, b := range boxes {
		columns = max(columns, b.Column+1)
	}
	// As large as fits, but not so small that a line cannot be read.
	line := max(float64(c.Px(13)), min(float64(c.Px(20)), float64(r.Dy())/float64(lines))) * s.zoom
	column := max(float64(c.Px(120)), min(float64(c.Px(220)), float64(r.Dx())/float64(columns))) * s.zoom
	focus := max(0, tree.Index(rows, m, m.Focus()))
	// The focus is kept in the middle when not all fits.
	shiftX, shiftY := 0.0, 0.0
	if total := line * float64(lines); total > float64(r.Dy()) {
		shiftY = max(0, min(total-float64(r.Dy()), boxes[focus].Line*line-float64(r.Dy())/2))
	}
	if total := column * float64(columns); total > float64(r.Dx()) {
		shiftX = max(0, min(total-float64(r.Dx()), float64(boxes[focus].Column)*column-float64(r.Dx())/2))
	}
	at := func(i int) (x, y float64) {
		return float64(r.Min.X) + float64(c.Px(8)) + float64(boxes[i].Column)*column - shiftX, float64(r.Min.Y) + (boxes[i].Line+0.5)*line - shiftY
	}
	for i, b := range boxes {
		if b.Parent < 0 {
			continue
		}
		x0, y0 := at(b.Parent)
		x1, y1 := at(i)
		if max(y0, y1) < float64(r.Min.Y) || min(y0, y1) > float64(r.Max.Y) {
			continue
		}
		colour, thick := paint.Edge, 1.0
		if rows[i].Path && rows[i].Status != bt.Idle {
			colour, thick = paint.Of(rows[i].Status), 2.2
		} else if rows[i].Status != bt.Idle {
			colour = paint.Mix(paint.Edge, paint.Of(rows[i].Status), 0.6)
		}
		bend := x1 - float64(c.Px(8))
		text := min(c.Measure(m.Nodes[rows[b.Parent].Node].Text, paint.Small), int(column)-c.Px(30))
		c.Line(min(bend, x0+float64(text+c.Px(20))), y0, bend, y1, thick, colour)
		c.Line(bend, y1, x1, y1, thick, colour)
	}
	for i := range boxes {
		x, y := at(i)
		if y < float64(r.Min.Y)-line || y > float64(r.Max.Y)+line || x > float64(r.Max.X) {
			continue
		}
		s.paintBox(c, d, m, &rows[i], x, y, line, column, r.Max.X-c.Px(4))
	}
	if shiftX > 0 || shiftY > 0 {
		paintWay(c, m, r)
	}
}

// paintWay writes the way from the root to the focus as a line at the top, for a
// drawn tree of which only a part is in sight. Of a way that is too long the end
// is written.
func paintWay(c *paint.Canvas, m *thought.Mind, r image.Rectangle) {
	if m.Focus() < 0 {
		return
	}
	way := ""
	path := m.Path(m.Focus())
	for i := len(path) - 1; i >= 0; i-- {
		longer := m.Nodes[path[i]].Text
		if way != "" {
			longer += "  ›  " + way
		}
		if way != "" && c.Measure("…  ›  "+longer, paint.Small) > r.Dx()-c.Px(20) {
			way = "…  ›  " + way
			break
		}
		way = longer
	}
	height := c.LineHeight(paint.Small) + c.Px(2)
	c.Fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+height), paint.Sheet)
	c.Fill(image.Rect(r.Min.X, r.Min.Y+height, r.Max.X, r.Min.Y+height+1), paint.Edge)
	c.Text(r.Min.X+c.Px(10), r.Min.Y+height-c.Px(4), r.Dx()-c.Px(20), way, paint.Small, paint.Of(m.Status[m.Focus()]))
}

// paintBox draws a node of the drawn tree. Its text ends at the next column, or
// at right where nothing stands beside it.
func (s *Screen) paintBox(c *paint.Canvas, d *side, m *thought.Mind, row *tree.Row, x, y, line, column float64, right int) {
	node := &m.Nodes[row.Node]
	radius := min(float64(c.Px(6)), line*0.42)
	place := image.Rect(int(x), int(y-line/2), int(x+column)-c.Px(10), int(y+line/2))
	if row.Leaf || row.Folded {
		place.Max.X = right // a line of its own: nothing stands to the right of it
	}
	if node.ID == d.selected {
		c.Fill(place, paint.Mix(paint.Sheet, paint.Blue, 0.35))
	}
	c.Status(x+radius, y, radius, row.Status)
	if s.broken(d, node.ID) {
		c.Ring(x+radius, y, radius+2, 1.5, paint.Red)
	}
	if line >= float64(c.Px(9)) {
		ink := paint.Faint
		if row.Status != bt.Idle {
			ink = paint.Ink
		}
		text := node.Text
		if row.Folded {
			text = fmt.Sprintf("+%d %s", row.Hidden, text)
		}
		c.Text(int(x+2*radius)+c.Px(4), int(y)+c.Px(4), place.Max.X-int(x+2*radius)-c.Px(4), text, paint.Small, ink)
	}
	id := node.ID
	s.hits = append(s.hits, hit{r: place, tip: s.tip(m, row.Node), click: func(context.Context) error { d.choose(id); return nil }, right: func(context.Context) error {
		d.session.ToggleBreak(d.session.Seat(), id, session.Starts)
		return nil
	}})
}

// paintLegend says what the marks mean, and what of the tree is shown.
func (s *Screen) paintLegend(c *paint.Canvas, d *side, rows []tree.Row, r image.Rectangle) {
	x, y := r.Min.X+c.Px(12), r.Max.Y-c.Px(6)
	for _, status := range []bt.Status{bt.Running, bt.Success, bt.Failure, bt.Idle} {
		c.Status(float64(x+c.Px(4)), float64(y-c.Px(4)), float64(c.Px(5)), status)
		name := status.String()
		if status == bt.Idle {
			name = "not reached"
		}
		x += c.Px(17) + c.Text(x+c.Px(16), y, r.Max.X-x, name, paint.Small, paint.Faint) + c.Px(10)
	}
	text := ""
	if d.view.ActiveOnly {
		text += "active only  "
	}
	if d.view.Query != "" {
		text += fmt.Sprintf("%q: %d found  ", d.view.Query, len(tree.Matches(rows)))
	}
	c.Text(x, y, r.Max.X-x-c.Px(8), text, paint.Small, paint.Purple)
}

// when writes a tick on the clock, or "never".
func (d *side) when(tick int32) string {
	if tick < 0 {
		return "never"
	}
	return fmt.Sprintf("%s (tick %d)", tell.Clock(d.session.Vocabulary(), int(tick)), tick)
}
