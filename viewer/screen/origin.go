package screen

import (
	"fmt"
	"image"
	"image/color"
	"strings"

	"dryad/replay"
	"dryad/viewer/paint"
)

// origin is the overlay that shows how the tree of a seat was made, as the notes of
// the replay say.
type origin struct {
	title   string
	notes   []replay.Note
	top     int // the first line that is shown
	visible int
	lines   []originLine // of a width and a scale
	width   int
	scale   float64
}

type originLine struct {
	text   string
	style  paint.Style
	colour color.RGBA
}

// showOrigin opens the overlay for the watched seat.
func (s *Screen) showOrigin() {
	lead := s.Session()
	lead.Pause()
	seat, r := lead.Seat(), lead.Replay()
	o := &origin{title: fmt.Sprintf("how the tree of seat %d was made", seat)}
	for _, topic := range []string{replay.TopicMaker, replay.TopicChange, replay.TopicPrompt} {
		o.notes = append(o.notes, r.NotesOf(seat, topic, lead.Tick())...)
	}
	if len(o.notes) == 0 {
		s.note = "the replay does not say how the tree of this seat was made: the replays in the folder of a dryad evolve run do"
		return
	}
	s.origin = o
}

// originKey does what a key stands for in the overlay.
func (s *Screen) originKey(k Key) {
	o := s.origin
	switch k.Name {
	case "up":
		o.top--
	case "down":
		o.top++
	case "pageup":
		o.top -= max(1, o.visible-1)
	case "pagedown", "space":
		o.top += max(1, o.visible-1)
	case "home":
		o.top = 0
	case "end":
		o.top = len(o.lines)
	default:
		s.origin = nil
		return
	}
	o.hold()
}

// hold keeps what is shown within the text.
func (o *origin) hold() { o.top = max(0, min(o.top, len(o.lines)-o.visible)) }

// lay breaks the notes into lines of a width.
func (o *origin) lay(c *paint.Canvas, width int) {
	if o.width == width && o.scale == c.Scale {
		return
	}
	o.lines, o.width, o.scale = nil, width, c.Scale
	add := func(text string, style paint.Style, colour color.RGBA) {
		o.lines = append(o.lines, originLine{text, style, colour})
	}
	last := ""
	for _, n := range o.notes {
		style, colour, heading := paint.Prose, paint.Ink, ""
		switch n.Topic {
		case replay.TopicChange:
			style, heading = paint.Mono, "difference from its parent, as dryad policy diff writes it"
		case replay.TopicPrompt:
			colour, heading = paint.Faint, "prompt"
		}
		if last != "" {
			add("", style, colour)
		}
		last = n.Topic
		if heading != "" {
			add(heading, paint.Bold, paint.Blue)
		}
		text := strings.TrimRight(n.Text, "\n")
		if text == "" {
			text = "none"
		}
		for line := range strings.SplitSeq(text, "\n") {
			indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
			ink := colour
			if style == paint.Mono && indent == "" {
				ink = paint.Yellow // an instruction; what follows is its tree
			}
			pieces := c.Lines(line, max(1, width-c.Measure(indent, style)), style)
			if len(pieces) == 0 {
				add("", style, ink)
			}
			for _, piece := range pieces {
				add(indent+piece, style, ink)
			}
		}
	}
}

// paintOrigin draws the overlay.
func (s *Screen) paintOrigin(c *paint.Canvas) {
	o := s.origin
	c.Blend(c.Bounds(), paint.Paper, 150)
	r := c.Bounds().Inset(c.Px(40))
	c.Panel(r)
	x, width := r.Min.X+c.Px(16), r.Dx()-c.Px(32)
	o.lay(c, width)
	line := max(c.LineHeight(paint.Prose), c.LineHeight(paint.Mono))
	y := r.Min.Y + c.Px(26)
	o.visible = max(1, (r.Max.Y-y-c.Px(44))/line)
	o.hold()
	c.Text(x, y, width, o.title, paint.Title, paint.Ink)
	y += c.Px(18)
	c.Text(x, y, width, fmt.Sprintf("up, down, page up, page down, wheel: scroll; escape: close; lines %d to %d of %d",
		o.top+1, min(o.top+o.visible, len(o.lines)), len(o.lines)), paint.Prose, paint.Faint)
	defer c.Clip(image.Rect(r.Min.X, y, r.Max.X, r.Max.Y))()
	for _, l := range o.lines[o.top:min(o.top+o.visible, len(o.lines))] {
		y += line
		c.Text(x, y, width, l.text, l.style, l.colour)
	}
}
