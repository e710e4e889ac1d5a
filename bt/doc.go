// Package bt runs behaviour trees.
//
// A tree is put together from [Node] values, compiled once to a flat [Program]
// of jump targets, and run by any number of agents. An [Agent] is one slab of
// words: what nodes, leaves and the blackboard remember. Copying the slab is a
// snapshot. A tick allocates nothing.
//
//	const health, enemy = 0, 1 // indices of inputs
//	tree := bt.Selector("",
//		bt.Sequence("survive",
//			bt.Condition(bt.Less(bt.Input(health), bt.Const(30))),
//			bt.Task("heal", heal)),
//		bt.Task("shoot", shoot))
//	program, err := bt.Compile(tree, bt.Params{Inputs: 2})
//	agent := program.NewAgent(seed)
//	agent.Inputs()[health] = 25
//	status := agent.Tick(now)
//
// The rules of a tick, node by node, are those of docs/language.md. In short:
// selectors and sequences are reactive, guards (conditions, and not, succeed,
// fail, selector, sequence over them) are looked at again in every tick, what
// ran in the last tick and was not reached in this one is halted at its end in
// reverse pre-order, and every node is ticked at most once a tick.
//
// Tracing, profiling and hooks run a second, instrumented compilation of the
// same tree, so that the plain program carries nothing of them.
//
// The package reads no text and knows no game: package dsl reads, policy/compile
// lowers, package policy binds to a game.
package bt
