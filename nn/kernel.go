package nn

// The two kernels below are all of the heavy arithmetic. Their order of
// operations is part of the contract: a dot product sums in eight lanes, element
// i in lane i mod 8, every product rounded before it is added, and the lanes are
// joined as ((0+1)+(2+3)) + ((4+5)+(6+7)). A lane starts at +0 and so never is
// -0, which is why an implementation may add zero products for a short tail.

// dotRows sets dst[r*outs+o] to the dot product of row r of x and row o of w,
// plus bias[o]. Rows of x and w have n values each.
func dotRows(dst, x, w, bias []float32, rows, outs, n int) {
	dst, x = dst[:rows*outs], x[:rows*n]
	w, bias = w[:outs*n], bias[:outs]
	if accelerated {
		dotRowsFast(dst, x, w, bias, rows, outs, n)
		return
	}
	dotRowsPlain(dst, x, w, bias, rows, outs, n)
}

// addRows adds coefficients[k*stride] * (row k of x) to dst, for k = 0..count-1
// in this order. Rows of x have len(dst) values each.
func addRows(dst, coefficients []float32, stride int, x []float32, count int) {
	if count == 0 || len(dst) == 0 {
		return
	}
	coefficients, x = coefficients[:(count-1)*stride+1], x[:count*len(dst)]
	if accelerated {
		addRowsFast(dst, coefficients, stride, x, count)
		return
	}
	addRowsPlain(dst, coefficients, stride, x, count)
}
