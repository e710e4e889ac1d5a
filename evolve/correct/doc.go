// Package correct changes a behaviour tree where a person acted otherwise.
//
//	result, err := correct.Tree(ctx, correct.Params{Checker: checker, Replay: r, Seat: 0, Source: source})
//	for _, p := range result.Patches {
//		fmt.Println(p.Instructions, p.Fitted, p.Others)
//	}
//
// The record of a match has the commands of a seat that a person played. The tree
// thinks beside the record, in the states that the person was in, and each of its
// commands is compared with the person's. Where they differ, the node that ran is
// to blame. A patch puts one branch in front of such a node, "if CONDITION, do
// TASK", and leaves the rest of the tree as it is. It is fitted on one half of the
// time and measured on the other half; it is kept if the tree is more like the
// person there too, and loses no matches by it ([Params.Score]).
//
// That a person acts otherwise says only that the tree should not have done what
// it did there. This is the signal of J. Luo, P. Dong, Y. Zhai, Y. Ma, S. Levine,
// "RLIF: Interactive Imitation Learning as Reinforcement Learning" (2024). That a
// correction should touch only the place of the failure is the aim of what is
// called surgical correction. To be like a person is not to win: [Measure] plays
// matches before and after a patch.
package correct
