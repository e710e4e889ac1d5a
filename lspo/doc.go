// Package lspo is the loop of Latent Space Policy Optimization (Xu et al.,
// "Learning strategic language agents in the Werewolf game with iterative latent
// space policy optimization", 2025, section 3). In each iteration speech becomes a
// set of latent strategies (construct), the game over them is solved (solve), the
// solution ranks utterances (prefer), and the policy that speaks learns from the
// ranking (expand).
//
//	game := &rpsls.Game{Embedder: embedder} // or lspo/werewolf
//	result, err := lspo.Run(ctx, game, lspo.Params{
//		Iterations: 3,
//		Seed:       1,
//		Memory:     memory, // holds what was done, which is not done again
//	}, nil)
//	for _, it := range result.Iterations {
//		fmt.Println(it.Number, it.Solution.Gap)
//	}
//
// The result of a stage has a type of its game. It is encoded where it is kept,
// by a [Codec]: a document with binary files beside it. The inputs of a stage and
// its seed decide its result, so a run that was stopped and is run again with the
// same memory ends with the same bits as one that was not stopped.
//
// The package knows no game and no model; it neither embeds nor solves.
package lspo
