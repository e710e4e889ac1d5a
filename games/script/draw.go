package script

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"dryad/lua"
)

// colours are those that a script may name.
var colours = map[string]color.RGBA{
	"black": {0x12, 0x16, 0x1c, 255}, "white": {0xf2, 0xf2, 0xf2, 255}, "grey": {0x80, 0x86, 0x8e, 255}, "dark": {0x2c, 0x32, 0x3a, 255},
	"red": {0xd8, 0x4a, 0x4a, 255}, "green": {0x4a, 0xb0, 0x5a, 255}, "blue": {0x4a, 0x78, 0xd8, 255}, "yellow": {0xe0, 0xc0, 0x40, 255},
	"orange": {0xe0, 0x88, 0x38, 255}, "purple": {0x9a, 0x5a, 0xc8, 255}, "cyan": {0x40, 0xb8, 0xc8, 255}, "brown": {0x8a, 0x62, 0x40, 255},
}

// seatColours are those of the seats that a script names by their numbers.
var seatColours = [...]string{"red", "blue", "green", "yellow", "purple", "cyan", "orange", "brown"}

// Bounds of a picture.
const (
	maxCells  = 200
	usualEdge = 480
)

// render calls draw(state), which returns the width and height of the board in
// cells and a list of shapes: {x, y, colour}, a cell from 1, 1 on in a colour by
// name or in that of a seat by its number, or {x, y, colour, part}, a part of it.
func (p *peer) render(width, height int) ([]byte, error) {
	if !p.script.Has("draw") {
		return nil, fmt.Errorf("the game has no function draw")
	}
	out, err := p.machine.Invoke("draw", []lua.Data{p.state}, nil, drawBudget)
	if err != nil {
		return nil, err
	}
	if len(out) < 3 || !(out[0].Number >= 1 && out[0].Number <= maxCells && out[1].Number >= 1 && out[1].Number <= maxCells) {
		return nil, fmt.Errorf("draw returns the width and height of the board, 1 to %d cells, and a list of shapes", maxCells)
	}
	columns, rows := int(out[0].Number), int(out[1].Number)
	edge := max(1, min(usualEdge/columns, usualEdge/rows))
	if width > 0 && height > 0 {
		edge = max(1, min(width/columns, height/rows))
	}
	picture := image.NewRGBA(image.Rect(0, 0, columns*edge, rows*edge))
	draw.Draw(picture, picture.Bounds(), image.NewUniform(colours["dark"]), image.Point{}, draw.Src)
	for i, shape := range out[2].Array {
		if err := paint(picture, edge, &shape); err != nil {
			return nil, fmt.Errorf("draw, shape %d: %w", i+1, err)
		}
	}
	var file bytes.Buffer
	err = png.Encode(&file, picture)
	return file.Bytes(), err
}

// paint fills one cell.
func paint(picture *image.RGBA, edge int, shape *lua.Data) error {
	if len(shape.Array) < 3 {
		return fmt.Errorf("a shape is {x, y, colour} or {x, y, colour, part}")
	}
	name := shape.Array[2].Text
	if n := shape.Array[2]; n.Kind == lua.NumberData && n.Number >= 1 {
		name = seatColours[(int(min(n.Number, 256))-1)%len(seatColours)]
	}
	c, ok := colours[name]
	if !ok {
		return fmt.Errorf("there is no colour %q", name)
	}
	part := 1.0
	if len(shape.Array) > 3 {
		part = min(max(shape.Array[3].Number, 0), 1)
	}
	inset := int(float64(float64(edge)*(1-part)) / 2)
	x, y := float64((shape.Array[0].Number-1)*float64(edge)), float64((shape.Array[1].Number-1)*float64(edge))
	if x < -1e6 || x > 1e6 || y < -1e6 || y > 1e6 {
		return nil
	}
	at := image.Rect(int(x)+inset, int(y)+inset, int(x)+edge-inset, int(y)+edge-inset)
	draw.Draw(picture, at, image.NewUniform(c), image.Point{}, draw.Src)
	return nil
}
