package bt

// mix derives a word from a seed and a path of keys with the finaliser of
// SplitMix64 (Steele, Lea, Flood 2014).
func mix(seed uint64, keys ...uint64) uint64 {
	h := finalise(seed + golden)
	for _, k := range keys {
		h = finalise(h ^ finalise(k+golden))
	}
	return h
}

// golden is 2^64 divided by the golden ratio, the step of SplitMix64.
const golden = 0x9e3779b97f4a7c15

func finalise(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// unit maps a word to [0, 1).
func unit(word uint64) float64 { return float64(word>>11) / (1 << 53) }

// draw picks an index by weight, or returns -1 when all weights count as 0.
func draw(weights []float64, word uint64) int {
	total, last := 0.0, -1
	for i, w := range weights {
		if w > 0 {
			total, last = total+w, i
		}
	}
	point := float64(unit(word) * total)
	for i, w := range weights {
		if w > 0 {
			if point < w {
				return i
			}
			point -= w
		}
	}
	return last
}
