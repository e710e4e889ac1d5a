// Package vectors keeps embeddings in the store, so that no text is embedded
// twice, in this run or in any later one on the same store.
//
//	embedder := embed.NewCached(encoder, vectors.In(s), sentence.Name)
//	points, err := embedder.Embed(ctx, utterances)
//
// It computes nothing.
package vectors
