package fixed

// Angle is a binary angle: the whole circle is 2^32, 0 is east and angles grow
// counter-clockwise. Sums and differences wrap as angles do.
type Angle uint32

// Angles of the compass.
const (
	East  Angle = 0
	North Angle = 1 << 30
	West  Angle = 1 << 31
	South Angle = 3 << 30
)

// Degrees returns the angle of d whole degrees; d may be negative or above 360.
func Degrees(d int) Angle {
	d %= 360
	if d < 0 {
		d += 360
	}
	return Angle((uint64(d)<<32 + 180) / 360)
}

// ToDegrees returns the angle in whole degrees, 0 to 359.
func (a Angle) ToDegrees() int { return int((uint64(a)*360 + 1<<31) >> 32 % 360) }

// Sub returns the signed turn that leads from b to a: negative is clockwise.
func (a Angle) Sub(b Angle) int32 { return int32(a - b) }

// Within reports whether a is at most half of width away from middle, on either
// side.
func (a Angle) Within(middle, width Angle) bool {
	d := int64(a.Sub(middle))
	if d < 0 {
		d = -d
	}
	return d <= int64(width>>1)
}

const (
	fineBits  = 13 // entries of a full circle in the sine table: 2^fineBits
	fineShift = 32 - fineBits
	fineMask  = 1<<fineBits - 1
)

var sines = makeSines()

// Sin returns the sine of a, from a table of 8192 directions.
func (a Angle) Sin() Fixed { return sines[a>>fineShift&fineMask] }

// Cos returns the cosine of a, from a table of 8192 directions.
func (a Angle) Cos() Fixed { return sines[(a+North)>>fineShift&fineMask] }

// makeSines fills the table by Taylor's series in integers with 30 fractional
// bits; the error is below half a unit of the last place of the table.
func makeSines() [1 << fineBits]Fixed {
	const quarter = 1 << (fineBits - 2)
	const pi = 3373259426 // pi with 30 fractional bits
	sine := func(i int) Fixed {
		x := int64(i) * (pi / 2) / quarter
		square := x * x >> 30
		sum, term := x, x
		for k := int64(2); k <= 14; k += 2 {
			term = -(term * square >> 30) / (k * (k + 1))
			sum += term
		}
		return Fixed((sum + 1<<13) >> 14)
	}
	var table [1 << fineBits]Fixed
	for i := range quarter + 1 {
		s := sine(i)
		table[i] = s
		table[2*quarter-i] = s
		if i > 0 {
			table[(4*quarter-i)&fineMask] = -s
			table[2*quarter+i] = -s
		}
	}
	return table
}
