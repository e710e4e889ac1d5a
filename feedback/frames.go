package feedback

import (
	"fmt"
	"image"
	"image/color"

	scale "golang.org/x/image/draw"

	"dryad/games"
	"dryad/replay"
)

// Frames are what the seat saw, three in a row: two seconds before a moment, at it,
// and two seconds after.
const (
	frameWidth, frameHeight = widest / frameColumns, 300
	frameColumns            = 3
	frameRows               = 3
	captionHeight           = 46
	rowHeight               = 26
	aside                   = 2 // seconds
)

// framesPicture shows what the seat saw around the occasions, with its state under
// each frame. It returns the ticks that are shown.
func framesPicture(camera Camera, c *Course, r *replay.Replay, seat games.Seat) (file []byte, ticks []int, err error) {
	occasions := c.Occasions(seat, frameRows)
	if len(occasions) == 0 {
		occasions = []Occasion{{r.Ticks / 2, "the middle of the match, in which nothing happens to the seat"}}
	}
	height := len(occasions) * (rowHeight + frameHeight + captionHeight)
	p, err := newCanvas(widest, height, dark)
	if err != nil {
		return nil, nil, err
	}
	for row, o := range occasions {
		top := row * (rowHeight + frameHeight + captionHeight)
		p.write(6, top+19, fmt.Sprintf("Moment %d, %s: %s", row+1, clock(o.Tick, c.Rate), o.Why), color.RGBA{255, 220, 120, 255})
		for column := range frameColumns {
			tick := c.sample(min(max(0, o.Tick+(column-1)*aside*c.Rate), r.Ticks)) * c.Every // of which the state is known
			ticks = append(ticks, tick)
			corner := image.Pt(column*frameWidth, top+rowHeight)
			if err := p.frame(camera, tick, seat, corner); err != nil {
				return nil, nil, err
			}
			p.write(corner.X+4, corner.Y+frameHeight+18, clock(tick, c.Rate)+"  "+c.words(tick, seat), white)
			p.write(corner.X+4, corner.Y+frameHeight+39, c.around(tick, seat), white)
		}
	}
	file, err = p.encode()
	return file, ticks, err
}

// around says where a seat is and how far the others are.
func (c *Course) around(tick int, seat games.Seat) string {
	at := c.sample(tick)
	s := c.standing(at, seat)
	text := "region " + c.region(s.X, s.Y)
	if _, d, found := c.nearest(at, seat, false); found {
		text += fmt.Sprintf(", nearest enemy %.0f away", d)
	}
	if _, d, found := c.nearest(at, seat, true); found {
		text += fmt.Sprintf(", mate %.0f away", d)
	}
	return text
}

// frame draws what a seat sees.
func (p *canvas) frame(camera Camera, tick int, seat games.Seat, corner image.Point) error {
	eye, err := camera.Eyes(tick, seat, image.Pt(frameWidth-4, frameHeight))
	if err != nil {
		return fmt.Errorf("draw tick %d through the eyes of seat %d: %w", tick, seat, err)
	}
	p.place(eye, image.Rect(0, 0, frameWidth-4, frameHeight).Add(corner))
	return nil
}

// place draws a picture into a rectangle, with its proportions.
func (p *canvas) place(picture image.Image, room image.Rectangle) {
	scale.ApproxBiLinear.Scale(p.RGBA, fit(picture.Bounds(), room), picture, picture.Bounds(), scale.Over, nil)
}

// plainSheet is a grid of moments of a game of which no course is known: what the
// seat saw, or the view from above.
func plainSheet(camera Camera, r *replay.Replay, seat games.Seat, ticksPerSecond int, above bool) ([]byte, error) {
	occasions := occasionsOf(r, seat, frameColumns*frameRows-1)
	rows := max(1, (len(occasions)+frameColumns-1)/frameColumns)
	const each = frameHeight + rowHeight
	p, err := newCanvas(widest, rows*each, dark)
	if err != nil {
		return nil, err
	}
	for i, o := range occasions {
		corner := image.Pt(i%frameColumns*frameWidth, i/frameColumns*each)
		if above {
			top, err := camera.Above(o.Tick, image.Pt(frameWidth-4, frameHeight))
			if err != nil {
				return nil, fmt.Errorf("draw tick %d from above: %w", o.Tick, err)
			}
			p.place(top, image.Rect(0, 0, frameWidth-4, frameHeight).Add(corner))
		} else if err := p.frame(camera, o.Tick, seat, corner); err != nil {
			return nil, err
		}
		p.write(corner.X+4, corner.Y+frameHeight+19, clock(o.Tick, ticksPerSecond), white)
	}
	return p.encode()
}

// fit is the largest rectangle of the picture's proportions in the middle of
// room.
func fit(picture, room image.Rectangle) image.Rectangle {
	if picture.Empty() {
		return image.Rectangle{}
	}
	width, height := room.Dx(), picture.Dy()*room.Dx()/picture.Dx()
	if height > room.Dy() {
		width, height = picture.Dx()*room.Dy()/picture.Dy(), room.Dy()
	}
	corner := room.Min.Add(image.Pt((room.Dx()-width)/2, (room.Dy()-height)/2))
	return image.Rectangle{Min: corner, Max: corner.Add(image.Pt(width, height))}
}
