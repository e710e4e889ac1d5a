// Package rpsls plays rock-paper-scissors-Spock-lizard in words: the cheap exact
// test of the whole loop of package lspo. Its exploitability in the first three
// iterations is 1/3, 1/3 and 0 (LSPO, section 4).
//
//	game := &rpsls.Game{Embedder: embed.NewNGrams(512)}
//	result, err := lspo.Run(ctx, game, lspo.Params{Iterations: 3, Seed: 1}, nil)
//	report, err := rpsls.Measure(&result.Iterations[2])
//	fmt.Println(report.Exploitability)
//
// A policy is a set of moves that the speaker has words for, three at first.
// What it says is clustered, with one cluster more in each iteration; the matrix
// of clusters is solved by CFR; and the speaker learns to say the move that beats
// the solution best. The solver never sees a move, only clusters of utterances
// and what they pay.
package rpsls
