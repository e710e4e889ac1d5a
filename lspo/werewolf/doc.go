// Package werewolf plays Werewolf through the loop of package lspo: speech is
// clustered by role (construct), the game over the clusters is solved by Deep
// CFR with a network for each role (solve), and the speaker learns from pairs of
// its own candidates which the solution ranks (expand).
//
//	game, err := werewolf.New(werewolf.Params{Set: set, Language: language, Embedder: embedder})
//	result, err := lspo.Run(ctx, lspo.Params{Game: game, Iterations: 3, Seed: 1, Memory: memory})
//	agent, err := game.Agent(result.Iterations[2], werewolf.AgentParams{})
//
// The package sees what is said and never what was meant: a [Language] hands out
// texts and takes texts back. Before texts are embedded the names of players are
// masked, for a strategy is how one speaks and not of whom; whom a speech is for or
// against is read from the text and is part of the action in the game that is
// solved (package regard), unless Params.Abstraction is Clusters.
//
// Listeners do not know a speaker's role. So clusters of different roles that
// sound alike share one number in the abstract game: a werewolf who speaks as a
// seer does is heard as one.
package werewolf
