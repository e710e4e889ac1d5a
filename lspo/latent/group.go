package latent

import (
	"errors"
	"fmt"
	"math"

	"dryad/lspo/cluster"
)

// Params say how to build a group.
type Params struct {
	// Name is that of the role whose speech it is.
	Name string
	// Clusters is how many are wanted; when fewer different things were said,
	// there are fewer.
	Clusters int
	// Seed decides every draw.
	Seed uint64
	// Before is the group of the iteration before: its clusters keep their
	// numbers where they are found again. Nil in the first.
	Before *Group
	// Central is the number of utterances kept to show each cluster by; 5 by
	// default.
	Central int
	// Most bounds the utterances that are clustered; of more, an even selection
	// is. 3000 by default.
	Most int
}

// Group holds the latent strategies of one role's speech.
type Group struct {
	Name string `json:"name"`
	// Wanted is the number of clusters that was asked for.
	Wanted int `json:"wanted"`
	// Utterances is how many were said, Distinct how many different ones.
	Utterances int `json:"utterances"`
	Distinct   int `json:"distinct"`
	// Silhouette is the mean silhouette width of the different utterances (of
	// at most 1000); 0 for one cluster.
	Silhouette float64   `json:"silhouette"`
	Clusters   []Cluster `json:"clusters"`
}

// Cluster is a latent strategy.
type Cluster struct {
	Center []float32 `json:"center"`
	// Size is the number of clustered utterances in it.
	Size int `json:"size"`
	// Radius is the root of the mean square of their distances to the center.
	Radius float64 `json:"radius"`
	// Central are the different utterances nearest to the center, the nearest
	// first.
	Central []string `json:"central"`
}

// mostCompared bounds the utterances of a silhouette, which compares all pairs.
const mostCompared = 1000

// Build clusters what a role said. Utterances and vectors go together; there
// must be at least one.
func Build(p Params, utterances []string, vectors [][]float32) (*Group, error) {
	if len(utterances) == 0 || len(utterances) != len(vectors) {
		return nil, fmt.Errorf("latent: %d utterances and %d vectors of the %s", len(utterances), len(vectors), p.Name)
	}
	if p.Central == 0 {
		p.Central = 5
	}
	if p.Most == 0 {
		p.Most = 3000
	}
	g := &Group{Name: p.Name, Wanted: p.Clusters, Utterances: len(utterances)}
	utterances, vectors = thin(utterances, p.Most), thin(vectors, p.Most)
	different := distinct(utterances)
	g.Distinct = len(different)
	k := min(p.Clusters, len(different))
	var result *cluster.Result
	for {
		var err error
		result, err = cluster.KMeans(vectors, cluster.Params{Clusters: k, Seed: p.Seed})
		if err == nil {
			break
		}
		if k--; !errors.Is(err, cluster.ErrTooFew) || k == 0 {
			return nil, fmt.Errorf("latent: cluster what the %s said: %w", p.Name, err)
		}
	}
	if p.Before != nil {
		result.Relabel(cluster.Match(p.Before.centers(), result.Centers))
	}
	points, labels := make([][]float32, len(different)), make([]int, len(different))
	for i, at := range different {
		points[i], labels[i] = vectors[at], result.Assignments[at]
	}
	if k > 1 {
		width, err := cluster.Silhouette(thin(points, mostCompared), thin(labels, mostCompared))
		if err != nil && len(points) <= mostCompared {
			return nil, fmt.Errorf("latent: %w", err)
		}
		g.Silhouette = width
	}
	radii := make([]float64, k)
	for i, c := range result.Assignments {
		radii[c] += distance(vectors[i], result.Centers[c])
	}
	only := &cluster.Result{Assignments: labels, Centers: result.Centers, Sizes: make([]int, k)}
	for _, c := range labels {
		only.Sizes[c]++
	}
	for c := range k {
		one := Cluster{Center: result.Centers[c], Size: result.Sizes[c], Radius: math.Sqrt(radii[c] / float64(result.Sizes[c]))}
		for _, i := range only.Central(points, c, p.Central) {
			one.Central = append(one.Central, utterances[different[i]])
		}
		g.Clusters = append(g.Clusters, one)
	}
	return g, nil
}

// Nearest returns the latent strategy of an embedded utterance.
func (g *Group) Nearest(vector []float32) int {
	r := cluster.Result{Centers: g.centers()}
	return r.Nearest(vector)
}

func (g *Group) centers() [][]float32 {
	centers := make([][]float32, len(g.Clusters))
	for c := range g.Clusters {
		centers[c] = g.Clusters[c].Center
	}
	return centers
}

// distance is the square of the Euclidean distance.
func distance(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		d := float64(a[i]) - float64(b[i])
		sum += float64(d * d)
	}
	return sum
}

// distinct returns the places at which something is said for the first time.
func distinct(utterances []string) []int {
	seen := map[string]bool{}
	var places []int
	for i, u := range utterances {
		if !seen[u] {
			seen[u] = true
			places = append(places, i)
		}
	}
	return places
}

// thin returns an even selection of at most so many.
func thin[T any](all []T, most int) []T {
	if len(all) <= most {
		return all
	}
	some := make([]T, most)
	for i := range some {
		some[i] = all[i*len(all)/most]
	}
	return some
}
