package cluster_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"dryad/lspo/cluster"
)

// blobs draws points around centers that lie far apart, with their true groups.
func blobs(seed uint64, groups, each, dimensions int) (points [][]float32, labels []int) {
	random := rand.New(rand.NewPCG(seed, 0))
	for g := range groups {
		for range each {
			point := make([]float32, dimensions)
			for d := range point {
				point[d] = random.Float32() - 0.5
			}
			point[g%dimensions] += float32(10 * (1 + g/dimensions))
			points, labels = append(points, point), append(labels, g)
		}
	}
	return points, labels
}

func TestKMeansFindsBlobs(t *testing.T) {
	points, labels := blobs(1, 4, 30, 9)
	r, err := cluster.KMeans(points, cluster.Params{Clusters: 4, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	if agreement, err := cluster.AdjustedRand(r.Assignments, labels); err != nil || agreement != 1 {
		t.Errorf("adjusted Rand index %v, %v", agreement, err)
	}
	if !slices.Equal(r.Sizes, []int{30, 30, 30, 30}) {
		t.Errorf("sizes %v", r.Sizes)
	}
	if s, err := cluster.Silhouette(points, r.Assignments); err != nil || s < 0.85 {
		t.Errorf("silhouette %v, %v", s, err)
	}
	for i, point := range points {
		if r.Nearest(point) != r.Assignments[i] {
			t.Errorf("point %d is in cluster %d, nearest is %d", i, r.Assignments[i], r.Nearest(point))
		}
	}
}

func TestKMeansLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "points")
		points := make([][]float32, n)
		for i := range points {
			points[i] = []float32{float32(rapid.IntRange(-4, 4).Draw(t, "x")), float32(rapid.IntRange(-4, 4).Draw(t, "y"))}
		}
		distinct := map[[2]float32]bool{}
		for _, p := range points {
			distinct[[2]float32(p)] = true
		}
		p := cluster.Params{Clusters: rapid.IntRange(1, 8).Draw(t, "clusters"), Seed: rapid.Uint64().Draw(t, "seed")}
		r, err := cluster.KMeans(points, p)
		if len(distinct) < p.Clusters {
			if !errors.Is(err, cluster.ErrTooFew) {
				t.Fatalf("%d distinct points, %d clusters: error %v", len(distinct), p.Clusters, err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		sizes := make([]int, p.Clusters)
		for _, c := range r.Assignments {
			sizes[c]++
		}
		if !slices.Equal(sizes, r.Sizes) || slices.Contains(sizes, 0) {
			t.Fatalf("sizes %v, counted %v", r.Sizes, sizes)
		}
		again, err := cluster.KMeans(points, p)
		if err != nil || !slices.Equal(again.Assignments, r.Assignments) || again.Inertia != r.Inertia {
			t.Fatal("the same call gives another result")
		}
	})
}

func TestKMeansRefuses(t *testing.T) {
	nan := float32(math.NaN())
	for name, test := range map[string]struct {
		points   [][]float32
		clusters int
	}{
		"nothing":    {nil, 1},
		"empty":      {[][]float32{{}}, 1},
		"uneven":     {[][]float32{{1, 2}, {1}}, 1},
		"no cluster": {[][]float32{{1}}, 0},
		"nan":        {[][]float32{{1}, {nan}}, 1},
	} {
		if _, err := cluster.KMeans(test.points, cluster.Params{Clusters: test.clusters}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestSilhouetteByHand has two pairs on a line: points 0, 1 and 4, 5. The outer
// points have a = 1, b = 4.5, the inner ones a = 1, b = 3.5.
func TestSilhouetteByHand(t *testing.T) {
	points := [][]float32{{0}, {1}, {4}, {5}}
	got, err := cluster.Silhouette(points, []int{0, 0, 1, 1})
	if want := (3.5/4.5 + 2.5/3.5) / 2; err != nil || math.Abs(got-want) > 1e-6 {
		t.Errorf("silhouette %v, want %v (%v)", got, want, err)
	}
	if _, err := cluster.Silhouette(points, []int{0, 0, 0, 0}); err == nil {
		t.Error("one cluster: no error")
	}
	if _, err := cluster.Silhouette(points, []int{0, -1, 0, 1}); err == nil {
		t.Error("negative cluster: no error")
	}
}

func TestCentral(t *testing.T) {
	points := [][]float32{{0}, {3}, {2}, {2}, {9}}
	r := &cluster.Result{Assignments: []int{0, 0, 0, 0, 1}, Centers: [][]float32{{1.75}, {9}}, Sizes: []int{4, 1}}
	if got := r.Central(points, 0, 2); !slices.Equal(got, []int{2, 1}) {
		t.Errorf("central points %v", got)
	}
	if got := r.Central(points, 1, 5); !slices.Equal(got, []int{4}) {
		t.Errorf("central points %v", got)
	}
}

// TestRandIndices has the values of the examples in the documentation of
// scikit-learn, rand_score and adjusted_rand_score.
func TestRandIndices(t *testing.T) {
	for _, test := range []struct {
		a, b           []int
		rand, adjusted float64
	}{
		{[]int{0, 0, 1, 1}, []int{1, 1, 0, 0}, 1, 1},
		{[]int{0, 0, 1, 2}, []int{0, 0, 1, 1}, 0.8333333, 0.5714286},
		{[]int{0, 0, 1, 1}, []int{0, 0, 1, 2}, 0.8333333, 0.5714286},
		{[]int{0, 0, 0, 0}, []int{0, 1, 2, 3}, 0, 0},
		{[]int{0, 0, 1, 1}, []int{0, 1, 0, 1}, 0.3333333, -0.5},
		{nil, nil, 1, 1},
		{[]int{4}, []int{2}, 1, 1},
	} {
		got, err := cluster.Rand(test.a, test.b)
		adjusted, err2 := cluster.AdjustedRand(test.a, test.b)
		if err != nil || err2 != nil || math.Abs(got-test.rand) > 1e-6 || math.Abs(adjusted-test.adjusted) > 1e-6 {
			t.Errorf("%v against %v: %v and %v, want %v and %v", test.a, test.b, got, adjusted, test.rand, test.adjusted)
		}
	}
	if _, err := cluster.Rand([]int{1}, nil); err == nil {
		t.Error("different lengths: no error")
	}
}
