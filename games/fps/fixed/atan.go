package fixed

// Atan2 returns the angle of the vector (x, y), exact to about 2^-23 of a
// circle; of the null vector it is [East].
func Atan2(y, x Fixed) Angle {
	ax, ay := int64(x), int64(y)
	if ax < 0 {
		ax = -ax
	}
	if ay < 0 {
		ay = -ay
	}
	var a Angle // in the first octant, then mirrored out of it
	switch {
	case ay <= ax && ax != 0:
		a = arctangent(ay << 30 / ax)
	case ax < ay:
		a = North - arctangent(ax<<30/ay)
	}
	if x < 0 {
		a = West - a
	}
	if y < 0 {
		a = -a
	}
	return a
}

const atanBits = 11 // entries of the table: 2^atanBits

// arctangent returns the angle of a tangent from 0 to 1 with 30 fractional
// bits, interpolated in a table.
func arctangent(t int64) Angle {
	i, rest := t>>(30-atanBits), t&(1<<(30-atanBits)-1)
	low := tangents[i]
	return low + Angle(int64(tangents[i+1]-low)*rest>>(30-atanBits))
}

var tangents = makeTangents()

// makeTangents fills the table of the angles of the tangents i/2^atanBits.
func makeTangents() (table [1<<atanBits + 2]Angle) {
	for i := range table {
		table[i] = vectoring(int64(i)<<(40-atanBits), 1<<40)
	}
	return table
}

// halvings[i] is the binary angle whose tangent is 2^-i.
var halvings = [...]Angle{
	0x20000000, 0x12e4051e, 0x9fb385b, 0x51111d4, 0x28b0d43, 0x145d7e1, 0xa2f61e,
	0x517c55, 0x28be53, 0x145f2f, 0xa2f98, 0x517cc, 0x28be6, 0x145f3,
	0xa2fa, 0x517d, 0x28be, 0x145f, 0xa30, 0x518, 0x28c,
	0x146, 0xa3, 0x51, 0x29, 0x14,
}

// vectoring returns the angle of the vector (x, y) with positive x by turning
// it into the x axis by ever smaller known angles and adding them up (CORDIC).
func vectoring(y, x int64) Angle {
	var a Angle
	for i, step := range halvings {
		switch {
		case y > 0:
			x, y, a = x+y>>i, y-x>>i, a+step
		case y < 0:
			x, y, a = x-y>>i, y+x>>i, a-step
		}
	}
	return a
}
