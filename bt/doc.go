// Package bt runs behaviour trees.
//
// A tree is built from [Node] values and compiled once to a [Program], a flat
// list of instructions with jump targets. Any number of agents can run one
// program. The state of an [Agent] (nodes, leaves, blackboard) is one slab of
// words, and a copy of the slab is a snapshot. A tick allocates no memory.
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
// docs/language.md states the rules of a tick for each kind of node. In short:
// selectors and sequences are reactive. Guards are conditions, and the nodes
// not, succeed, fail, selector and sequence over guards; they are evaluated
// again in every tick. A node that ran in the last tick and is not reached in
// this tick is halted at the end of the tick, in reverse pre-order. A node is
// ticked at most once a tick.
//
// Tracing, profiling and hooks run a second, instrumented compilation of the
// same tree. The plain program has no cost for them.
//
// The package does not parse text and does not depend on a game: package dsl
// parses, policy/compile lowers a parsed tree to nodes, and package policy binds
// it to a game.
package bt
