package cluster

import (
	"cmp"
	"fmt"
	"slices"

	"dryad/nn/kernel"
)

// Nearest is the cluster whose center lies nearest to a point, the first of
// equals. The point must have as many dimensions as the centers.
func (r *Result) Nearest(point []float32) int {
	best, distance := 0, squared(point, r.Centers[0])
	for c, center := range r.Centers[1:] {
		if d := squared(point, center); d < distance {
			best, distance = c+1, d
		}
	}
	return best
}

// Central lists up to n points of a cluster, the nearest to its center first.
// Equal points count once.
func (r *Result) Central(points [][]float32, cluster, n int) []int {
	type candidate struct {
		index    int
		distance float64
	}
	var candidates []candidate
	for i, c := range r.Assignments {
		if c == cluster {
			candidates = append(candidates, candidate{i, squared(points[i], r.Centers[cluster])})
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	var central []int
	for _, c := range candidates {
		if len(central) == n {
			break
		}
		if !slices.ContainsFunc(central, func(i int) bool { return slices.Equal(points[i], points[c.index]) }) {
			central = append(central, c.index)
		}
	}
	return central
}

// Relabel renames clusters: cluster c becomes to[c]. It panics unless to is a
// permutation.
func (r *Result) Relabel(to []int) {
	seen := make([]bool, len(r.Centers))
	for _, c := range to {
		if len(to) != len(seen) || c < 0 || c >= len(seen) || seen[c] {
			panic(fmt.Sprintf("cluster: %v is no permutation of %d clusters", to, len(seen)))
		}
		seen[c] = true
	}
	centers, sizes := slices.Clone(r.Centers), slices.Clone(r.Sizes)
	for c, t := range to {
		r.Centers[t], r.Sizes[t] = centers[c], sizes[c]
	}
	for i, c := range r.Assignments {
		r.Assignments[i] = to[c]
	}
}

// Match pairs the clusters of one iteration with those of the one before, so that
// the sum of squared distances of paired centers is least, and returns a
// permutation for Relabel: a paired cluster gets the name of its partner, others
// get the names that are left, in order.
func Match(before, after [][]float32) []int {
	cost := make([][]float64, len(after))
	for i, a := range after {
		cost[i] = make([]float64, len(before))
		for j, b := range before {
			cost[i][j] = squared(a, b)
		}
	}
	names := Assign(cost)
	taken := make([]bool, max(len(before), len(after)))
	for _, name := range names {
		if name >= 0 {
			taken[name] = true
		}
	}
	// A name beyond the number of clusters would be no permutation.
	for i, name := range names {
		if name >= len(after) {
			names[i] = -1
		}
	}
	free := 0
	for i, name := range names {
		if name >= 0 {
			continue
		}
		for taken[free] {
			free++
		}
		names[i], taken[free] = free, true
	}
	return names
}

// Silhouette is the mean silhouette width (Rousseeuw 1987) of a grouping, in
// [-1, 1]; a point alone in its cluster counts 0. It compares all pairs of points,
// so its time grows with the square of their number.
func Silhouette(points [][]float32, assignments []int) (float64, error) {
	s, err := newSpace(points)
	if err != nil {
		return 0, err
	}
	k, err := clusters(assignments, s.count)
	if err != nil {
		return 0, err
	}
	if k < 2 {
		return 0, fmt.Errorf("silhouette of %d cluster: want at least 2", k)
	}
	sizes := make([]int, k)
	for _, c := range assignments {
		sizes[c]++
	}
	products, zeros := make([]float32, s.count), make([]float32, s.count)
	sums := make([]float64, k)
	total := 0.0
	for i, own := range assignments {
		if sizes[own] < 2 {
			continue
		}
		kernel.DotRows(products, s.row(i), s.rows, zeros, 1, s.count, s.dimensions)
		clear(sums)
		for j, c := range assignments {
			sums[c] += s.distance(i, j, products[j])
		}
		inside, outside := sums[own]/float64(sizes[own]-1), -1.0
		for c, sum := range sums {
			if c == own || sizes[c] == 0 {
				continue
			}
			if mean := sum / float64(sizes[c]); outside < 0 || mean < outside {
				outside = mean
			}
		}
		if widest := max(inside, outside); widest > 0 {
			total += (outside - inside) / widest
		}
	}
	return total / float64(s.count), nil
}
