package render

// ownSky is drawn where a file has no sky: a gradient with clouds, 256 wide
// for a quarter of a turn.
func ownSky() *picture {
	p := newPicture(256, 160)
	for i := range p.pixels {
		x, y := i%256, i/256
		c := rgb{70, 110, 170}.mix(rgb{190, 200, 210}, y*256/160)
		// Bands that repeat with the picture's width.
		haze := (cloud(x%64, y%64, 32, 7)*2 + cloud(x%64, y%64, 16, 8)) / 3
		if haze > 120 {
			c = c.mix(rgb{235, 235, 240}, min((haze-120)*3, 200))
		}
		p.pixels[i] = c
	}
	return p
}
