package screen

import (
	"image"

	"dryad/viewer/paint"
)

// Keys are the keys with what they do, for the overlay and for help texts.
var Keys = [][2]string{
	{"space", "play or halt"},
	{"left, right", "one tick back or on; with shift one second"},
	{"up, down", "faster, slower: 1/8 to 64 times"},
	{"home, end", "to the beginning, to the end"},
	{"n", "to the next moment; with shift back"},
	{"k  o  f  c", "to the next kill, objective, fault, claim; with shift back"},
	{"tab", "the next seat; with shift the one before"},
	{"v", "which panels are large"},
	{"h  r  s", "heat map, trails, hide what the seat cannot know"},
	{"wheel, drag, z", "zoom and move the map; all of it again"},
	{"t  [  ]", "the tree as text or drawn; zoom"},
	{"a  e  l", "active nodes only; fold a level (shift: unfold); stop following"},
	{"/", "search the tree"},
	{"click", "a node: when it last started, ended, changed; its mark folds"},
	{",  .", "to the last or next start of the clicked node"},
	{"b  x", "halt where the clicked node starts (shift: fails); remove all"},
	{"=", "halt where an expression becomes true"},
	{"w", "why, what it reads, moments"},
	{"d", "where two matches first differ"},
	{"g", "edit the tree and play on from here"},
	{"p", "how the tree was made: proposer, difference from its parent, prompt"},
	{"q", "end"},
}

// paintHelp draws the keys over everything.
func (s *Screen) paintHelp(c *paint.Canvas) {
	line := c.LineHeight(paint.Prose) + c.Px(2)
	height := line*len(Keys) + c.Px(60)
	width := c.Px(620)
	middle := c.Bounds().Max.Div(2)
	r := image.Rect(middle.X-width/2, middle.Y-height/2, middle.X+width/2, middle.Y+height/2).Intersect(c.Bounds())
	c.Blend(c.Bounds(), paint.Paper, 150)
	c.Panel(r)
	y := r.Min.Y + c.Px(28)
	c.Text(r.Min.X+c.Px(20), y, width, "keys and mouse", paint.Title, paint.Ink)
	y += c.Px(24)
	for _, k := range Keys {
		c.Text(r.Min.X+c.Px(20), y, c.Px(140), k[0], paint.Bold, paint.Yellow)
		c.Text(r.Min.X+c.Px(170), y, width-c.Px(190), k[1], paint.Prose, paint.Ink)
		y += line
	}
}
