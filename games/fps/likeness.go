package fps

import "math"

// slack is the turn, in 1/65536 turn a tick, below which a head counts as still.
const slack = 60 // a third of a degree

// CommandLikeness compares two commands in their compact form: 1 when they are
// the same, 0 when nothing is. It is the mean over what a player does: the
// direction of walking, the turn, firing, and using and changing the weapon where
// one of the two does that. A malformed command is like none.
func (b *Body) CommandLikeness(first, second []byte) float64 {
	x, err := parseCommand(first)
	y, err2 := parseCommand(second)
	if err != nil || err2 != nil {
		return 0
	}
	sum, n := walkLikeness(x, y)+turnLikeness(x, y), 3.0
	if x.Fire == y.Fire {
		sum++
	}
	if x.Use || y.Use {
		n++
		if x.Use == y.Use {
			sum++
		}
	}
	if x.Weapon != 0 || y.Weapon != 0 {
		n++
		if x.Weapon == y.Weapon {
			sum++
		}
	}
	return sum / n
}

// walkLikeness is 1 for the same direction, 0 for the opposite one.
func walkLikeness(x, y Command) float64 {
	a := math.Sqrt(float64(int(x.MoveX)*int(x.MoveX) + int(x.MoveY)*int(x.MoveY)))
	b := math.Sqrt(float64(int(y.MoveX)*int(y.MoveX) + int(y.MoveY)*int(y.MoveY)))
	switch {
	case a == 0 && b == 0:
		return 1
	case a == 0 || b == 0:
		return 0
	}
	cosine := float64(int(x.MoveX)*int(y.MoveX)+int(x.MoveY)*int(y.MoveY)) / float64(a*b)
	return (1 + max(-1, min(1, cosine))) / 2
}

// turnLikeness is 1 for the same turn, 0 for one to the other side, or where only
// one turns.
func turnLikeness(x, y Command) float64 {
	a, b := float64(x.Turn), float64(y.Turn)
	if math.Abs(a) < slack && math.Abs(b) < slack {
		return 1
	}
	return 1 - math.Abs(a-b)/(math.Abs(a)+math.Abs(b))
}
