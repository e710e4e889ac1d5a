package cluster

import "errors"

// Rand is the share of pairs of points that two groupings treat alike, together
// in both or apart in both (Rand 1971). Fewer than two points agree wholly.
func Rand(a, b []int) (float64, error) {
	c, err := countPairs(a, b)
	if err != nil || c.all == 0 {
		return 1, err
	}
	return (c.all + float64(2*c.both) - c.inA - c.inB) / c.all, nil
}

// AdjustedRand is the Rand index corrected for chance (Hubert & Arabie 1985): 1
// for equal groupings, 0 on average for random ones of the same sizes.
func AdjustedRand(a, b []int) (float64, error) {
	c, err := countPairs(a, b)
	if err != nil || c.all == 0 {
		return 1, err
	}
	expected := c.inA * c.inB / c.all
	highest := float64((c.inA + c.inB) / 2)
	if highest == expected {
		// Both groupings are one cluster, or all clusters of one point.
		return 1, nil
	}
	return (c.both - expected) / (highest - expected), nil
}

// pairs counts pairs of points: all, together in a, in b, in both.
type pairs struct{ all, inA, inB, both float64 }

func countPairs(a, b []int) (pairs, error) {
	if len(a) != len(b) {
		return pairs{}, errors.New("rand index: the groupings have different numbers of points")
	}
	sizesA, sizesB, sizesBoth := map[int]int{}, map[int]int{}, map[[2]int]int{}
	for i := range a {
		sizesA[a[i]]++
		sizesB[b[i]]++
		sizesBoth[[2]int{a[i], b[i]}]++
	}
	return pairs{choose(len(a)), chooseAll(sizesA), chooseAll(sizesB), chooseAll(sizesBoth)}, nil
}

// chooseAll sums whole numbers, so that the order of the map does not matter.
func chooseAll[K comparable](sizes map[K]int) float64 {
	sum := 0.0
	for _, n := range sizes {
		sum += choose(n)
	}
	return sum
}

func choose(n int) float64 { return float64(float64(n) * float64(n-1) / 2) }
