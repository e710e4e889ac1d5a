// Package btcpp reads and writes the XML of BehaviorTree.CPP (versions 3 and 4)
// and Groot.
//
//	file, game, faults := btcpp.Import("tree.xml", text, btcpp.Params{Game: vocabulary})
//	text, faults := btcpp.Export(file, vocabulary)
//
// A conversion keeps what a tree does, tick by tick. Where it cannot, a warning
// says in what the result differs; what has no meaning at all is an error that
// names it (cooldown, random, utility, neural tasks, Lua; queues and timestamps
// of entries). What is read passes the checks of the language.
//
// Most nodes have a counterpart: a selector is a ReactiveFallback and its memory
// form a Fallback; a sequence is a ReactiveSequence of its guards around a
// Sequence of its tasks. Others are written with several nodes, and keys of
// their own: a Parallel that counts, IfThenElse, Switch2, SequenceWithMemory,
// loops, pre- and post-conditions. BehaviorTree.CPP can skip a node, which is no
// answer here: a skipped child answers what lets its parent go on.
//
// Every use of a tree has a blackboard of its own in BehaviorTree.CPP, with ports
// that are other names for entries of the caller. Keys are seen everywhere here,
// so a use with entries of its own becomes a tree of its own.
//
// Package enginetest compares conversions with BehaviorTree.CPP's engine.
package btcpp
