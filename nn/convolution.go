package nn

import "dryad/nn/kernel"

// convolve computes one convolution. A sample is unfolded into patches, one row
// for each output position, and the patches are multiplied by the kernels.
func (n *Network) convolve(w *Workspace, s *stage, y, x []float32, rows int) {
	weights, bias := s.weights.of(n.parameters), s.bias.of(n.parameters)
	positions := s.out.Height * s.out.Width
	columns := w.columns[:positions*s.fanIn]
	in, out := s.in.Size(), s.out.Size()
	for r := range rows {
		s.unfold(columns, x[r*in:(r+1)*in])
		kernel.DotRows(y[r*out:(r+1)*out], columns, weights, bias, positions, s.Out, s.fanIn)
	}
}

// unfold writes the patch under each output position as one row [ky][kx][channel];
// what lies in the padding is zero.
func (s *stage) unfold(columns, x []float32) {
	line := s.Kernel[1] * s.in.Channels
	at := 0
	for oy := range s.out.Height {
		for ox := range s.out.Width {
			for ky := range s.Kernel[0] {
				patch := columns[at : at+line]
				at += line
				from, skip, count := s.patchLine(oy, ox, ky)
				if count <= 0 {
					clear(patch)
					continue
				}
				clear(patch[:skip])
				copy(patch[skip:skip+count], x[from:from+count])
				clear(patch[skip+count:])
			}
		}
	}
}

// patchLine finds the part of line ky of the patch at (oy, ox) that lies inside
// the input: count values from x[from], after skip values of padding.
func (s *stage) patchLine(oy, ox, ky int) (from, skip, count int) {
	y := oy*s.Stride[0] - s.Pad[0] + ky
	if y < 0 || y >= s.in.Height {
		return 0, 0, 0
	}
	left := ox*s.Stride[1] - s.Pad[1]
	first, last := max(left, 0), min(left+s.Kernel[1], s.in.Width)
	if first >= last {
		return 0, 0, 0
	}
	channels := s.in.Channels
	return (y*s.in.Width + first) * channels, (first - left) * channels, (last - first) * channels
}

// convolveBackward adds to the gradients of kernels and biases, sample after
// sample, and adds to dx unless it is nil.
func (n *Network) convolveBackward(w *Workspace, s *stage, dx, dy, x, gradients []float32, rows int) {
	weights := s.weights.of(n.parameters)
	weightGradient, biasGradient := s.weights.of(gradients), s.bias.of(gradients)
	positions := s.out.Height * s.out.Width
	columns := w.columns[:positions*s.fanIn]
	in, out := s.in.Size(), s.out.Size()
	for r := range rows {
		g := dy[r*out : (r+1)*out]
		s.unfold(columns, x[r*in:(r+1)*in])
		for o := range s.Out {
			kernel.AddRows(weightGradient[o*s.fanIn:(o+1)*s.fanIn], g[o:], s.Out, columns, positions)
		}
		kernel.AddRows(biasGradient, one, 0, g, positions)
		if dx == nil {
			continue
		}
		clear(columns)
		for p := range positions {
			kernel.AddRows(columns[p*s.fanIn:(p+1)*s.fanIn], g[p*s.Out:], 1, weights, s.Out)
		}
		s.fold(dx[r*in:(r+1)*in], columns)
	}
}

// fold adds patches back to the input they were unfolded from.
func (s *stage) fold(dx, columns []float32) {
	line := s.Kernel[1] * s.in.Channels
	at := 0
	for oy := range s.out.Height {
		for ox := range s.out.Width {
			for ky := range s.Kernel[0] {
				from, skip, count := s.patchLine(oy, ox, ky)
				patch := columns[at+skip:][:count]
				for i, v := range patch {
					dx[from+i] += v
				}
				at += line
			}
		}
	}
}
