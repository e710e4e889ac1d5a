// Package embed turns texts into unit vectors that lie close to each other where
// the texts mean the same. There are three ways to do it behind one interface:
// the encoder of llm/embed/sentence, which runs in-process; a Client of any
// endpoint with /v1/embeddings; and NGrams, which hashes words and needs nothing.
//
//	var embedder embed.Embedder = embed.NewNGrams(512)
//	if url != "" {
//		embedder, err = embed.Connect(ctx, embed.ClientParams{BaseURL: url, Model: "text-embedding-3-small"})
//	}
//	embedder = embed.NewCached(embedder, embed.NewMemory(), "text-embedding-3-small")
//	vectors, err := embedder.Embed(ctx, []string{"I am the seer."})
//
// It does not search and does not cluster.
package embed
