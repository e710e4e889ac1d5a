// Package expression reads the expressions of conditions, scores and
// assignments, decides their types and admits only what a tree may compute.
//
// It is the one importer of expr: expr's parser reads the text, a whitelist
// admits numbers, truth values, enum words, comparisons, and/or/not,
// arithmetic, "a ? b : c", min, max, abs, floor and ceil, and what remains is
// a [Node] tree, typed against a game's vocabulary:
//
//	scope := expression.Scope{Vocabulary: game}
//	node, faults := expression.Bind("health < 30 and not has_enemy_in_view", scope, vocab.Bool)
//	if len(faults) > 0 { ... }
//	value := expression.Evaluate(node, env) // slow and simple; bt compiles nodes
//
// The language of expressions has no clock, no closures, no maps and no
// randomness, so that a value depends on what a tick froze and on nothing else.
// Running expressions fast is the matter of package bt.
package expression
