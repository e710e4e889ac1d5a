package cluster

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"dryad/nn/kernel"
)

// ErrTooFew says that there are fewer distinct points than clusters.
var ErrTooFew = errors.New("fewer distinct points than clusters")

// Params says how to cluster.
type Params struct {
	// Clusters is the number of clusters, at least 1.
	Clusters int
	// Seed decides every draw.
	Seed uint64
	// Restarts is how often to begin anew, of which the best is kept; 0 means 8.
	Restarts int
	// Iterations bounds the rounds of one start; 0 means 100.
	Iterations int
}

// Result is a grouping of points.
type Result struct {
	// Assignments has the cluster of each point.
	Assignments []int
	// Centers has the mean of each cluster.
	Centers [][]float32
	// Sizes has the number of points of each cluster, never 0.
	Sizes []int
	// Inertia is the sum of the squared distances of points to their centers.
	Inertia float64
	// Iterations is the number of rounds that the best start took.
	Iterations int
}

// KMeans groups points by Lloyd's iteration from the seeding of Arthur &
// Vassilvitskii 2007 (k-means++). All points must have the same, positive number
// of dimensions.
func KMeans(points [][]float32, p Params) (*Result, error) {
	if p.Clusters < 1 {
		return nil, fmt.Errorf("cluster into %d clusters: want at least 1", p.Clusters)
	}
	if p.Restarts <= 0 {
		p.Restarts = 8
	}
	if p.Iterations <= 0 {
		p.Iterations = 100
	}
	s, err := newSpace(points)
	if err != nil {
		return nil, err
	}
	if p.Clusters > s.count {
		return nil, fmt.Errorf("cluster %d points into %d clusters: %w", s.count, p.Clusters, ErrTooFew)
	}
	var best *Result
	for restart := range p.Restarts {
		random := rand.New(rand.NewPCG(p.Seed, uint64(restart)))
		centers, err := s.seed(random, p.Clusters)
		if err != nil {
			return nil, err
		}
		if r := s.iterate(centers, p.Iterations); best == nil || r.Inertia < best.Inertia {
			best = r
		}
	}
	return best, nil
}

// space holds points as one slice of rows.
type space struct {
	count, dimensions int
	rows              []float32
	squares           []float32 // of the lengths of rows
}

func newSpace(points [][]float32) (*space, error) {
	if len(points) == 0 || len(points[0]) == 0 {
		return nil, errors.New("cluster: no points, or points without dimensions")
	}
	s := &space{count: len(points), dimensions: len(points[0])}
	s.rows = make([]float32, 0, s.count*s.dimensions)
	for i, point := range points {
		if len(point) != s.dimensions {
			return nil, fmt.Errorf("cluster: point %d has %d dimensions, the first has %d", i, len(point), s.dimensions)
		}
		s.rows = append(s.rows, point...)
		square := kernel.Dot(point, point)
		if square-square != 0 {
			return nil, fmt.Errorf("cluster: point %d is not finite", i)
		}
		s.squares = append(s.squares, square)
	}
	return s, nil
}

func (s *space) row(i int) []float32 { return s.rows[i*s.dimensions : (i+1)*s.dimensions] }

// squared is the squared distance of two points, in float64 and dimension after
// dimension, so that equal points have distance 0.
func squared(a, b []float32) float64 {
	sum := 0.0
	for i, v := range a {
		d := float64(v) - float64(b[i])
		sum += float64(d * d)
	}
	return sum
}

// seed draws centers from the points, each with probability proportional to the
// squared distance from the nearest one drawn before.
func (s *space) seed(random *rand.Rand, clusters int) ([]float32, error) {
	centers := slices.Clone(s.row(random.IntN(s.count)))
	nearest := make([]float64, s.count)
	for i := range nearest {
		nearest[i] = squared(s.row(i), centers)
	}
	for drawn := 1; drawn < clusters; drawn++ {
		total := 0.0
		for _, d := range nearest {
			total += d
		}
		if total == 0 {
			return nil, fmt.Errorf("cluster into %d clusters: only %d distinct points: %w", clusters, drawn, ErrTooFew)
		}
		target := float64(random.Float64() * total)
		chosen, last := -1, 0
		for i, d := range nearest {
			if d == 0 {
				continue
			}
			last = i
			if target -= d; target < 0 {
				chosen = i
				break
			}
		}
		if chosen < 0 {
			// Rounding may leave a rest behind the last point.
			chosen = last
		}
		center := s.row(chosen)
		centers = append(centers, center...)
		for i := range nearest {
			nearest[i] = min(nearest[i], squared(s.row(i), center))
		}
	}
	return centers, nil
}
