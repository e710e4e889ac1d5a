package nn

import "dryad/nn/kernel"

// convolve computes one convolution. A sample is unfolded into patches, one row
// for each output position, and the patches are multiplied by the kernels.
func (n *Network) convolve(w *Workspace, s *stage, y, x []float32, rows int) {
	weights, bias := s.weights.of(n.parameters), s.bias.of(n.parameters)
	positions := s.out.Height * s.out.Width
	in, out := s.in.Size(), s.out.Size()
	for r := range rows {
		s.unfold(w, x[r*in:(r+1)*in])
		kernel.DotRows(y[r*out:(r+1)*out], w.columns, weights, bias, positions, s.Out, s.fanIn)
	}
}

// padded is the shape of the input with its padding around.
func (s *stage) padded() Shape {
	return Shape{s.in.Height + 2*s.Pad[0], s.in.Width + 2*s.Pad[1], s.in.Channels}
}

// unfold writes the patch under each output position as one row [ky][kx][channel]
// of the workspace's columns; what lies in the padding is zero.
func (s *stage) unfold(w *Workspace, x []float32) {
	shape := s.in
	if s.Pad != [2]int{} {
		shape = s.padded()
		x = s.pad(w, x, shape)
	}
	stride := shape.Width * shape.Channels
	patch := kernel.Patch{
		Lines: s.Kernel[0], Length: s.Kernel[1] * shape.Channels, Stride: stride,
		Step: s.Stride[1] * shape.Channels,
	}
	size := s.out.Width * s.fanIn
	for oy := range s.out.Height {
		kernel.Unfold(w.columns[oy*size:], x[oy*s.Stride[0]*stride:], patch, s.out.Width)
	}
}

// pad copies a sample into the middle of zeros.
func (s *stage) pad(w *Workspace, x []float32, shape Shape) []float32 {
	padded := w.padded[:shape.Size()]
	clear(padded)
	line, stride := s.in.Width*s.in.Channels, shape.Width*shape.Channels
	at := s.Pad[0]*stride + s.Pad[1]*shape.Channels
	for y := range s.in.Height {
		copy(padded[at+y*stride:][:line], x[y*line:])
	}
	return padded
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
		s.unfold(w, x[r*in:(r+1)*in])
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
		s.fold(w, dx[r*in:(r+1)*in], columns)
	}
}

// fold adds patches back to the input that they were unfolded from.
func (s *stage) fold(w *Workspace, dx, columns []float32) {
	shape := s.padded()
	sum := w.padded[:shape.Size()]
	clear(sum)
	stride, length := shape.Width*shape.Channels, s.Kernel[1]*shape.Channels
	for oy := range s.out.Height {
		for ox := range s.out.Width {
			at := oy*s.Stride[0]*stride + ox*s.Stride[1]*shape.Channels
			for range s.Kernel[0] {
				line := sum[at:][:length]
				for i, v := range columns[:length] {
					line[i] += v
				}
				columns = columns[length:]
				at += stride
			}
		}
	}
	line := s.in.Width * s.in.Channels
	at := s.Pad[0]*stride + s.Pad[1]*shape.Channels
	for y := range s.in.Height {
		for i, v := range sum[at+y*stride:][:line] {
			dx[y*line+i] += v
		}
	}
}
