// Package cfr solves games with hidden information: counterfactual regret
// minimisation and its relatives, exact best responses and exploitability.
//
// A game is an implicit tree behind [Game] and [State]. [Compile] flattens one
// that fits into memory; the tabular algorithms run on the flat [Tree]:
//
//	tree, err := cfr.Compile(classic.Leduc{}, cfr.Limits{})
//	if err != nil { ... }
//	solver, err := cfr.New(tree, cfr.Params{Algorithm: "pcfr+"})
//	if err != nil { ... }
//	solver.Run(1000)
//	strategy := cfr.NewStrategy(tree)
//	solver.Average(strategy)
//	gap, err := tree.Exploitability(strategy)
//
// Games that cannot be flattened are sampled through the implicit interface:
// [NewSampling] keeps a table of the information sets that it has met, and
// package cfr/deep puts networks in the table's place.
//
// Package cfr holds no game (cfr/classic has the textbook ones), plays no
// matches and draws no pictures.
package cfr
