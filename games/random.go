package games

import "math/rand/v2"

// Mix derives a 64-bit word from a seed and a path of keys: equal inputs give
// equal words, and words of different paths look independent. It is the
// finaliser of SplitMix64 (Steele, Lea, Flood 2014) folded over the keys.
func Mix(seed uint64, keys ...uint64) uint64 {
	h := finalise(seed + 0x9e3779b97f4a7c15)
	for _, k := range keys {
		h = finalise(h ^ finalise(k+0x9e3779b97f4a7c15))
	}
	return h
}

func finalise(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Stream returns a random generator of its own for one purpose of a match:
// the keys name the purpose.
func Stream(seed uint64, keys ...uint64) *rand.Rand {
	return rand.New(rand.NewPCG(Mix(seed, keys...), Mix(seed^0xda3e39cb94b95bdb, keys...)))
}
