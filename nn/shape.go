package nn

import "fmt"

// maxDimension bounds every single dimension of a network, and maxElements the
// size of any one tensor, so that a hostile file cannot ask for absurd memory.
const (
	maxDimension = 1 << 16
	maxElements  = 1 << 26
	maxLayers    = 256
)

// Shape is the extent of one sample, stored channels-last: the value at (y, x, c)
// lies at index (y*Width+x)*Channels + c.
type Shape struct {
	Height   int `json:"height"`
	Width    int `json:"width"`
	Channels int `json:"channels"`
}

// Vector is the shape of n plain numbers.
func Vector(n int) Shape { return Shape{Height: 1, Width: 1, Channels: n} }

// Sequence is the shape of length steps of channels numbers each, for Conv1D.
func Sequence(length, channels int) Shape {
	return Shape{Height: 1, Width: length, Channels: channels}
}

// Image is the shape of a height x width grid of channels numbers each.
func Image(height, width, channels int) Shape {
	return Shape{Height: height, Width: width, Channels: channels}
}

// Size is the number of values in one sample.
func (s Shape) Size() int { return s.Height * s.Width * s.Channels }

// String writes the shape as HEIGHTxWIDTHxCHANNELS.
func (s Shape) String() string { return fmt.Sprintf("%dx%dx%d", s.Height, s.Width, s.Channels) }

func (s Shape) check() error {
	for _, dimension := range []int{s.Height, s.Width, s.Channels} {
		if dimension < 1 || dimension > maxDimension {
			return fmt.Errorf("shape %v: a dimension must lie in 1..%d", s, maxDimension)
		}
	}
	// Three factors of at most 2^16 cannot overflow 64 bits.
	if int64(s.Height)*int64(s.Width)*int64(s.Channels) > maxElements {
		return fmt.Errorf("shape %v has more than %d values", s, maxElements)
	}
	return nil
}
