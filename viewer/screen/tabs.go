package screen

import (
	"context"
	"fmt"
	"image"
	"image/color"

	"dryad/bt"
	"dryad/viewer/paint"
	"dryad/viewer/session"
	"dryad/viewer/thought"
)

// tab is a page of the lower panel.
type tab uint8

const (
	tabNow tab = iota
	tabReads
	tabMarks
	tabs
)

var tabNames = [tabs]string{"what runs, and why", "what it reads", "moments"}

// paintTabs draws the lower panel.
func (s *Screen) paintTabs(c *paint.Canvas, d *side, r image.Rectangle) {
	inner := c.Panel(r)
	defer c.Clip(inner)()
	x := inner.Min.X + c.Px(10)
	for i, name := range tabNames {
		colour := paint.Faint
		if tab(i) == s.tab {
			colour = paint.Blue
		}
		width := c.Text(x, inner.Min.Y+c.Px(16), inner.Max.X-x, name, paint.Bold, colour)
		chosen := tab(i)
		s.hit(image.Rect(x, inner.Min.Y, x+width, inner.Min.Y+c.Px(22)), func(context.Context) error { s.tab = chosen; return nil })
		x += width + c.Px(16)
	}
	body := image.Rect(inner.Min.X+c.Px(10), inner.Min.Y+c.Px(24), inner.Max.X-c.Px(8), inner.Max.Y-c.Px(4))
	l := &lister{c: c, r: body, y: body.Min.Y + c.Px(12)}
	switch s.tab {
	case tabNow:
		s.listNow(l, d)
	case tabReads:
		s.listReads(l, d)
	default:
		s.listMarks(l, d)
	}
}

// lister writes lines from the top of a rectangle down.
type lister struct {
	c *paint.Canvas
	r image.Rectangle
	y int
}

func (l *lister) full() bool { return l.y > l.r.Max.Y }

// line writes a line and returns its place.
func (l *lister) line(indent int, text string, style paint.Style, colour color.RGBA) image.Rectangle {
	height := l.c.LineHeight(style)
	r := image.Rect(l.r.Min.X, l.y-l.c.Px(11), l.r.Max.X, l.y-l.c.Px(11)+height)
	if !l.full() {
		l.c.Text(l.r.Min.X+indent, l.y, l.r.Dx()-indent, text, style, colour)
	}
	l.y += height
	return r
}

// listNow lists what runs, why what stands above it does not, and the selected
// node.
func (s *Screen) listNow(l *lister, d *side) {
	m := d.mind()
	if m == nil || m.Tick < 0 {
		l.line(0, "no tree was ticked yet", paint.Prose, paint.Faint)
		return
	}
	if node := d.chosen(); node >= 0 {
		s.listNode(l, d, m, node)
	}
	running := m.Running()
	if len(running) == 0 {
		if focus := m.Focus(); focus >= 0 {
			s.nodeLine(l, d, m, focus, m.Status[focus].String()+": ")
		} else {
			l.line(0, "nothing was reached in this tick", paint.Prose, paint.Faint)
		}
	}
	for _, node := range running {
		s.nodeLine(l, d, m, node, "runs: ")
	}
	focus := m.Focus()
	if focus < 0 {
		return
	}
	s.reasons(l, d, m, "because", m.Because(focus))
	s.reasons(l, d, m, "what comes first in the tree does not run", m.Why(focus))
}

// reasons writes reasons that can be clicked.
func (s *Screen) reasons(l *lister, d *side, m *thought.Mind, heading string, list []thought.Reason) {
	if len(list) == 0 {
		return
	}
	l.y += l.c.Px(3)
	l.line(0, heading, paint.Prose, paint.Blue)
	for _, reason := range list {
		for i, text := range l.c.Lines(reason.Text, l.r.Dx()-l.c.Px(18), paint.Prose) {
			if l.full() {
				return
			}
			if i == 0 {
				l.c.Status(float64(l.r.Min.X+l.c.Px(5)), float64(l.y-l.c.Px(4)), float64(l.c.Px(5)), m.Status[reason.Branch])
			}
			r := l.line(l.c.Px(16), text, paint.Prose, paint.Faint)
			id := m.Nodes[reason.Node].ID
			s.hit(r, func(context.Context) error { d.choose(id); return nil })
		}
	}
}

// nodeLine writes a node that can be clicked.
func (s *Screen) nodeLine(l *lister, d *side, m *thought.Mind, node int, before string) {
	l.c.Status(float64(l.r.Min.X+l.c.Px(5)), float64(l.y-l.c.Px(4)), float64(l.c.Px(5)), m.Status[node])
	text := before + m.Nodes[node].Text
	if since := m.Tally[node].Started; m.Status[node] == bt.Running && since >= 0 {
		text += ", since " + d.when(since)
	}
	r := l.line(l.c.Px(16), text, paint.Bold, paint.Ink)
	id := m.Nodes[node].ID
	s.hit(r, func(context.Context) error { d.choose(id); return nil })
}

