package board

import (
	"image"
	"strconv"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/render"
	"dryad/viewer/paint"
	"dryad/viewer/session"
)

// trailSeconds is for how long trails are shown.
const trailSeconds = 8

// plan draws a shooter.
type plan struct {
	film    render.Film
	seen    int // the last tick that the film was told of
	zoom    float64
	x, y    fixed.Fixed // in the middle, when zoomed
	scale   float64     // pixels a map unit, of the last picture
	middle  image.Point // of the last picture
	centreX float64     // of the map in its units
	centreY float64
}

func newMap(*session.Session) *plan { return &plan{seen: -1, zoom: 1} }

func (*plan) panes() int { return 2 }

func (m *plan) state(world games.World, events []games.Event) {
	if world.Now() > m.seen {
		m.seen = world.Now()
		m.film.Watch(world, events)
	}
}

func (m *plan) paint(b *Board, c *paint.Canvas, r image.Rectangle, pane int) {
	m.film.Window = 0
	if !b.Heat {
		m.film.Window = trailSeconds * b.session.Rate()
	}
	scene, ok := m.film.Scene(b.session.World())
	if !ok || r.Dx() < 8 || r.Dy() < 8 {
		return
	}
	if !b.Trails && !b.Heat {
		scene.Trails = nil
	}
	p := render.For(scene.Map)
	if pane == 1 {
		seat := int(b.session.Seat())
		if seat < len(scene.Actors) {
			c.Picture(r, p.Eyes(scene, seat, render.View{Width: r.Dx(), Height: r.Dy()}))
		}
		return
	}
	scene.Caption = ""
	wide, tall := unfix(scene.Map.MaxX-scene.Map.MinX), unfix(scene.Map.MaxY-scene.Map.MinY)
	m.centreX, m.centreY = unfix(scene.Map.MinX)+wide/2, unfix(scene.Map.MinY)+tall/2
	if m.zoom <= 1 {
		m.x, m.y = tofix(m.centreX), tofix(m.centreY)
	}
	m.scale = min(float64(r.Dx()-24)/wide, float64(r.Dy()-24)/tall) * m.zoom
	m.middle = image.Pt(r.Min.X+r.Dx()/2, r.Min.Y+r.Dy()/2)
	c.Picture(r, p.Above(scene, render.Plan{Width: r.Dx(), Height: r.Dy(), Heat: b.Heat, Zoom: m.zoom, X: m.x, Y: m.y}))
	m.score(b, c, r)
	m.legend(b, c, r)
}

// score writes what the mode counts: the points of the teams, or the kills and
// deaths of the seats where each is for itself.
func (m *plan) score(b *Board, c *paint.Canvas, r image.Rectangle) {
	w, ok := b.session.World().(fps.Spectated)
	if !ok {
		return
	}
	s := w.Scene()
	x, y := r.Max.X-c.Px(12), r.Min.Y+c.Px(20)
	write := func(text string, team int) {
		width := c.Measure(text, paint.Bold)
		x -= width
		c.Blend(image.Rect(x-c.Px(4), y-c.Px(14), x+width+c.Px(4), y+c.Px(5)), paint.Paper, 170)
		c.Text(x, y, width, text, paint.Bold, paint.Team(team))
		x -= c.Px(14)
	}
	if s.Teams > 1 && len(s.Points) >= s.Teams && s.Teams < b.session.Seats() {
		for team := s.Teams - 1; team >= 0; team-- {
			write(strconv.Itoa(int(s.Points[team])), team)
		}
		return
	}
	for i := len(s.Figures) - 1; i >= 0; i-- {
		if f := &s.Figures[i]; f.Seat >= 0 && f.Seat < 8 {
			write(strconv.Itoa(f.Seat)+": "+strconv.Itoa(int(f.Kills))+"/"+strconv.Itoa(int(f.Deaths)), int(f.Team))
		}
	}
}

func unfix(v fixed.Fixed) float64        { return float64(v) / float64(fixed.One) }
func tofix(v float64) fixed.Fixed        { return fixed.Fixed(v * float64(fixed.One)) }
func clamp(v, low, high float64) float64 { return max(low, min(high, v)) }

func (m *plan) zoomAt(by float64, at image.Point) bool {
	if m.scale == 0 {
		return false
	}
	before := m.zoom
	m.zoom = clamp(m.zoom*by, 1, 16)
	// What is under the mouse stays there.
	dx, dy := float64(at.X-m.middle.X), float64(m.middle.Y-at.Y)
	part := 1/m.scale - before/(m.scale*m.zoom)
	m.x, m.y = m.x+tofix(dx*part), m.y+tofix(dy*part)
	m.scale *= m.zoom / before
	return true
}

func (m *plan) pan(by image.Point) bool {
	if m.scale == 0 || m.zoom <= 1 {
		return false
	}
	m.x, m.y = m.x-tofix(float64(by.X)/m.scale), m.y+tofix(float64(by.Y)/m.scale)
	return true
}

// legend says what the marks of the map stand for.
func (m *plan) legend(b *Board, c *paint.Canvas, r image.Rectangle) {
	x, y := r.Min.X+c.Px(10), r.Max.Y-c.Px(7)
	if r.Dy() < c.Px(160) {
		return
	}
	text := "x kill    o picked up    * objective    + health    cone: where a seat looks"
	switch {
	case b.Heat:
		text += "    from blue to yellow: where the seats were longest"
	case b.Trails:
		text += "    lines: the last 8 s"
	}
	width := min(c.Measure(text, paint.Small), r.Dx()-c.Px(20))
	c.Blend(image.Rect(x-c.Px(4), y-c.Px(11), x+width+c.Px(4), y+c.Px(4)), paint.Paper, 170)
	c.Text(x, y, width, text, paint.Small, paint.Faint)
}
