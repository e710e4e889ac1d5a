// Package evaluate measures one policy on many games: it plays paired matches of
// each game against each opponent, and says where it wins and where it fails.
//
//	result, err := evaluate.Run(ctx, evaluate.Params{
//		Row: row, Games: catalog.Sample(all, 500, 1), Policy: mine,
//		Against: []match.Entrant{rookie, expert}, Seed: 1, Dispatch: &dispatch.Dispatcher{},
//	})
//	fmt.Println(result.Rows[0].Score, result.Rows[0].Interval)
//
// The two matches of a pair share game and seed, and the sides are swapped. In a
// mode in which all seats are on one side, each policy plays the seed without the
// other, and who achieves more has the pair. Everything is a function of the
// parameters: the number of workers and an interruption change nothing.
package evaluate
