package cluster_test

import (
	"testing"

	"dryad/lspo/cluster"
)

func BenchmarkKMeans(b *testing.B) {
	points, _ := blobs(1, 5, 400, 512)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cluster.KMeans(points, cluster.Params{Clusters: 5, Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSilhouette(b *testing.B) {
	points, labels := blobs(1, 5, 400, 512)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cluster.Silhouette(points, labels); err != nil {
			b.Fatal(err)
		}
	}
}
