package nn

import "math"

// VarianceFloor is what LayerNorm adds to a variance before its square root.
const VarianceFloor = 1e-5

// normalise computes layer norm over each whole row, in float64, and keeps the
// normalised values and the inverse deviations in saved.
func (s *stage) normalise(n *Network, y, x, saved []float32, rows int) {
	size := s.in.Size()
	gain, shift := s.weights.of(n.parameters), s.bias.of(n.parameters)
	inverses := saved[len(saved)-rows:]
	for r := range rows {
		row, out, normal := x[r*size:(r+1)*size], y[r*size:(r+1)*size], saved[r*size:(r+1)*size]
		mean := 0.0
		for _, v := range row {
			mean += float64(v)
		}
		mean /= float64(size)
		variance := 0.0
		for _, v := range row {
			d := float64(v) - mean
			variance += float64(d * d)
		}
		inverse := 1 / math.Sqrt(variance/float64(size)+VarianceFloor)
		inverses[r] = float32(inverse)
		for i, v := range row {
			normal[i] = float32((float64(v) - mean) * inverse)
			out[i] = float32(gain[i]*normal[i]) + shift[i]
		}
	}
}

func (s *stage) normaliseBackward(n *Network, dx, dy, saved, gradients []float32, rows int) {
	size := s.in.Size()
	gain := s.weights.of(n.parameters)
	gainGradient, shiftGradient := s.weights.of(gradients), s.bias.of(gradients)
	inverses := saved[len(saved)-rows:]
	for r := range rows {
		g, normal := dy[r*size:(r+1)*size], saved[r*size:(r+1)*size]
		sum, projection := 0.0, 0.0
		for i, v := range g {
			gainGradient[i] += float32(v * normal[i])
			shiftGradient[i] += v
			scaled := float64(float32(v * gain[i]))
			sum += scaled
			projection += float64(scaled * float64(normal[i]))
		}
		if dx == nil {
			continue
		}
		sum /= float64(size)
		projection /= float64(size)
		for i, v := range g {
			scaled := float64(float32(v * gain[i]))
			dx[r*size+i] = float32(float64(inverses[r]) * (scaled - sum - float64(float64(normal[i])*projection)))
		}
	}
}
