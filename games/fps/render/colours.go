package render

import "image/color"

// rgb is a colour while it is computed with.
type rgb struct{ r, g, b uint8 }

func (c rgb) rgba() color.RGBA { return color.RGBA{c.r, c.g, c.b, 255} }

// scale multiplies a colour by f/256, f up to 512.
func (c rgb) scale(f int) rgb {
	part := func(v uint8) uint8 { return uint8(min(max(int(v)*f>>8, 0), 255)) }
	return rgb{part(c.r), part(c.g), part(c.b)}
}

// mix goes f/256 of the way to another colour.
func (c rgb) mix(to rgb, f int) rgb {
	part := func(a, b uint8) uint8 { return uint8(int(a) + (int(b)-int(a))*f>>8) }
	return rgb{part(c.r, to.r), part(c.g, to.g), part(c.b, to.b)}
}

var teamColours = [...]rgb{
	{80, 140, 255}, {255, 80, 70}, {90, 220, 90}, {255, 205, 60},
	{210, 110, 255}, {70, 220, 220}, {255, 150, 60}, {235, 235, 235},
}

// teamColour returns the colour of a team; those beyond the palette repeat it
// darker.
func teamColour(team int) rgb {
	if team < 0 {
		return rgb{170, 170, 170}
	}
	c := teamColours[team%len(teamColours)]
	for range team / len(teamColours) % 3 {
		c = c.scale(190)
	}
	return c
}
