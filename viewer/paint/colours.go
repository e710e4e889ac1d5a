package paint

import (
	"image/color"

	"dryad/bt"
)

// The colours of the screen. Those that carry a meaning are from the palette
// of Okabe and Ito, whose hues people with any common form of colour blindness
// tell apart.
var (
	Paper  = color.RGBA{20, 23, 29, 255}
	Sheet  = color.RGBA{30, 34, 42, 255} // of a panel
	Edge   = color.RGBA{58, 64, 78, 255}
	Ink    = color.RGBA{230, 233, 240, 255}
	Faint  = color.RGBA{146, 153, 168, 255}
	Blue   = color.RGBA{86, 180, 233, 255}
	Orange = color.RGBA{230, 159, 0, 255}
	Green  = color.RGBA{0, 178, 130, 255} // lighter than the palette's, for a dark ground
	Yellow = color.RGBA{240, 228, 66, 255}
	Red    = color.RGBA{226, 110, 40, 255} // vermilion
	Purple = color.RGBA{204, 121, 167, 255}
)

// Of returns the colour of a status.
func Of(status bt.Status) color.RGBA {
	switch status {
	case bt.Success:
		return Green
	case bt.Failure:
		return Red
	case bt.Running:
		return Yellow
	}
	return Edge
}

// teams are the colours of teams and seats, those of the pictures from above.
var teams = [...]color.RGBA{
	{80, 140, 255, 255}, {255, 80, 70, 255}, {90, 220, 90, 255}, {255, 205, 60, 255},
	{210, 110, 255, 255}, {70, 220, 220, 255}, {255, 150, 60, 255}, {235, 235, 235, 255},
}

// Team returns the colour of a team.
func Team(team int) color.RGBA {
	if team < 0 {
		return Faint
	}
	return teams[team%len(teams)]
}

// Mix returns a colour between two.
func Mix(a, b color.RGBA, part float64) color.RGBA {
	mix := func(x, y uint8) uint8 { return uint8(float64(x) + float64((float64(y)-float64(x))*part)) }
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}
