package cluster_test

import (
	"fmt"
	"log"

	"dryad/lspo/cluster"
)

func Example() {
	points := [][]float32{{0, 1}, {0, 2}, {9, 9}, {8, 9}, {9, 8}}
	r, err := cluster.KMeans(points, cluster.Params{Clusters: 2, Seed: 1})
	if err != nil {
		log.Fatal(err)
	}
	// Names stay with what they named before.
	r.Relabel(cluster.Match([][]float32{{0, 0}, {10, 10}}, r.Centers))
	quality, err := cluster.Silhouette(points, r.Assignments)
	fmt.Printf("%v %v %.2f %v\n", r.Assignments, r.Sizes, quality, err)
	// Output: [0 0 1 1 1] [2 3] 0.90 <nil>
}
