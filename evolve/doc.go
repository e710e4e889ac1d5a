// Package evolve searches for a better policy: a proposer writes candidates,
// matches judge them, and a candidate takes the champion's place only when a
// sequential test over paired seeds on training maps says so. At the end the
// champion meets its starting tree and the baselines on maps that it has never
// seen.
//
//	result, err := evolve.Run(ctx, evolve.Params{
//		Checker: checker, Seed: 1, Start: start, Proposer: evolve.Genetic(checker),
//		Training: training, HeldOut: heldOut, Budget: job.NewBudget(20000, 0), ...
//	})
//	fmt.Println(result.Champion.Source)
//
// A generation has four stages. The proposer writes N trees from the K best of
// before (PORTAL, section 3: sample N, keep K). Faulty and repeated ones are
// kept on record and not played. The others are screened by successive
// halving: everyone plays a few pairs, the better half plays more (K. Jamieson,
// A. Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter
// Optimization", AISTATS 2016). The best of the screening enters the sequential
// test on fresh seeds (package rating).
//
// Everything is a function of the parameters: the number of workers, the order
// in which matches end and an interruption in between change nothing. Each
// chunk of matches is written to the store as it ends; a resumed run reads what
// is there and goes on.
//
// The package plays no match itself (package match does) and knows no game.
package evolve
