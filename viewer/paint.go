package viewer

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"

	scaler "golang.org/x/image/draw"

	"dryad/bt"
	"dryad/games"
)

// The colours of the window.
var (
	paper   = color.RGBA{24, 27, 34, 255}
	panel   = color.RGBA{32, 36, 45, 255}
	edge    = color.RGBA{54, 60, 74, 255}
	ink     = color.RGBA{226, 230, 238, 255}
	faint   = color.RGBA{134, 142, 158, 255}
	success = color.RGBA{98, 196, 116, 255}
	failure = color.RGBA{222, 92, 84, 255}
	running = color.RGBA{244, 190, 80, 255}
	accent  = color.RGBA{104, 162, 240, 255}
)

// teamColours are those in which package render draws the teams.
var teamColours = [...]color.RGBA{
	{80, 140, 255, 255}, {255, 80, 70, 255}, {90, 220, 90, 255}, {255, 205, 60, 255},
	{210, 110, 255, 255}, {70, 220, 220, 255}, {255, 150, 60, 255}, {235, 235, 235, 255},
}

// The sizes of the parts in pixels.
const (
	sideWidth   = 430
	barHeight   = 74
	gap         = 8
	smallest    = 480 // of the window's height
	smallestOut = 800 // of its width
)

// layout says where the parts of a picture are.
type layout struct {
	above, eyes, tree, facts, bar image.Rectangle
	track                         image.Rectangle // the timeline, within bar
}

func layoutOf(width, height int) layout {
	width, height = max(width, smallestOut), max(height, smallest)
	left := width - sideWidth - 3*gap
	content := height - barHeight - 3*gap
	var l layout
	l.above = image.Rect(gap, gap, gap+left, gap+content/2-gap/2)
	l.eyes = image.Rect(gap, gap+content/2+gap/2, gap+left, gap+content)
	treeHeight := content * 3 / 5
	l.tree = image.Rect(2*gap+left, gap, width-gap, gap+treeHeight)
	l.facts = image.Rect(2*gap+left, 2*gap+treeHeight, width-gap, gap+content)
	l.bar = image.Rect(gap, 2*gap+content, width-gap, height-gap)
	l.track = image.Rect(l.bar.Min.X+12, l.bar.Min.Y+34, l.bar.Max.X-12, l.bar.Max.Y-10)
	return l
}

// Paint draws all that the window shows. The smallest picture is 800 by 480.
func Paint(s *Session, width, height int) *image.RGBA {
	width, height = max(width, smallestOut), max(height, smallest)
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	fill(img, img.Rect, paper)
	l := layoutOf(width, height)
	s.paintWorld(img, l)
	s.paintTree(img, l.tree)
	s.paintFacts(img, l.facts)
	s.paintBar(img, l)
	return img
}

