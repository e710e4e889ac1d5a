package board

import (
	"fmt"
	"image/color"

	"dryad/viewer/paint"
)

// stack is how many chips stand on each other; those beyond stand beside them.
const stack = 6

// chips draws stacks of chips whose lowest stand at y, and returns where the next
// stack would stand.
func chips(c *paint.Canvas, x, y, count int, colour color.RGBA) (right int) {
	radius := float64(c.Px(9))
	for i := range count {
		cx := float64(x+i/stack*c.Px(22)) + radius
		cy := float64(y-i%stack*c.Px(6)) - radius
		c.Disc(cx, cy, radius, paint.Mix(colour, paint.Paper, 0.35))
		c.Disc(cx, cy-float64(c.Px(2)), radius, colour)
		c.Ring(cx, cy-float64(c.Px(2)), radius*0.6, float64(max(1, c.Px(1))), paint.Ink)
	}
	return x + (count+stack-1)/stack*c.Px(22)
}

// pot draws what all seats have put in, each in its colour, from x on, with the sum
// below it from left on.
func pot(c *paint.Canvas, x, left, y, width int, stakes []int) {
	if stakes == nil {
		return
	}
	sum := 0
	x += c.Px(14)
	for seat, stake := range stakes {
		x = chips(c, x, y+c.Px(88), stake, paint.Team(seat))
		sum += stake
	}
	c.Text(left, y+c.Px(112), width, fmt.Sprintf("pot: %d", sum), paint.Bold, paint.Yellow)
}
