//go:build !amd64

package kernel

const accelerated = false

func dotRowsFast(dst, x, w, bias []float32, rows, outs, n int) {
	dotRowsPlain(dst, x, w, bias, rows, outs, n)
}

func addRowsFast(dst, coefficients []float32, stride int, x []float32, count int) {
	addRowsPlain(dst, coefficients, stride, x, count)
}

func rectifyFast(x []float32) { rectifyPlain(x) }

func unfoldFast(dst, x []float32, p Patch, count int) { unfoldPlain(dst, x, p, count) }

func rectifyBackwardFast(dy, y []float32) { rectifyBackwardPlain(dy, y) }
