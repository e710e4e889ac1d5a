package feedback

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"

	"dryad/games"
	"dryad/replay"
)

// A Charter is a Camera that can draw the bare map.
type Charter interface {
	// Chart draws the map as it is at the beginning; nil for a game that has none.
	Chart(size image.Point) (*games.Chart, error)
}

const (
	mapSide   = 1100
	mapLegend = widest - mapSide
)

// itemColours are those of the icons, which have the first letter of their kind.
var itemColours = []struct {
	kind   string
	letter string
	ink    color.RGBA
}{
	{"weapon", "W", color.RGBA{255, 150, 60, 255}}, {"ammunition", "a", color.RGBA{200, 180, 110, 255}},
	{"health", "H", color.RGBA{240, 90, 110, 255}}, {"armour", "A", color.RGBA{90, 220, 120, 255}}, {"power", "P", color.RGBA{170, 140, 255, 255}},
}

var (
	white    = color.RGBA{240, 240, 240, 255}
	dark     = color.RGBA{16, 16, 20, 255}
	mateInk  = color.RGBA{255, 255, 255, 255}
	enemyInk = color.RGBA{235, 60, 60, 255}
)

// mapPicture is one large map: the trail of the seat coloured by time, those of
// mates and enemies, items, marks of kills, deaths and pick-ups, the regions, and
// a legend. With together, only the seat and its mates are drawn, all by time, and
// the distance between them stands at the seat's fights.
func mapPicture(chart *games.Chart, c *Course, r *replay.Replay, seat games.Seat, together bool) ([]byte, error) {
	p, err := newCanvas(widest, mapSide, dark)
	if err != nil {
		return nil, err
	}
	draw.Draw(p.RGBA, image.Rect(0, 0, mapSide, mapSide), chart.Image, chart.Image.Bounds().Min, draw.Src)
	m := mapDrawing{p, chart, c, r, seat, together}
	m.grid()
	if !together {
		for _, item := range chart.Items {
			m.item(item)
		}
		for _, s := range c.others(seat, false) {
			m.trail(s, 2, func(float64) color.RGBA { return enemyInk })
		}
	}
	for _, s := range c.others(seat, true) {
		if together {
			m.trail(s, 3, func(t float64) color.RGBA { return mix(timeColour(t), mateInk, 0.55) })
			continue
		}
		m.trail(s, 2, func(float64) color.RGBA { return mateInk })
	}
	m.trail(seat, 5, timeColour)
	m.times()
	if together {
		m.fights()
	} else {
		m.events()
	}
	m.legend()
	return p.encode()
}

type mapDrawing struct {
	*canvas
	chart    *games.Chart
	course   *Course
	replay   *replay.Replay
	seat     games.Seat
	together bool
}

// grid draws the regions with their names and, of the seat, the share of its time.
func (m *mapDrawing) grid() {
	s := &m.course.Samples[0]
	line := color.RGBA{120, 130, 150, 255}
	left, top := m.chart.At(s.West, s.North)
	right, bottom := m.chart.At(s.East, s.South)
	for i := range regionColumns + 1 {
		x := left + float64((right-left)*float64(i)/regionColumns)
		m.line(x, top, x, bottom, 1, line)
	}
	for i := range regionRows + 1 {
		y := top + float64((bottom-top)*float64(i)/regionRows)
		m.line(left, y, right, y, 1, line)
	}
	shares := m.course.regions(m.seat)
	for row := range regionRows {
		for column := range regionColumns {
			name := regionName(column, row)
			text := name
			if shares[name] >= 0.005 {
				text = fmt.Sprintf("%s %.0f%%", name, 100*shares[name])
			}
			x := left + float64((right-left)*float64(column)/regionColumns)
			y := top + float64((bottom-top)*float64(row)/regionRows)
			m.label(int(x)+5, int(y)+19, text, white)
		}
	}
}

func (m *mapDrawing) item(i games.ChartItem) {
	x, y := m.chart.At(i.X, i.Y)
	for _, k := range itemColours {
		if k.kind == i.Kind {
			m.icon(int(x), int(y), k.letter, k.ink)
		}
	}
}

func (m *mapDrawing) icon(x, y int, letter string, ink color.RGBA) {
	m.disc(float64(x), float64(y), 10, dark)
	m.disc(float64(x), float64(y), 9, ink)
	m.write(x-m.width(letter)/2, y+6, letter, dark)
}

// trail draws the way of a seat; a new life begins a new line.
func (m *mapDrawing) trail(seat games.Seat, width float64, ink func(t float64) color.RGBA) {
	n := len(m.course.Samples)
	for i := 1; i < n; i++ {
		a, b := m.course.standing(i-1, seat), m.course.standing(i, seat)
		if !a.Present || !b.Present {
			continue
		}
		x0, y0 := m.chart.At(a.X, a.Y)
		x1, y1 := m.chart.At(b.X, b.Y)
		if max(x1-x0, x0-x1, y1-y0, y0-y1) > mapSide/8 {
			continue // a teleporter
		}
		m.line(x0, y0, x1, y1, width, ink(float64(i)/float64(n-1)))
	}
}

