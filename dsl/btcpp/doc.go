// Package btcpp reads and writes the XML of BehaviorTree.CPP 4 (and Groot2).
//
//	file, faults := btcpp.Import("tree.xml", text)
//	text, faults := btcpp.Export(file, game)
//
// What has a meaning in both languages is translated to it: a selector is a
// ReactiveFallback, its memory form a Fallback; a sequence is a
// ReactiveSequence of its guards around a Sequence of its tasks; decorators,
// subtrees with their ports, scripts and script conditions have counterparts.
// Comments go along, the policy's header as one.
// What has none (cooldown, random, utility, neural tasks, Lua; SwitchN,
// ManualSelector, loops over queues and other nodes) is named in a diagnostic
// and never dropped in silence.
package btcpp