func fill(img *image.RGBA, r image.Rectangle, c color.RGBA) {
	draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// frame draws a panel with its edge.
func frame(img *image.RGBA, r image.Rectangle) {
	fill(img, r, edge)
	fill(img, r.Inset(1), panel)
}

// paintWorld draws the two views of the world, and the last events over the
// upper one.
func (s *Session) paintWorld(img *image.RGBA, l layout) {
	world := s.playback.Match().World()
	for _, r := range []image.Rectangle{l.above, l.eyes} {
		frame(img, r)
	}
	for _, v := range []struct {
		r    image.Rectangle
		seat games.Seat
	}{{l.above, games.NoSeat}, {l.eyes, s.seat}} {
		inner := v.r.Inset(1)
		picture, err := s.picture(world, v.seat, inner.Dx(), inner.Dy())
		if err != nil {
			prose.draw(img, inner.Min.X+14, inner.Min.Y+26, inner.Dx()-28, err.Error(), faint)
			continue
		}
		place(img, inner, picture)
	}
	y := l.above.Min.Y + 38 // below the picture's own caption
	for _, m := range s.Recent(5) {
		c := faint
		if m.Event.Seat >= 0 {
			c = s.colour(m.Event.Seat)
		}
		width := prose.measure(m.Text)
		shade(img, image.Rect(l.above.Min.X+8, y-13, l.above.Min.X+16+width, y+5))
		prose.draw(img, l.above.Min.X+12, y, l.above.Dx()-24, m.Text, c)
		y += prose.line + 2
	}
}

// picture draws the world, if it can be drawn.
func (s *Session) picture(world games.World, seat games.Seat, width, height int) (image.Image, error) {
	if s.camera == nil {
		return nil, fmt.Errorf("there are no pictures of %s", s.replay.Game)
	}
	return s.camera(world, seat, width, height)
}

// place puts a picture into the middle of a part, as large as it fits.
func place(img *image.RGBA, r image.Rectangle, picture image.Image) {
	b := picture.Bounds()
	if b.Dx() == r.Dx() && b.Dy() == r.Dy() {
		draw.Draw(img, r, picture, b.Min, draw.Src)
		return
	}
	width, height := r.Dx(), b.Dy()*r.Dx()/max(1, b.Dx())
	if height > r.Dy() {
		width, height = b.Dx()*r.Dy()/max(1, b.Dy()), r.Dy()
	}
	corner := image.Pt(r.Min.X+(r.Dx()-width)/2, r.Min.Y+(r.Dy()-height)/2)
	scaler.NearestNeighbor.Scale(img, image.Rectangle{Min: corner, Max: corner.Add(image.Pt(width, height))}, picture, b, draw.Src, nil)
}

// shade darkens what is there, so that text can be read on it.
func shade(img *image.RGBA, r image.Rectangle) {
	draw.DrawMask(img, r, image.NewUniform(color.RGBA{10, 12, 16, 255}), image.Point{}, image.NewUniform(color.Alpha{170}), image.Point{}, draw.Over)
}

// colour is that of a seat's team.
func (s *Session) colour(seat games.Seat) color.RGBA {
	return teamColours[s.playback.Match().World().Team(seat)%len(teamColours)]
}

// statusColour is the colour of a node's status.
func statusColour(status bt.Status) color.RGBA {
	switch status {
	case bt.Success:
		return success
	case bt.Failure:
		return failure
	case bt.Running:
		return running
	}
	return edge
}

// paintTree draws the watched seat's tree, a line a node.
func (s *Session) paintTree(img *image.RGBA, r image.Rectangle) {
	frame(img, r)
	x, y := r.Min.X+12, r.Min.Y+24
	fill(img, image.Rect(x, y-12, x+12, y), s.colour(s.seat))
	policy := s.replay.PolicyAt(s.seat, max(0, s.Tick()-1))
	x += 20
	x += title.draw(img, x, y, r.Dx()-60, fmt.Sprintf("seat %d  %s", s.seat, policy.Name), ink) + 12
	prose.draw(img, x, y, r.Max.X-x-8, s.State(), faint)
	rows := s.Rows()
	y += 12
	visible := max(1, (r.Max.Y-y-6)/mono.line)
	s.scroll = max(0, min(s.scroll, len(rows)-visible))
	for i := s.scroll; i < len(rows) && i < s.scroll+visible; i++ {
		row := rows[i]
		top := y + (i-s.scroll)*mono.line
		c := faint
		if row.Status != bt.Idle {
			c = ink
			fill(img, image.Rect(r.Min.X+1, top, r.Max.X-1, top+mono.line), mixed(panel, statusColour(row.Status), 0.16))
		}
		left := r.Min.X + 12 + 14*row.Depth
		fill(img, image.Rect(left, top+4, left+8, top+mono.line-4), statusColour(row.Status))
		mono.draw(img, left+14, top+mono.line-5, r.Max.X-left-20, row.Text, c)
	}
	if len(rows) > visible {
		height := r.Max.Y - y - 6
		from := y + height*s.scroll/len(rows)
		fill(img, image.Rect(r.Max.X-5, from, r.Max.X-2, from+max(8, height*visible/len(rows))), edge)
	}
}

// mixed returns a colour between two.
func mixed(a, b color.RGBA, part float64) color.RGBA {
	mix := func(x, y uint8) uint8 { return uint8(float64(x) + (float64(y)-float64(x))*part) }
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}

// paintFacts draws what the tree read, and its blackboard.
func (s *Session) paintFacts(img *image.RGBA, r image.Rectangle) {
	frame(img, r)
	y := r.Min.Y + 18
	list := func(heading string, facts []Fact) {
		if len(facts) == 0 || y > r.Max.Y-8 {
			return
		}
		prose.draw(img, r.Min.X+12, y, r.Dx()-24, heading, accent)
		y += mono.line
		const columns = 2
		width := (r.Dx() - 24) / columns
		for i, f := range facts {
			if y > r.Max.Y-6 {
				return
			}
			x := r.Min.X + 12 + i%columns*width
			used := mono.draw(img, x, y, width-58, f.Name, faint)
			mono.draw(img, x+used+8, y, width-used-16, f.Value, ink)
			if i%columns == columns-1 || i == len(facts)-1 {
				y += mono.line
			}
		}
		y += 6
	}
	list("what the tree read", s.Readings())
	list("blackboard", s.Blackboard())
	var metrics []Fact
	for _, m := range s.playback.Match().World().Metrics(s.seat) {
		metrics = append(metrics, Fact{m.Name, number(m.Value)})
	}
	list("figures so far", metrics)
}

// paintBar draws the state of the player, and the timeline.
func (s *Session) paintBar(img *image.RGBA, l layout) {
	frame(img, l.bar)
	x, y := l.bar.Min.X+12, l.bar.Min.Y+22
	if s.playing {
		fill(img, image.Rect(x, y-12, x+4, y), ink)
		fill(img, image.Rect(x+7, y-12, x+11, y), ink)
	} else {
		for i := range 12 {
			fill(img, image.Rect(x+i, y-12+i/2, x+i+1, y-i/2), ink)
		}
	}
	x += 22
	state := fmt.Sprintf("%s of %s   tick %d of %d   %gx", s.clock(s.Tick()), s.clock(s.Ticks()), s.Tick(), s.Ticks(), s.Speed())
	x += title.draw(img, x, y, l.bar.Dx(), state, ink) + 24
	about := fmt.Sprintf("%s on %s", s.replay.Config.Mode, s.replay.Config.Map)
	if s.fault != nil {
		prose.draw(img, x, y, l.bar.Max.X-x-10, s.fault.Error(), failure)
	} else {
		x += prose.draw(img, x, y, max(0, l.bar.Max.X-x-10), about, faint) + 24
		const help = "space play   arrows step, speed   tab seat   drag to seek"
		if w := prose.measure(help); x+w < l.bar.Max.X-10 {
			prose.draw(img, l.bar.Max.X-12-w, y, w+4, help, faint)
		}
	}
	s.paintTimeline(img, l.track)
}

// paintTimeline draws the events along the match and where it stands.
func (s *Session) paintTimeline(img *image.RGBA, r image.Rectangle) {
	fill(img, r, paper)
	at := func(tick int) int {
		return r.Min.X + int(int64(tick)*int64(r.Dx()-1)/int64(max(1, s.Ticks())))
	}
	fill(img, image.Rect(r.Min.X, r.Min.Y, at(s.Tick()), r.Max.Y), mixed(paper, accent, 0.25))
	for _, e := range s.replay.Events {
		if e.Seat < 0 || !notable(e) {
			continue
		}
		top := r.Min.Y + r.Dy()/2
		if e.Kind == "kill" || e.Kind == "tag" || e.Kind == "capture" {
			top = r.Min.Y + 2
		}
		x := at(e.Tick)
		fill(img, image.Rect(x, top, x+2, r.Max.Y-2), s.colour(e.Seat))
	}
	for _, swap := range s.replay.Swaps {
		x := at(swap.Tick)
		fill(img, image.Rect(x-1, r.Min.Y, x+2, r.Max.Y), ink)
	}
	x := at(s.Tick())
	fill(img, image.Rect(x-1, r.Min.Y-4, x+2, r.Max.Y+4), ink)
}

// tickAt returns the tick that a place on the timeline stands for.
func (s *Session) tickAt(r image.Rectangle, x int) int {
	part := float64(x-r.Min.X) / float64(max(1, r.Dx()-1))
	return int(max(0, min(1, part))*float64(s.Ticks()) + 0.5)
}
