// Package check tells whether a policy makes sense for a game: whether every
// word exists and has the right type, and whether the tree can do what its
// author means.
//
//	file, faults := dsl.Parse(path, source)
//	faults = append(faults, check.Check(file, game)...)
//	faults = faults.Sorted()
//
// or, in one step, [Source]. Every fault is a [dsl.Diagnostic]; a policy
// without one of severity Error compiles and runs. [Arguments] binds what a
// leaf passes to what it refers to; the compiler uses it as well, so that
// what was checked is what runs.
//
// Names of Lua functions are not checked here: this package reads no script.
package check
