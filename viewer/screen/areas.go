package screen

import (
	"image"

	"dryad/viewer/paint"
)

// areas are where the panels of a picture are.
type areas struct {
	sides []sideAreas
	bar   image.Rectangle
	track image.Rectangle // the time line, within bar
}

// sideAreas are the panels of one match; empty ones are not shown.
type sideAreas struct {
	first, second image.Rectangle // pictures of the match
	tree, facts   image.Rectangle
}

// place lays the panels out.
func (s *Screen) place(c *paint.Canvas) areas {
	gap := c.Px(6)
	whole := c.Bounds().Inset(gap)
	bar := c.Px(78)
	a := areas{bar: image.Rect(whole.Min.X, whole.Max.Y-bar, whole.Max.X, whole.Max.Y)}
	a.track = image.Rect(a.bar.Min.X+c.Px(12), a.bar.Min.Y+c.Px(36), a.bar.Max.X-c.Px(12), a.bar.Max.Y-c.Px(8))
	rest := image.Rect(whole.Min.X, whole.Min.Y, whole.Max.X, a.bar.Min.Y-gap)
	width := (rest.Dx() - gap*(len(s.sides)-1)) / len(s.sides)
	for i, d := range s.sides {
		x := rest.Min.X + i*(width+gap)
		r := image.Rect(x, rest.Min.Y, x+width, rest.Max.Y)
		if len(s.sides) == 1 {
			a.sides = append(a.sides, s.single(c, r, gap, d.board.Panes()))
		} else {
			a.sides = append(a.sides, s.narrow(r, gap))
		}
	}
	return a
}

// single lays out one match.
func (s *Screen) single(c *paint.Canvas, r image.Rectangle, gap, panes int) sideAreas {
	side := min(c.Px(520), r.Dx()*46/100)
	if s.layout == Tree {
		side = r.Dx() * 64 / 100
	}
	split := r.Max.X - side
	left := image.Rect(r.Min.X, r.Min.Y, split-gap, r.Max.Y)
	var a sideAreas
	middle := left.Min.Y + left.Dy()/2
	switch {
	case s.layout == Second && panes > 1:
		a.second = left
	case s.layout == Both && panes > 1 || s.layout == Tree && panes > 1:
		a.first = image.Rect(left.Min.X, left.Min.Y, left.Max.X, middle-gap/2)
		a.second = image.Rect(left.Min.X, middle+gap/2, left.Max.X, left.Max.Y)
	default:
		a.first = left
	}
	line := r.Min.Y + r.Dy()*60/100
	if s.layout == Tree {
		line = r.Min.Y + r.Dy()*72/100
	}
	a.tree = image.Rect(split, r.Min.Y, r.Max.X, line-gap/2)
	a.facts = image.Rect(split, line+gap/2, r.Max.X, r.Max.Y)
	return a
}

// narrow lays out one of two matches: the picture above, the tree below.
func (s *Screen) narrow(r image.Rectangle, gap int) sideAreas {
	part := 42
	switch s.layout {
	case First, Second:
		part = 62
	case Tree:
		part = 16
	}
	one, two := r.Min.Y+r.Dy()*part/100, r.Min.Y+r.Dy()*(part+(100-part)*68/100)/100
	a := sideAreas{
		tree:  image.Rect(r.Min.X, one+gap/2, r.Max.X, two-gap/2),
		facts: image.Rect(r.Min.X, two+gap/2, r.Max.X, r.Max.Y),
	}
	picture := image.Rect(r.Min.X, r.Min.Y, r.Max.X, one-gap/2)
	if s.layout == Second {
		a.second = picture
	} else {
		a.first = picture
	}
	return a
}
