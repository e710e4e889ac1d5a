package fixed

import "math"

// Fixed is a length in map units with 16 fractional bits.
type Fixed = int32

// One is one map unit. It has no type, so that it also scales wider integers.
const One = 1 << 16

// FromInt returns n map units. n must be within ±32767.
func FromInt(n int) Fixed { return Fixed(n) << 16 }

// ToInt returns the whole units in f, rounded down.
func ToInt(f Fixed) int { return int(f >> 16) }

// Mul returns a*b, rounded down.
func Mul(a, b Fixed) Fixed { return Fixed(int64(a) * int64(b) >> 16) }

// Div returns a/b, rounded towards zero; where the quotient does not fit, or b
// is zero, it returns the largest length with the quotient's sign.
func Div(a, b Fixed) Fixed {
	if b != 0 {
		if q := int64(a) << 16 / int64(b); q >= -1<<31 && q < 1<<31 {
			return Fixed(q)
		}
	}
	if (a < 0) != (b < 0) {
		return -1 << 31
	}
	return 1<<31 - 1
}

// Abs returns the magnitude of f. The smallest Fixed has none and is returned
// as the largest.
func Abs(f Fixed) Fixed {
	if f < 0 {
		if f == -1<<31 {
			return 1<<31 - 1
		}
		return -f
	}
	return f
}

// Hypot returns the length of the vector (x, y), rounded down, at most the
// largest Fixed.
func Hypot(x, y Fixed) Fixed {
	r := Sqrt(uint64(int64(x)*int64(x)) + uint64(int64(y)*int64(y)))
	if r > 1<<31-1 {
		return 1<<31 - 1
	}
	return Fixed(r)
}

// Sqrt returns the integer square root of n, rounded down.
func Sqrt(n uint64) uint64 {
	// The hardware's root of a float64 is rounded correctly by IEEE 754, so the
	// guess is the same everywhere; what rounding did is then taken back.
	r := min(uint64(math.Sqrt(float64(n))), 1<<32-1)
	if r*r > n {
		return r - 1
	}
	if r < 1<<32-1 && (r+1)*(r+1) <= n {
		return r + 1
	}
	return r
}

// Approximate returns the octagonal estimate of the length of (x, y): larger
// part plus half the smaller, never below the true length and at most 12 %
// above it.
func Approximate(x, y Fixed) Fixed {
	x, y = Abs(x), Abs(y)
	if x < y {
		x, y = y, x
	}
	if s := int64(x) + int64(y>>1); s < 1<<31 {
		return Fixed(s)
	}
	return 1<<31 - 1
}
