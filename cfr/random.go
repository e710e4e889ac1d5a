package cfr

import "math/bits"

// stream is a permuted congruential generator of 128 bits (PCG DXSM; O'Neill,
// "PCG: a family of simple fast space-efficient statistically good algorithms
// for random number generation", 2014), small enough to be inlined and to stand
// in a checkpoint.
type stream struct{ high, low uint64 }

// newStream returns the stream of a seed for one purpose.
func newStream(seed, purpose uint64) stream {
	s := stream{seed, purpose}
	for range 4 {
		s.next()
	}
	return s
}

func (s *stream) next() uint64 {
	const multiplier = 0xda942042e4dd58b5
	const addHigh, addLow = 6364136223846793005, 1442695040888963407
	high, low := bits.Mul64(s.low, multiplier)
	high += s.high * multiplier
	low, carry := bits.Add64(low, addLow, 0)
	high, _ = bits.Add64(high, addHigh, carry)
	s.high, s.low = high, low
	high ^= high >> 32
	high *= multiplier
	high ^= high >> 48
	return high * (low | 1)
}

// unit returns a number in [0, 1).
func (s *stream) unit() float64 { return float64(s.next()>>11) * 0x1p-53 }

// below returns a whole number in [0, n); the bias is under n/2^64.
func (s *stream) below(n int32) int32 {
	high, _ := bits.Mul64(s.next(), uint64(n))
	return int32(high)
}
