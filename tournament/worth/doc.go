// Package worth measures what the words of a game are worth: each task, neural
// task and chooser of some policies is replaced by each of its neighbours, and the
// changed policy plays the unchanged one.
//
//	table, err := worth.Measure(ctx, worth.Params{
//		Row: row, Policies: shipped, Games: games, Pairs: 16, Dispatch: &dispatch.Dispatcher{},
//	})
//	fmt.Println(table.Lines(10)[0])
//
// A replacement is made at all places of a policy at once. What it is worth
// depends on the policy around it: the table says how many policies it was
// measured in, and a word that none of them uses is not in it.
package worth
