package kernel

import "golang.org/x/sys/cpu"

var accelerated = cpu.X86.HasAVX2

// tailMasks holds eight set and eight clear words: the eight words from index
// 8-t select the first t lanes.
//
//lint:ignore U1000 the assembly reads it
var tailMasks = [16]int32{-1, -1, -1, -1, -1, -1, -1, -1}

// dotBlock multiplies two rows of x by 4*groups consecutive rows of w. n > 0.
//
//go:noescape
func dotBlock(dst0, dst1, x0, x1, w, bias *float32, n, groups int)

// dotOne multiplies one row by one row. n > 0.
//
//go:noescape
func dotOne(x, w *float32, n int) float32

// addRowsAVX2 is AddRows for n = len(dst) > 0 and count > 0; stride in elements.
//
//go:noescape
func addRowsAVX2(dst, coefficients, x *float32, stride, n, count int)

// rectifyAVX2 rectifies 8*blocks values.
//
//go:noescape
func rectifyAVX2(x *float32, blocks int)

// unfoldAVX2 is Unfold for positive sizes; it may write seven values behind the
// last patch. Distances are in elements.
//
//go:noescape
func unfoldAVX2(dst, x *float32, lines, length, stride, step, count int)

// rectifyBackwardAVX2 handles 8*blocks values.
//
//go:noescape
func rectifyBackwardAVX2(dy, y *float32, blocks int)

// blockBytes bounds the part of w that all rows of x visit before the next part,
// so that it stays in the first-level cache.
const blockBytes = 24 << 10

func dotRowsFast(dst, x, w, bias []float32, rows, outs, n int) {
	if outs < 4 {
		for r := range rows {
			for o := range outs {
				dst[r*outs+o] = dotOne(&x[r*n], &w[o*n], n) + bias[o]
			}
		}
		return
	}
	block := max(blockBytes/(16*n), 1) * 4
	for from := 0; from < outs; from += block {
		count := min(block, outs-from)
		groups := count / 4
		for r := 0; r < rows; r += 2 {
			// An odd last row takes part twice; so do the last outputs when their
			// number is no multiple of four. The second result equals the first.
			second := min(r+1, rows-1)
			if groups > 0 {
				dotBlock(&dst[r*outs+from], &dst[second*outs+from], &x[r*n], &x[second*n], &w[from*n], &bias[from], n, groups)
			}
			if count%4 != 0 {
				last := outs - 4
				dotBlock(&dst[r*outs+last], &dst[second*outs+last], &x[r*n], &x[second*n], &w[last*n], &bias[last], n, 1)
			}
		}
	}
}

func addRowsFast(dst, coefficients []float32, stride int, x []float32, count int) {
	addRowsAVX2(&dst[0], &coefficients[0], &x[0], stride, len(dst), count)
}

func rectifyFast(x []float32) { rectifyAVX2(&x[0], len(x)/8) }

func unfoldFast(dst, x []float32, p Patch, count int) {
	unfoldAVX2(&dst[0], &x[0], p.Lines, p.Length, p.Stride, p.Step, count)
}

func rectifyBackwardFast(dy, y []float32) { rectifyBackwardAVX2(&dy[0], &y[0], len(dy)/8) }
