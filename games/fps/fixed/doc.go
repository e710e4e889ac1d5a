// Package fixed is the arithmetic of the shooter worlds: 16.16 fixed-point
// lengths, binary angles and integer trigonometry. Every platform computes the
// same bits: results are integers, and the one use of a floating-point number
// is a first guess at a root that IEEE 754 fixes to the bit.
//
//	a := fixed.Degrees(90)
//	x := fixed.Mul(fixed.FromInt(100), a.Cos()) // 0
//	y := fixed.Mul(fixed.FromInt(100), a.Sin()) // 100.0
//	fixed.Atan2(y, x) == a
//
// It is not a general fixed-point library: one format, no formatting, and
// overflow is the caller's business (a map is at most 32767 units wide, so
// differences of its coordinates always fit).
package fixed
