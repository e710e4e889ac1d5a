package cluster

import (
	"fmt"
	"math"
)

// distance of points i and j, whose dot product is given.
func (s *space) distance(i, j int, product float32) float64 {
	if i == j {
		return 0
	}
	square := float64(s.squares[i]) + float64(s.squares[j]) - float64(2*float64(product))
	return math.Sqrt(max(square, 0))
}

// clusters checks assignments and returns one more than the highest.
func clusters(assignments []int, points int) (int, error) {
	if len(assignments) != points {
		return 0, fmt.Errorf("cluster: %d assignments for %d points", len(assignments), points)
	}
	k := 0
	for i, c := range assignments {
		if c < 0 || c >= len(assignments)+1<<16 {
			return 0, fmt.Errorf("cluster: point %d is in cluster %d", i, c)
		}
		k = max(k, c+1)
	}
	return k, nil
}
