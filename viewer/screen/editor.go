package screen

import (
	"context"
	"fmt"
	"image"
	"strings"

	"dryad/dsl"
	"dryad/viewer/paint"
	"dryad/viewer/session"
)

// editor is a text that is being changed: the tree of a fork.
type editor struct {
	seat      int
	tick      int
	lines     []string
	row, col  int // of the cursor; col counts runes
	top       int // the first line that is shown
	visible   int
	faults    []string
	faultLine map[int]bool
}

// edit opens the watched seat's tree for a fork at the present tick.
func (s *Screen) edit(ctx context.Context) error {
	lead := s.Session()
	lead.Pause()
	source := lead.Replay().PolicyAt(lead.Seat(), lead.Tick()).Source
	if source == "" {
		s.note = "the seat is not played by a tree, so there is nothing to edit"
		return nil
	}
	s.editor = &editor{seat: int(lead.Seat()), tick: lead.Tick(), lines: strings.Split(strings.TrimRight(source, "\n"), "\n")}
	s.editOutside(ctx)
	return nil
}

// text returns what is written.
func (e *editor) text() string { return strings.Join(e.lines, "\n") + "\n" }

// insert puts text at the cursor. Control letters other than line ends are
// left out.
func (e *editor) insert(text string) {
	for _, r := range text {
		line := []rune(e.lines[e.row])
		e.col = min(e.col, len(line))
		switch {
		case r == '\n':
			rest := string(line[e.col:])
			e.lines[e.row] = string(line[:e.col])
			e.lines = append(e.lines[:e.row+1], append([]string{rest}, e.lines[e.row+1:]...)...)
			e.row, e.col = e.row+1, 0
		case r >= ' ' && r != 0x7f:
			e.lines[e.row] = string(line[:e.col]) + string(r) + string(line[e.col:])
			e.col++
		}
	}
}

// remove deletes the letter before the cursor, or the line end there.
func (e *editor) remove() {
	line := []rune(e.lines[e.row])
	e.col = min(e.col, len(line))
	switch {
	case e.col > 0:
		e.lines[e.row] = string(line[:e.col-1]) + string(line[e.col:])
		e.col--
	case e.row > 0:
		before := e.lines[e.row-1]
		e.col = len([]rune(before))
		e.lines[e.row-1] = before + e.lines[e.row]
		e.lines = append(e.lines[:e.row], e.lines[e.row+1:]...)
		e.row--
	}
}

// move moves the cursor.
func (e *editor) move(rows, columns int) {
	e.row = max(0, min(len(e.lines)-1, e.row+rows))
	e.col = max(0, min(len([]rune(e.lines[e.row])), e.col+columns))
}

// editorKey does what a key stands for in the editor.
func (s *Screen) editorKey(ctx context.Context, k Key) error {
	e := s.editor
	switch k.Name {
	case "escape":
		s.editor = nil
	case "enter":
		if k.Ctrl {
			return s.fork(ctx)
		}
		indent := len(e.lines[e.row]) - len(strings.TrimLeft(e.lines[e.row], " "))
		e.insert("\n" + strings.Repeat(" ", indent))
	case "backspace":
		e.remove()
	case "delete":
		if last := len(e.lines) - 1; e.row < last || e.col < len([]rune(e.lines[e.row])) {
			if e.col >= len([]rune(e.lines[e.row])) {
				e.row, e.col = e.row+1, 0
			} else {
				e.col++
			}
			e.remove()
		}
	case "tab":
		e.insert("  ")
	case "left":
		e.move(0, -1)
	case "right":
		e.move(0, 1)
	case "up":
		e.move(-1, 0)
	case "down":
		e.move(1, 0)
	case "pageup":
		e.move(-max(1, e.visible-1), 0)
	case "pagedown":
		e.move(max(1, e.visible-1), 0)
	case "home":
		e.col = 0
	case "end":
		e.col = len([]rune(e.lines[e.row]))
	}
	return nil
}

// fork checks the text and, when it is legal, lets the match go on with it and
// shows both matches on one clock.
func (s *Screen) fork(ctx context.Context) error {
	e, lead := s.editor, s.sides[0].session
	e.faults, e.faultLine = nil, map[int]bool{}
	r, faults, err := lead.Fork(ctx, session.ForkParams{Tick: e.tick, Seat: lead.Seat(), Source: e.text(), Policy: s.params.Policy})
	for _, f := range faults {
		if f.Severity == dsl.Error {
			e.faults = append(e.faults, fmt.Sprintf("line %d: %s", f.Range.Start.Line, f.Summary))
			e.faultLine[f.Range.Start.Line-1] = true
		}
	}
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		e.faults = append(e.faults, err.Error())
	}
	if r == nil {
		return nil
	}
	other, err := lead.Another(r)
	if err != nil {
		e.faults = []string{err.Error()}
		return nil
	}
	other.Watch(lead.Seat())
	if len(s.sides) > 1 {
		s.sides[1].session.Close()
		s.sides = s.sides[:1]
	}
	s.add(other)
	s.same()
	s.editor, s.found = nil, nil
	note := "the fork is shown beside the match; d goes to the first difference"
	if s.params.Save != nil {
		name, err := s.params.Save(r)
		if err != nil {
			return s.report(ctx, err)
		}
		note = "kept as " + name + "; d goes to the first difference"
	}
	s.note = note
	return s.follow(ctx)
}

// paintEditor draws the text over everything.
func (s *Screen) paintEditor(c *paint.Canvas) {
	e := s.editor
	c.Blend(c.Bounds(), paint.Paper, 150)
	r := c.Bounds().Inset(c.Px(40))
	c.Panel(r)
	y := r.Min.Y + c.Px(24)
	c.Text(r.Min.X+c.Px(14), y, r.Dx()-c.Px(28), fmt.Sprintf("the tree of seat %d, from tick %d on", e.seat, e.tick), paint.Title, paint.Ink)
	y += c.Px(18)
	c.Text(r.Min.X+c.Px(14), y, r.Dx()-c.Px(28), s.editorHelp(), paint.Prose, paint.Faint)
	y += c.Px(10)
	line := c.LineHeight(paint.Mono)
	below := len(e.faults) * c.LineHeight(paint.Prose)
	e.visible = max(1, (r.Max.Y-y-below-c.Px(10))/line)
	e.top = max(0, min(e.top, e.row), e.row-e.visible+1)
	for i := e.top; i < len(e.lines) && i < e.top+e.visible; i++ {
		top := y + (i-e.top)*line
		if e.faultLine[i] {
			c.Fill(image.Rect(r.Min.X+1, top, r.Max.X-1, top+line), paint.Mix(paint.Sheet, paint.Red, 0.3))
		}
		c.Text(r.Min.X+c.Px(10), top+line-c.Px(4), c.Px(34), fmt.Sprintf("%3d", i+1), paint.Mono, paint.Faint)
		c.Text(r.Min.X+c.Px(46), top+line-c.Px(4), r.Dx()-c.Px(60), e.lines[i], paint.Mono, paint.Ink)
		if i == e.row {
			runes := []rune(e.lines[i])
			x := r.Min.X + c.Px(46) + c.Measure(string(runes[:min(e.col, len(runes))]), paint.Mono)
			c.Fill(image.Rect(x, top+c.Px(1), x+c.Px(2), top+line-c.Px(1)), paint.Yellow)
		}
	}
	y = r.Max.Y - below - c.Px(4)
	for _, fault := range e.faults {
		c.Text(r.Min.X+c.Px(14), y+c.Px(8), r.Dx()-c.Px(28), fault, paint.Prose, paint.Red)
		y += c.LineHeight(paint.Prose)
	}
}
