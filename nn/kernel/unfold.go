package kernel

// Patch is a window over an image that lies in rows.
type Patch struct {
	// Lines is the number of lines of the window, each of Length values.
	Lines, Length int
	// Stride is the distance of two lines in the image.
	Stride int
	// Step is how far the window moves from patch to patch.
	Step int
}

// Slack is how much longer than its patches the destination of Unfold should be
// for the fast path, which may write any values there.
const Slack = 8

// Unfold copies the lines of count patches of x, which begin Step values apart,
// one after the other to dst. It panics if a slice is too short.
func Unfold(dst, x []float32, p Patch, count int) {
	if count <= 0 || p.Lines <= 0 || p.Length <= 0 {
		return
	}
	size := count * p.Lines * p.Length
	_, _ = dst[size-1], x[(count-1)*p.Step+(p.Lines-1)*p.Stride+p.Length-1]
	if accelerated && len(dst) >= size+Slack {
		unfoldFast(dst, x, p, count)
		return
	}
	unfoldPlain(dst, x, p, count)
}

func unfoldPlain(dst, x []float32, p Patch, count int) {
	for i := range count {
		for l := range p.Lines {
			copy(dst[:p.Length], x[i*p.Step+l*p.Stride:])
			dst = dst[p.Length:]
		}
	}
}
