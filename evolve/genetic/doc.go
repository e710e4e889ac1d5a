// Package genetic writes behaviour trees without a language model:
// grammar-guided genetic programming over the policy language. Whatever it
// writes comes from the game's vocabulary alone, passes the checker, and is
// the same for the same random stream.
//
//	writer := genetic.New(game.Vocabulary(), genetic.Params{})
//	random := games.Stream(seed, 1)
//	first, _ := writer.Random(random)                 // a tree out of nothing
//	next, how := writer.Vary(random, parent, others)  // a child, and what was done
//
// The idea of a grammar that keeps every individual legal is R. I. McKay et
// al., "Grammar-based Genetic Programming: a survey" (Genetic Programming and
// Evolvable Machines 11, 2010); behaviour trees as genomes are M. Colledanchise,
// R. Parasuraman, P. Ögren, "Learning of Behavior Trees for Autonomous Agents"
// (IEEE Transactions on Games 11, 2019).
//
// The package knows no match and no score: who survives is decided in package
// evolve. It is no language model and is never called one.
package genetic
