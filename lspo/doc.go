// Package lspo is the loop of Latent Space Policy Optimization (Xu et al.,
// "Learning strategic language agents in the Werewolf game with iterative latent
// space policy optimization", 2025, section 3): in each iteration speech becomes
// a set of latent strategies (construct), the game over them is solved (solve),
// and the solution changes how the policy speaks (expand).
//
//	result, err := lspo.Run(ctx, lspo.Params{
//		Game:       game, // lspo/rpsls, lspo/werewolf
//		Iterations: 3,
//		Seed:       1,
//		Memory:     memory, // what was done is there and is not done again
//	})
//	for _, it := range result.Iterations {
//		fmt.Println(it.Number, len(it.Solution))
//	}
//
// A stage turns bytes into bytes: what it is given and its seed decide what it
// makes. So a run that was stopped goes on to the same end, bit for bit, by
// being run again with the same memory.
//
// The package knows no game and no model; it neither embeds nor solves.
package lspo
