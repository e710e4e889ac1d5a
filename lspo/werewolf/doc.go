// Package werewolf plays Werewolf through the loop of package lspo: speech is
// clustered by role (construct), the game over the clusters is solved by Deep
// CFR with a network for each role (solve), the solution ranks the speaker's own
// candidates (prefer), and the speaker learns from the pairs (expand).
//
//	game, err := werewolf.New(werewolf.Params{Set: set, Language: language, Embedder: embedder})
//	result, err := lspo.Run(ctx, game, lspo.Params{Iterations: 3, Seed: 1, Memory: memory}, nil)
//	agent, err := game.Agent(&result.Iterations[2], werewolf.AgentParams{})
//
// Every match goes through package match: the same seed is the same match, and a
// match of self-play can be written as a replay ([Game.Recording]).
//
// The package sees what is said and never what was meant: a [Language] hands out
// texts and takes texts back. Before texts are embedded the names of players are
// masked, for a strategy is how a seat speaks and not about whom. Whom a speech is
// for or against is read from the text and is part of the action in the game that
// is solved (package regard), unless Params.Abstraction is Clusters.
//
// Listeners do not know a speaker's role. So clusters of different roles that are
// alike share one number in the abstract game: a werewolf who speaks as a seer
// does has the seer's number.
package werewolf