// listNode writes what is known of the selected node. Its ticks can be clicked.
func (s *Screen) listNode(l *lister, d *side, m *thought.Mind, node int) {
	n, t := &m.Nodes[node], &m.Tally[node]
	l.line(0, n.Text, paint.Mono, paint.Blue)
	l.line(0, fmt.Sprintf("line %d, ticked %d times: %d success, %d failure, %d running", n.Line, t.Visits, t.Successes, t.Failures, t.Running), paint.Prose, paint.Ink)
	for _, x := range []struct {
		what string
		tick int32
	}{{"started", t.Started}, {"ended", t.Ended}, {"changed", t.Changed}} {
		r := l.line(0, "last "+x.what+": "+d.when(x.tick), paint.Prose, paint.Ink)
		if x.tick >= 0 {
			tick := int(x.tick)
			s.hit(r, func(ctx context.Context) error { return s.goTo(ctx, tick) })
		}
	}
	if decision, decided := m.Decisions[node]; decided {
		for _, text := range l.c.Lines(decision.Why(), l.r.Dx(), paint.Prose) {
			l.line(0, text, paint.Prose, paint.Yellow)
		}
	}
	l.y += l.c.Px(6)
}

// listReads lists the blackboard, what the tree reads, and everything else that
// the seat perceives, with the course of the last ticks.
func (s *Screen) listReads(l *lister, d *side) {
	m := d.mind()
	if m != nil && len(m.Keys) > 0 {
		l.line(0, "blackboard", paint.Prose, paint.Blue)
		var keys []fact
		for _, k := range m.Keys {
			keys = append(keys, fact{name: k.Name, value: k.Text})
		}
		l.facts(keys)
	}
	used := map[string]bool{}
	if m != nil {
		for _, r := range m.Readings {
			used[r.Name] = true
		}
	}
	series := d.session.Readings(d.session.Seat())
	for _, mine := range []bool{true, false} {
		var list []fact
		for _, x := range series {
			if used[x.Name] == mine {
				list = append(list, fact{x.Name, x.Text, x.Values})
			}
		}
		if len(list) > 0 {
			l.line(0, map[bool]string{true: "read by the tree", false: "perceived, not read by the tree"}[mine], paint.Prose, paint.Blue)
			l.facts(list)
		}
	}
	var figures []fact
	for _, x := range d.session.World().Metrics(d.session.Seat()) {
		figures = append(figures, fact{name: x.Name, value: thought.Number(x.Value) + " " + x.Unit})
	}
	if len(figures) > 0 {
		l.line(0, "figures so far", paint.Prose, paint.Blue)
		l.facts(figures)
	}
}

// fact is a name with a value and its course.
type fact struct {
	name, value string
	course      []float64
}

// facts writes facts in two columns.
func (l *lister) facts(list []fact) {
	c := l.c
	width := l.r.Dx() / 2
	for i, f := range list {
		if l.full() {
			return
		}
		x := l.r.Min.X + i%2*width
		c.Text(x, l.y, width*48/100, f.name, paint.Mono, paint.Faint)
		c.Text(x+width*50/100, l.y, width*26/100, f.value, paint.Mono, paint.Ink)
		if len(f.course) > 1 {
			c.Spark(image.Rect(x+width*78/100, l.y-c.Px(10), x+width-c.Px(8), l.y+c.Px(1)), f.course, paint.Blue)
		}
		if i%2 == 1 || i == len(list)-1 {
			l.y += c.LineHeight(paint.Mono)
		}
	}
	l.y += c.Px(4)
}

// listMarks lists the moments around now. They can be clicked.
func (s *Screen) listMarks(l *lister, d *side) {
	marks := d.session.Marks()
	now := d.session.Tick()
	first := 0
	for first < len(marks) && marks[first].Tick < now {
		first++
	}
	fits := l.r.Dy() / l.c.LineHeight(paint.Prose)
	first = max(0, min(first-fits/2, len(marks)-fits))
	for _, m := range marks[first:] {
		if l.full() {
			return
		}
		colour := paint.Faint
		if m.Tick == now {
			colour = paint.Yellow
		} else if m.Tick < now {
			colour = paint.Ink
		}
		r := l.line(l.c.Px(14), d.when(int32(m.Tick))+"  "+m.Text, paint.Prose, colour)
		c := l.c
		c.Fill(image.Rect(r.Min.X, r.Min.Y+c.Px(3), r.Min.X+c.Px(6), r.Max.Y-c.Px(3)), classColour(m.Class))
		tick := m.Tick
		s.hit(r, func(ctx context.Context) error { return s.goTo(ctx, tick) })
	}
	if len(marks) == 0 {
		l.line(0, "nothing is recorded", paint.Prose, paint.Faint)
	}
}

// classColour is the colour of a kind of moment.
func classColour(c session.Class) color.RGBA {
	switch c {
	case session.Kill:
		return paint.Red
	case session.Objective:
		return paint.Yellow
	case session.Fault:
		return paint.Purple
	case session.Change:
		return paint.Ink
	case session.Claim:
		return paint.Blue
	case session.Speech:
		return paint.Green
	}
	return paint.Edge
}
