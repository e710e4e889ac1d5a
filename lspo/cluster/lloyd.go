package cluster

import (
	"slices"

	"dryad/nn/kernel"
)

// iterate moves centers to the means of their points until no point changes its
// cluster, or for that many rounds.
func (s *space) iterate(centers []float32, rounds int) *Result {
	k := len(centers) / s.dimensions
	assignments := make([]int, s.count)
	for i := range assignments {
		assignments[i] = -1
	}
	r := &Result{Assignments: assignments, Sizes: make([]int, k)}
	scores := make([]float32, s.count*k)
	for r.Iterations = 1; ; r.Iterations++ {
		changed := s.assign(assignments, centers, scores)
		changed = s.fill(assignments, centers) || changed
		s.center(centers, assignments, r.Sizes)
		if !changed || r.Iterations == rounds {
			break
		}
	}
	for i, c := range assignments {
		r.Inertia += squared(s.row(i), centers[c*s.dimensions:(c+1)*s.dimensions])
	}
	for center := range slices.Chunk(centers, s.dimensions) {
		r.Centers = append(r.Centers, slices.Clone(center))
	}
	return r
}

// assign gives each point to the nearest center, the first of equals, and says
// whether any changed.
func (s *space) assign(assignments []int, centers, scores []float32) bool {
	k := len(centers) / s.dimensions
	half := make([]float32, k)
	for c := range half {
		center := centers[c*s.dimensions : (c+1)*s.dimensions]
		half[c] = -kernel.Dot(center, center) / 2
	}
	// |x-c|² is least where x·c - |c|²/2 is greatest.
	kernel.DotRows(scores, s.rows, centers, half, s.count, k, s.dimensions)
	changed := false
	for i := range assignments {
		best := 0
		for c, v := range scores[i*k : (i+1)*k] {
			if v > scores[i*k+best] {
				best = c
			}
		}
		if assignments[i] != best {
			assignments[i], changed = best, true
		}
	}
	return changed
}

// fill gives each empty cluster the point that lies farthest from its center
// among clusters of more than one point, and says whether there was one.
func (s *space) fill(assignments []int, centers []float32) bool {
	k := len(centers) / s.dimensions
	sizes := make([]int, k)
	for _, c := range assignments {
		sizes[c]++
	}
	filled := false
	for empty, size := range sizes {
		if size > 0 {
			continue
		}
		farthest, distance := -1, -1.0
		for i, c := range assignments {
			if sizes[c] < 2 {
				continue
			}
			if d := squared(s.row(i), centers[c*s.dimensions:(c+1)*s.dimensions]); d > distance {
				farthest, distance = i, d
			}
		}
		sizes[assignments[farthest]]--
		sizes[empty]++
		assignments[farthest] = empty
		copy(centers[empty*s.dimensions:], s.row(farthest))
		filled = true
	}
	return filled
}

// center moves every center to the mean of its points.
func (s *space) center(centers []float32, assignments, sizes []int) {
	sums := make([]float64, len(centers))
	clear(sizes)
	for i, c := range assignments {
		sizes[c]++
		sum := sums[c*s.dimensions : (c+1)*s.dimensions]
		for j, v := range s.row(i) {
			sum[j] += float64(v)
		}
	}
	for i, sum := range sums {
		centers[i] = float32(sum / float64(sizes[i/s.dimensions]))
	}
}
