package screen

import (
	"context"
	"fmt"
	"image"
	"strings"

	"dryad/viewer/paint"
	"dryad/viewer/session"
	"dryad/viewer/tell"
)

// paintBar draws the clock, the message, and the time line.
func (s *Screen) paintBar(c *paint.Canvas, r image.Rectangle) {
	c.Panel(r)
	x, y := r.Min.X+c.Px(12), r.Min.Y+c.Px(23)
	lead := s.Session()
	if lead.Playing() {
		c.Fill(image.Rect(x, y-c.Px(12), x+c.Px(4), y), paint.Ink)
		c.Fill(image.Rect(x+c.Px(7), y-c.Px(12), x+c.Px(11), y), paint.Ink)
	} else {
		for i := range c.Px(12) {
			c.Fill(image.Rect(x+i, y-c.Px(12)+i/2, x+i+1, y-i/2), paint.Ink)
		}
	}
	s.hit(image.Rect(x-c.Px(4), r.Min.Y, x+c.Px(16), y+c.Px(4)), lead.Toggle)
	x += c.Px(22)
	v := lead.Vocabulary()
	clock := fmt.Sprintf("turn %d of %d   %sx", lead.Tick(), lead.Ticks(), speedText(lead.Speed()))
	if v.TicksPerSecond > 0 {
		clock = fmt.Sprintf("%s of %s   tick %d of %d   %sx", tell.Clock(v, lead.Tick()), tell.Clock(v, lead.Ticks()), lead.Tick(), lead.Ticks(), speedText(lead.Speed()))
	}
	x += c.Text(x, y, r.Dx()/2, clock, paint.Title, paint.Ink) + c.Px(18)
	const keys = "? keys"
	width := c.Measure(keys, paint.Prose)
	c.Text(r.Max.X-width-c.Px(12), y, width, keys, paint.Prose, paint.Faint)
	s.hit(image.Rect(r.Max.X-width-c.Px(16), r.Min.Y, r.Max.X, y+c.Px(4)), func(context.Context) error { s.help = !s.help; return nil })
	text, colour := s.about(), paint.Faint
	switch stop := lead.Stopped(); {
	case s.input != nil:
		text, colour = s.input.prompt+s.input.text+"|", paint.Yellow
	case s.note != "":
		text, colour = s.note, paint.Yellow
	case stop != nil:
		text, colour = "halted: "+stop.Text, paint.Yellow
	}
	c.Text(x, y, r.Max.X-width-c.Px(24)-x, text, paint.Prose, colour)
	s.paintTrack(c, s.areas.track)
}

// about says what is watched.
func (s *Screen) about() string {
	r := s.Session().Replay()
	text := r.Game
	for _, part := range []string{r.Config.Name, r.Config.Mode, r.Config.Map} {
		if part != "" && part != "standard" {
			text += "  " + strings.ReplaceAll(part, "_", " ")
		}
	}
	if len(s.sides) > 1 {
		text += "   (two matches on one clock)"
	}
	if tick, is := s.Session().Exploring(); is {
		text += fmt.Sprintf("   executing the match: %d %%", 100*tick/max(1, s.Session().Ticks()))
	}
	return text
}

func speedText(speed float64) string {
	if speed < 1 {
		return fmt.Sprintf("1/%g", 1/speed)
	}
	return fmt.Sprintf("%g", speed)
}

// paintTrack draws the moments along the match and where it stands.
func (s *Screen) paintTrack(c *paint.Canvas, r image.Rectangle) {
	c.Fill(r, paint.Paper)
	lead := s.Session()
	ticks := max(1, lead.Ticks())
	at := func(tick int) int { return r.Min.X + int(int64(min(tick, ticks))*int64(r.Dx()-1)/int64(ticks)) }
	c.Fill(image.Rect(r.Min.X, r.Min.Y, at(lead.Tick()), r.Max.Y), paint.Mix(paint.Paper, paint.Blue, 0.25))
	drawn := map[[2]int]bool{} // one mark a place and kind is enough
	for _, m := range lead.Marks() {
		x := at(m.Tick)
		if id := [2]int{x, int(m.Class)}; drawn[id] || m.Class == session.Other {
			continue
		} else {
			drawn[id] = true
		}
		top := r.Min.Y + r.Dy()/3
		if m.Class == session.Kill || m.Class == session.Objective {
			top = r.Min.Y + c.Px(2)
		}
		c.Fill(image.Rect(x, top, x+max(1, c.Px(2)), r.Max.Y-c.Px(2)), classColour(m.Class))
	}
	x := at(lead.Tick())
	c.Fill(image.Rect(x-1, r.Min.Y-c.Px(3), x+c.Px(2), r.Max.Y+c.Px(3)), paint.Ink)
}

// tickAt returns the tick that a place on the time line stands for.
func (s *Screen) tickAt(x int) int {
	r := s.areas.track
	part := float64(x-r.Min.X) / float64(max(1, r.Dx()-1))
	return int(max(0, min(1, part))*float64(s.Session().Ticks()) + 0.5)
}

// paintTip draws the tooltip of what is under the mouse.
func (s *Screen) paintTip(c *paint.Canvas) {
	tip := s.Tip(s.mouse)
	if tip == nil {
		return
	}
	width := 0
	var lines []string
	for _, text := range tip {
		lines = append(lines, c.Lines(text, c.Px(460), paint.Prose)...)
	}
	for _, text := range lines {
		width = max(width, c.Measure(text, paint.Prose))
	}
	height := len(lines)*c.LineHeight(paint.Prose) + c.Px(10)
	r := image.Rect(0, 0, width+c.Px(16), height).Add(s.mouse.Add(image.Pt(c.Px(14), c.Px(18))))
	if over := r.Max.X - c.Bounds().Max.X; over > 0 {
		r = r.Sub(image.Pt(over, 0))
	}
	if r.Max.Y > c.Bounds().Max.Y {
		r = r.Sub(image.Pt(0, height+c.Px(30)))
	}
	c.Panel(r)
	for i, text := range lines {
		colour := paint.Faint
		if i == 0 {
			colour = paint.Ink
		}
		c.Text(r.Min.X+c.Px(8), r.Min.Y+c.Px(15)+i*c.LineHeight(paint.Prose), width, text, paint.Prose, colour)
	}
}

// Tip returns the lines of the tooltip at a place of the last picture.
func (s *Screen) Tip(at image.Point) []string {
	var tip []string
	for i := range s.hits {
		if at.In(s.hits[i].r) && s.hits[i].tip != nil {
			tip = s.hits[i].tip
		}
	}
	return tip
}
