// Package deep solves games that are too big for tables: networks estimate
// regrets and average strategies from sampled play (Deep CFR and what followed
// it).
//
//	solver, err := deep.New(game, deep.Params{Traversals: 500, Depth: 4})
//	if err != nil { ... }
//	if err := solver.Run(ctx, 100); err != nil { ... }
//	err = solver.TrainAverage()
//	probabilities := solver.Policy(state)   // the average strategy
//	advantages := solver.Advantages(state)  // estimated regrets, by action
//
// A game says how to write an information state as numbers ([Encoder]), and may
// say that several seats share a network, by role say ([Roles]). Results are
// the same bits for any number of workers.
//
// Exact exploitability of what it finds is for games that fit into memory:
// [Tabulate] and package cfr.
package deep
