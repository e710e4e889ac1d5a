package nn

import (
	"errors"
	"math"
)

// ErrNotFinite says that a loss or a gradient became NaN or infinite.
var ErrNotFinite = errors.New("a value is not finite")

// Finite reports whether no value is NaN or infinite.
func Finite(values []float32) bool {
	const exponent = 0x7f800000
	for _, v := range values {
		if math.Float32bits(v)&exponent == exponent {
			return false
		}
	}
	return true
}
