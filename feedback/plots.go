package feedback

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"dryad/games"
	"dryad/replay"
)

// inks tell lines apart, for eyes that see few colours too (Okabe and Ito's).
var inks = []color.NRGBA{{0, 114, 178, 255}, {213, 94, 0, 255}, {0, 158, 115, 255}, {204, 121, 167, 255}, {90, 90, 90, 255}}

// chart of a plot: lines over the seconds of a match.
type curves struct {
	*plot.Plot
	end  float64 // seconds
	used int
}

func (c *Course) newCurves(title, y string) *curves {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, "time, minutes:seconds", y
	end := float64((len(c.Samples)-1)*c.Every) / float64(c.Rate)
	p.X.Min, p.X.Max = 0, max(end, 1)
	step := 5.0
	for end/step > 16 {
		step *= 2
	}
	p.X.Tick.Marker = plot.TickerFunc(func(low, high float64) (ticks []plot.Tick) {
		for x := 0.0; x <= high; x += step {
			ticks = append(ticks, plot.Tick{Value: x, Label: clock(int(x), 1)})
		}
		return ticks
	})
	p.Add(plotter.NewGrid())
	for _, size := range []*font.Length{&p.Title.TextStyle.Font.Size, &p.X.Label.TextStyle.Font.Size, &p.Y.Label.TextStyle.Font.Size,
		&p.X.Tick.Label.Font.Size, &p.Y.Tick.Label.Font.Size, &p.Legend.TextStyle.Font.Size} {
		*size = vg.Points(13)
	}
	p.Legend.Top, p.Legend.Left = true, true
	return &curves{p, end, 0}
}

// add draws a value over the samples; where there is none, the line has a gap.
func (p *curves) add(c *Course, name string, value func(sample int) (float64, bool), steps bool) error {
	ink := inks[p.used%len(inks)]
	p.used++
	named := false
	var points plotter.XYs
	flush := func() error {
		if len(points) < 2 {
			points = nil
			return nil
		}
		line, err := plotter.NewLine(points)
		if err != nil {
			return fmt.Errorf("draw %s: %w", name, err)
		}
		line.Color, line.Width = ink, vg.Points(2)
		if steps {
			line.StepStyle = plotter.PostStep
		}
		p.Add(line)
		if !named {
			p.Legend.Add(name, line)
			named = true
		}
		points = nil
		return nil
	}
	for i := range c.Samples {
		y, ok := value(i)
		if !ok || math.IsNaN(y) {
			if err := flush(); err != nil {
				return err
			}
			continue
		}
		points = append(points, plotter.XY{X: float64(i*c.Every) / float64(c.Rate), Y: y})
	}
	return flush()
}

// mark draws a thin line at a tick with a word above it.
func (p *curves) mark(tick, rate int, word string, ink color.Color) error {
	x := float64(tick) / float64(rate)
	line, err := plotter.NewLine(plotter.XYs{{X: x, Y: p.Y.Min}, {X: x, Y: p.Y.Max}})
	if err != nil {
		return fmt.Errorf("mark %s: %w", word, err)
	}
	line.Color, line.Width = ink, vg.Points(1)
	line.Dashes = []vg.Length{vg.Points(3), vg.Points(3)}
	p.Add(line)
	if word == "" {
		return nil
	}
	labels, err := plotter.NewLabels(plotter.XYLabels{XYs: plotter.XYs{{X: x, Y: p.Y.Max}}, Labels: []string{word}})
	if err != nil {
		return fmt.Errorf("mark %s: %w", word, err)
	}
	labels.TextStyle[0].Font.Size, labels.TextStyle[0].Color = vg.Points(11), ink
	labels.TextStyle[0].Rotation = -math.Pi / 2
	labels.Offset = vg.Point{X: vg.Points(2), Y: -vg.Points(2)}
	p.Add(labels)
	return nil
}

// stack draws plots below each other into one picture of some pixels.
func stack(height int, plots ...*curves) ([]byte, error) {
	const dpi = 96
	img := vgimg.NewWith(vgimg.UseWH(vg.Length(widest)*vg.Inch/dpi, vg.Length(height)*vg.Inch/dpi), vgimg.UseDPI(dpi))
	canvas := draw.New(img)
	rows := make([][]*plot.Plot, len(plots))
	for i, p := range plots {
		rows[i] = []*plot.Plot{p.Plot}
	}
	tiles := draw.Tiles{Rows: len(plots), Cols: 1, PadTop: vg.Points(8), PadBottom: vg.Points(6), PadLeft: vg.Points(6), PadRight: vg.Points(16), PadY: vg.Points(10)}
	for i, row := range plot.Align(rows, tiles, canvas) {
		plots[i].Draw(row[0])
	}
	var file bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: img}).WriteTo(&file); err != nil {
		return nil, fmt.Errorf("encode a plot: %w", err)
	}
	return file.Bytes(), nil
}

