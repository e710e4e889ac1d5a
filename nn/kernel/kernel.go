package kernel

// DotRows sets dst[r*outs+o] to the dot product of row r of x and row o of w,
// plus bias[o]. Rows of x and w have n values each. It panics if a slice is too
// short; dst may not overlap the others.
func DotRows(dst, x, w, bias []float32, rows, outs, n int) {
	dst, x = dst[:rows*outs], x[:rows*n]
	w, bias = w[:outs*n], bias[:outs]
	if n == 0 {
		for r := range rows {
			copy(dst[r*outs:], bias)
		}
		return
	}
	if accelerated {
		dotRowsFast(dst, x, w, bias, rows, outs, n)
		return
	}
	dotRowsPlain(dst, x, w, bias, rows, outs, n)
}

// AddRows adds coefficients[k*stride] * (row k of x) to dst, for k = 0..count-1
// in this order. Rows of x have len(dst) values each. It panics if a slice is too
// short; dst may not overlap the others.
func AddRows(dst, coefficients []float32, stride int, x []float32, count int) {
	if count <= 0 || len(dst) == 0 {
		return
	}
	coefficients, x = coefficients[:(count-1)*stride+1], x[:count*len(dst)]
	if accelerated {
		addRowsFast(dst, coefficients, stride, x, count)
		return
	}
	addRowsPlain(dst, coefficients, stride, x, count)
}

// Dot is the dot product of two slices; w must be at least as long as x.
func Dot(x, w []float32) float32 { return dot(x, w[:len(x)]) }

// Rectify replaces negative values by 0 and keeps NaN.
func Rectify(x []float32) {
	if accelerated && len(x) >= 8 {
		n := len(x) &^ 7
		rectifyFast(x[:n])
		x = x[n:]
	}
	rectifyPlain(x)
}

// RectifyBackward replaces values of dy by 0 where y, the result of Rectify, is
// not positive; where y is NaN it keeps them. y must be as long as dy.
func RectifyBackward(dy, y []float32) {
	y = y[:len(dy)]
	if accelerated && len(dy) >= 8 {
		n := len(dy) &^ 7
		rectifyBackwardFast(dy[:n], y[:n])
		dy, y = dy[n:], y[n:]
	}
	rectifyBackwardPlain(dy, y)
}
