// Package negotiation is LSPO for the game of package games/negotiation, at a size
// that is solved exactly: a speaker proposes, accepts and walks away in words;
// what it says is embedded and clustered for each seat; CFR+ solves the game over
// the clusters, in which a cluster stands for the moves that were said in it; and
// the speaker learns by DPO from pairs of its own candidates.
//
//	r, err := lspo.Run(ctx, &negotiation.Game{Embedder: e}, lspo.Params{Iterations: 3}, nil)
//	figures, err := game.Measure(ctx, &r.Iterations[2], 2000)
//
// The game is not zero-sum, so that a solution is a pair of strategies from which
// nobody gains much by leaving, and its value one of several. The speaker is a
// log-linear model over moves and tones, and no language model.
package negotiation
