// Package cluster groups vectors, such as embedded utterances, and compares
// groupings: k-means with the seeding of k-means++, silhouettes, the matching of
// the clusters of one iteration with those of the next, and Rand indices.
//
//	result, err := cluster.KMeans(vectors, cluster.Params{Clusters: 3, Seed: 7})
//	quality, err := cluster.Silhouette(vectors, result.Assignments)
//	for c := range result.Centers {
//		fmt.Println(c, result.Sizes[c], texts[result.Central(vectors, c, 1)[0]])
//	}
//	result.Relabel(cluster.Match(before.Centers, result.Centers))
//	agreement, err := cluster.AdjustedRand(result.Assignments, labels)
//
// The same vectors, parameters and seed give the same bits on every platform. It
// clusters by Euclidean distance, which orders unit vectors as their cosine does.
package cluster