// times writes the time beside the seat's trail every ten seconds.
func (m *mapDrawing) times() {
	for tick := 0; tick < len(m.course.Samples)*m.course.Every; tick += 10 * m.course.Rate {
		s := m.course.standing(m.course.sample(tick), m.seat)
		if !s.Present {
			continue
		}
		x, y := m.chart.At(s.X, s.Y)
		m.disc(x, y, 6, dark)
		m.disc(x, y, 4, white)
		m.label(int(x)+9, int(y)+6, clock(tick, m.course.Rate), white)
	}
}

// events marks kills, deaths and pick-ups of the seat where it was.
func (m *mapDrawing) events() {
	for _, e := range m.replay.Events {
		who := e.Seat
		if e.Kind == "kill" && e.Other == m.seat {
			who = m.seat
		}
		if who != m.seat {
			continue
		}
		// At the tick of a death the seat is still where it was.
		s := m.course.standing(m.course.sample(e.Tick), m.seat)
		x, y := m.chart.At(s.X, s.Y)
		switch {
		case e.Kind == "kill" && e.Other == m.seat:
			m.cross(x, y, 9, enemyInk)
		case e.Kind == "kill":
			m.cross(x, y, 7, white)
		case e.Kind == "pick_up":
			m.box(image.Rect(int(x)-4, int(y)-4, int(x)+5, int(y)+5), dark)
			m.box(image.Rect(int(x)-3, int(y)-3, int(x)+4, int(y)+4), white)
		}
	}
}

// fights marks where the seat's fights began and how far its nearest mate was.
func (m *mapDrawing) fights() {
	fights, _ := m.course.fights(m.seat)
	for _, f := range fights {
		at := m.course.sample(f.From)
		s := m.course.standing(at, m.seat)
		x, y := m.chart.At(s.X, s.Y)
		m.cross(x, y, 8, enemyInk)
		mate, distance, found := m.course.nearest(at, m.seat, true)
		if !found {
			continue
		}
		other := m.course.standing(at, mate)
		ox, oy := m.chart.At(other.X, other.Y)
		m.line(x, y, ox, oy, 1.5, enemyInk)
		m.label(int(x)+11, int(y)-6, fmt.Sprintf("%s mate %.0f", clock(f.From, m.course.Rate), distance), enemyInk)
	}
}

func (m *mapDrawing) legend() {
	const left = mapSide + 14
	y := 30
	write := func(text string) { m.write(left+46, y, text, white); y += 27 }
	m.write(left, y, fmt.Sprintf("Seat %d, seen from above, north up", m.seat), white)
	y += 34
	for i := range 300 {
		t := float64(i) / 299
		m.box(image.Rect(left+i, y-12, left+i+1, y), timeColour(t))
	}
	y += 20
	end := (len(m.course.Samples) - 1) * m.course.Every
	m.write(left, y, "0:00", white)
	m.write(left+300-m.width(clock(end, m.course.Rate)), y, clock(end, m.course.Rate), white)
	y += 27
	m.write(left, y, "colour of its trail: the time", white)
	y += 34
	bar := func(width float64, ink color.RGBA, text string) {
		m.line(left, float64(y)-6, left+34, float64(y)-6, width, ink)
		write(text)
	}
	if m.together {
		bar(3, mix(timeColour(0.5), mateInk, 0.55), "trail of a mate, pale, by time")
		m.cross(left+17, float64(y)-6, 8, enemyInk)
		write("a fight of the seat begins; the line")
		y -= 4
		write("goes to its nearest mate, with the")
		y -= 4
		write("distance in " + m.chart.Unit)
	} else {
		if len(m.course.others(m.seat, true)) > 0 {
			bar(2, mateInk, "trail of a mate")
		}
		bar(2, enemyInk, "trail of an enemy")
		m.cross(left+17, float64(y)-6, 7, white)
		write("the seat kills")
		m.cross(left+17, float64(y)-6, 9, enemyInk)
		write("the seat dies")
		m.box(image.Rect(left+13, y-10, left+20, y-3), white)
		write("the seat picks something up")
		for _, k := range itemColours {
			m.icon(left+17, y-6, k.letter, k.ink)
			write(k.kind)
		}
	}
	m.disc(left+17, float64(y)-6, 6, white)
	write("where it was at the time beside it")
	y += 8
	m.write(left, y, "A1 12%: region, share of its time", white)
	y += 34
	for i := range 300 {
		m.box(image.Rect(left+i, y-12, left+i+1, y), mix(color.RGBA{44, 50, 66, 255}, color.RGBA{168, 156, 130, 255}, float64(i)/299))
	}
	y += 20
	m.write(left, y, fmt.Sprintf("%.0f", m.chart.Low), white)
	high := fmt.Sprintf("%.0f", m.chart.High)
	m.write(left+300-m.width(high), y, high, white)
	y += 27
	m.write(left, y, "height of the floor, "+m.chart.Unit, white)
	y += 34
	x0, _ := m.chart.At(0, 0)
	x1, _ := m.chart.At(512, 0)
	m.line(left, float64(y)-6, left+x1-x0, float64(y)-6, 3, white)
	y += 20
	m.write(left, y, "512 "+m.chart.Unit, white)
}
