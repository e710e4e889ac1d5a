package nn

import "dryad/nn/kernel"

// MaxPool2D takes the largest value of each channel in a square window that moves
// by stride; there is no padding. Of equal values the first counts, row by row.
// NaN in a window gives NaN.
func MaxPool2D(size, stride int) Layer {
	return Layer{Kind: KindMaxPool, Kernel: [2]int{size, size}, Stride: [2]int{stride, stride}}
}

// MaxPool1D is MaxPool2D along the width of a Sequence.
func MaxPool1D(size, stride int) Layer {
	return Layer{Kind: KindMaxPool, Kernel: [2]int{1, size}, Stride: [2]int{1, stride}}
}

// AveragePool2D takes the mean of each channel in a square window that moves by
// stride; there is no padding.
func AveragePool2D(size, stride int) Layer {
	return Layer{Kind: KindAveragePool, Kernel: [2]int{size, size}, Stride: [2]int{stride, stride}}
}

// AveragePool1D is AveragePool2D along the width of a Sequence.
func AveragePool1D(size, stride int) Layer {
	return Layer{Kind: KindAveragePool, Kernel: [2]int{1, size}, Stride: [2]int{1, stride}}
}

// windows calls each for every line of every window of rows samples: out is where
// the window's result begins, in where the line does.
func (s *stage) windows(rows int, each func(out, in int)) {
	out := 0
	for r := range rows {
		for oy := range s.out.Height {
			for ox := range s.out.Width {
				for ky := range s.Kernel[0] {
					y, x := oy*s.Stride[0]+ky, ox*s.Stride[1]
					each(out, r*s.in.Size()+(y*s.in.Width+x)*s.in.Channels)
				}
				out += s.out.Channels
			}
		}
	}
}

func (s *stage) maxPool(y, x []float32, rows int) {
	channels := s.in.Channels
	s.firstValues(y, x, rows)
	s.windows(rows, func(out, in int) {
		highest := y[out:][:channels]
		for range s.Kernel[1] {
			for c, v := range x[in:][:channels] {
				if v > highest[c] || v != v {
					highest[c] = v
				}
			}
			in += channels
		}
	})
}

// firstValues sets y to the first value of each window.
func (s *stage) firstValues(y, x []float32, rows int) {
	channels := s.in.Channels
	for r := range rows {
		for oy := range s.out.Height {
			for ox := range s.out.Width {
				at := r*s.in.Size() + (oy*s.Stride[0]*s.in.Width+ox*s.Stride[1])*channels
				copy(y[:channels], x[at:])
				y = y[channels:]
			}
		}
	}
}

// maxPoolBackward gives the gradient of each window to its first largest value.
func (s *stage) maxPoolBackward(dx, dy, x []float32, rows int) {
	if dx == nil {
		return
	}
	channels, line := s.in.Channels, s.in.Width*s.in.Channels
	out := 0
	for r := range rows {
		for oy := range s.out.Height {
			for ox := range s.out.Width {
				first := r*s.in.Size() + (oy*s.Stride[0]*s.in.Width+ox*s.Stride[1])*channels
				for c := range channels {
					best := first + c
					for ky := range s.Kernel[0] {
						for kx := range s.Kernel[1] {
							if at := first + ky*line + kx*channels + c; x[at] > x[best] {
								best = at
							}
						}
					}
					dx[best] += dy[out+c]
				}
				out += channels
			}
		}
	}
}

// share is what each value of a window has in its mean.
func (s *stage) share() []float32 { return []float32{1 / float32(s.Kernel[0]*s.Kernel[1])} }

func (s *stage) averagePool(y, x []float32, rows int) {
	clear(y)
	share, channels := s.share(), s.in.Channels
	s.windows(rows, func(out, in int) {
		kernel.AddRows(y[out:][:channels], share, 0, x[in:], s.Kernel[1])
	})
}

func (s *stage) averagePoolBackward(dx, dy []float32, rows int) {
	if dx == nil {
		return
	}
	share, channels := s.share(), s.in.Channels
	s.windows(rows, func(out, in int) {
		for range s.Kernel[1] {
			kernel.AddRows(dx[in:][:channels], share, 0, dy[out:], 1)
			in += channels
		}
	})
}
