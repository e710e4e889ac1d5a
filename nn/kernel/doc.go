// Package kernel is the heavy arithmetic under package nn and the sentence
// encoder: dot products, sums of scaled rows, and the elementary functions that math leaves
// to the platform.
//
//	// dst[r][o] = x[r]·w[o] + bias[o]
//	kernel.DotRows(dst, x, w, bias, rows, outs, n)
//	// dst += coefficients[0]*x[0] + coefficients[1]*x[1] + ...
//	kernel.AddRows(dst, coefficients, 1, x, count)
//
// The order of operations is part of the contract, so that every implementation
// gives the same bits (a NaN stays a NaN, with any payload). A dot product sums
// in eight lanes, element i in lane i mod 8, every product rounded before it is
// added, and the lanes are joined as ((0+1)+(2+3)) + ((4+5)+(6+7)). A lane starts
// at +0 and so never becomes -0, which is why an implementation may add zero
// products behind a short tail. AddRows adds row after row.
//
// It is no linear algebra package; gonum is.
package kernel
