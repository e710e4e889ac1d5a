package fixed

// arctangents[i] is the binary angle whose tangent is 2^-i.
var arctangents = [...]Angle{
	0x20000000, 0x12e4051e, 0x9fb385b, 0x51111d4, 0x28b0d43, 0x145d7e1, 0xa2f61e,
	0x517c55, 0x28be53, 0x145f2f, 0xa2f98, 0x517cc, 0x28be6, 0x145f3,
	0xa2fa, 0x517d, 0x28be, 0x145f, 0xa30, 0x518, 0x28c,
	0x146, 0xa3, 0x51, 0x29, 0x14,
}

// Atan2 returns the angle of the vector (x, y), exact to about 2^-24 of a
// circle; of the null vector it is [East].
func Atan2(y, x Fixed) Angle {
	if x == 0 && y == 0 {
		return East
	}
	// CORDIC vectoring: turn the vector into the x axis by ever smaller known
	// angles and add them up.
	vx, vy := int64(x)<<20, int64(y)<<20
	var a Angle
	if vx < 0 {
		vx, vy, a = -vx, -vy, West
	}
	for i, step := range arctangents {
		if vy == 0 {
			break
		}
		if vy > 0 {
			vx, vy, a = vx+vy>>i, vy-vx>>i, a+step
		} else {
			vx, vy, a = vx-vy>>i, vy+vx>>i, a-step
		}
	}
	return a
}
