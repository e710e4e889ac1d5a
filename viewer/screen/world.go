package screen

import (
	"fmt"
	"image"

	"dryad/viewer/paint"
	"dryad/viewer/tell"
)

// paintWorld draws the pictures of a match, and the last events over the first.
func (s *Screen) paintWorld(c *paint.Canvas, d *side, a *sideAreas) {
	for pane, r := range []image.Rectangle{a.first, a.second} {
		if r.Empty() {
			continue
		}
		inner := c.Panel(r)
		d.board.Paint(c, inner, min(pane, d.board.Panes()-1))
		if pane == 0 && d.board.Panes() > 1 {
			s.paintEvents(c, d, inner)
		}
	}
	if fault := d.session.Fault(); fault != nil {
		r := a.first
		if r.Empty() {
			r = a.second
		}
		box := image.Rect(r.Min.X+c.Px(20), r.Min.Y+r.Dy()/3, r.Max.X-c.Px(20), r.Min.Y+r.Dy()/3+c.Px(70))
		c.Fill(box, paint.Red)
		c.Fill(box.Inset(c.Px(2)), paint.Sheet)
		c.Wrap(box.Min.X+c.Px(12), box.Min.Y+c.Px(24), box.Dx()-c.Px(24), box.Max.Y-c.Px(6), "the match cannot be executed: "+fault.Error(), paint.Prose, paint.Ink)
	}
}

// paintEvents writes the last events.
func (s *Screen) paintEvents(c *paint.Canvas, d *side, r image.Rectangle) {
	y := r.Min.Y + c.Px(18)
	v := d.session.Vocabulary()
	for _, m := range d.session.Recent(5) {
		if y > r.Max.Y-c.Px(8) {
			return
		}
		colour := paint.Faint
		if m.Seat >= 0 {
			colour = paint.Team(d.session.World().Team(m.Seat))
		}
		text := fmt.Sprintf("%s  %s", tell.Clock(v, m.Tick), m.Text)
		width := min(c.Measure(text, paint.Prose), r.Dx()*2/3)
		c.Blend(image.Rect(r.Min.X+c.Px(6), y-c.Px(13), r.Min.X+c.Px(14)+width, y+c.Px(5)), paint.Paper, 170)
		c.Text(r.Min.X+c.Px(10), y, width, text, paint.Prose, colour)
		y += c.LineHeight(paint.Prose) + c.Px(1)
	}
}