// timeline shows health and armour, ammunition and weapon, and the distance of the
// nearest enemy, with marks of what happened to the seat.
func (c *Course) timeline(r *replay.Replay, seat games.Seat) ([]byte, error) {
	health := c.newCurves(fmt.Sprintf("Seat %d: health and armour", seat), "points")
	shots := c.newCurves("Ammunition of the weapon in hand (gaps: none is needed, or dead); the weapon's name where it changes", "shots")
	enemy := c.newCurves("Distance to the nearest living enemy", "units of length")
	own := func(i int) *games.Standing { return c.standing(i, seat) }
	err := health.add(c, "health", func(i int) (float64, bool) { return own(i).Health, own(i).Present }, true)
	if err == nil {
		err = health.add(c, "armour", func(i int) (float64, bool) { return own(i).Armour, own(i).Present }, true)
	}
	if err == nil {
		err = shots.add(c, "ammunition", func(i int) (float64, bool) {
			return own(i).Ammunition, own(i).Present && own(i).Ammunition >= 0
		}, true)
	}
	if err == nil {
		err = enemy.add(c, "nearest enemy", func(i int) (float64, bool) { return c.state(i, seat, "enemy distance") }, false)
	}
	if err != nil {
		return nil, err
	}
	health.Y.Min, health.Y.Max = 0, max(110, health.Y.Max)
	shots.Y.Min, shots.Y.Max = 0, max(10, shots.Y.Max*1.25)
	enemy.Y.Min = 0
	for _, e := range r.Events {
		word, ink := "", color.Color(inks[4])
		switch {
		case e.Kind == "kill" && e.Other == seat:
			word, ink = "dies", inks[1]
		case e.Kind == "kill" && e.Seat == seat:
			word, ink = "kills", inks[2]
		case e.Kind == "pick_up" && e.Seat == seat:
			word = spoken(e.What)
		default:
			continue
		}
		if err := health.mark(e.Tick, c.Rate, word, ink); err != nil {
			return nil, err
		}
	}
	last := ""
	for i := range c.Samples {
		if s := own(i); s.Present && s.Weapon != last {
			last = s.Weapon
			if err := shots.mark(i*c.Every, c.Rate, s.Weapon, inks[0]); err != nil {
				return nil, err
			}
		}
	}
	fights, _ := c.fights(seat)
	for _, f := range fights {
		if err := enemy.mark(f.From, c.Rate, "fight", inks[1]); err != nil {
			return nil, err
		}
	}
	return stack(1020, health, shots, enemy)
}

// distances shows how far the mates of a seat are, and the health of all.
func (c *Course) distances(seat games.Seat) ([]byte, error) {
	apart := c.newCurves(fmt.Sprintf("Distance from seat %d to its mates and to its nearest enemy, with the seat's fights", seat), "units of length")
	health := c.newCurves("Health of the side", "points")
	if err := health.add(c, fmt.Sprintf("seat %d", seat), func(i int) (float64, bool) { return c.state(i, seat, "health") }, true); err != nil {
		return nil, err
	}
	for _, mate := range c.others(seat, true) {
		name := fmt.Sprintf("mate, seat %d", mate)
		err := apart.add(c, name, func(i int) (float64, bool) {
			return c.apart(i, seat, mate), c.standing(i, seat).Present && c.standing(i, mate).Present
		}, false)
		if err == nil {
			err = health.add(c, name, func(i int) (float64, bool) { return c.state(i, mate, "health") }, true)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := apart.add(c, "nearest enemy", func(i int) (float64, bool) { return c.state(i, seat, "enemy distance") }, false); err != nil {
		return nil, err
	}
	apart.Y.Min, health.Y.Min, health.Y.Max = 0, 0, max(110, health.Y.Max)
	fights, _ := c.fights(seat)
	for _, f := range fights {
		if err := apart.mark(f.From, c.Rate, "fight", inks[1]); err != nil {
			return nil, err
		}
	}
	return stack(860, apart, health)
}

// scores shows the points of both sides and the seat's own.
func (c *Course) scores(seat games.Seat) ([]byte, error) {
	p := c.newCurves("Points over the match", "points")
	team := c.standing(0, seat).Team
	for t := range c.Samples[0].Points {
		name := "side " + strconv.Itoa(t)
		if t == team {
			name = "own side"
		}
		if err := p.add(c, name, func(i int) (float64, bool) { return c.Samples[i].Points[t], true }, true); err != nil {
			return nil, err
		}
	}
	if len(c.others(seat, true)) > 0 {
		if err := p.add(c, fmt.Sprintf("seat %d alone (kills less own deaths by its own hand)", seat), func(i int) (float64, bool) {
			return c.standing(i, seat).Points, true
		}, true); err != nil {
			return nil, err
		}
	}
	p.Y.Min, p.Y.Max = min(0, p.Y.Min), max(2, p.Y.Max*1.2)
	return stack(640, p)
}
