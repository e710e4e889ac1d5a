// Package lua runs functions of a Lua script as leaves of a tree.
//
//	script, err := lua.Compile("rusher.lua", source)
//	machine := lua.NewMachine(script)
//	result, err := machine.Call("hunt", lua.Input{See: features, Keys: keys}, budget)
//
// A script is hostile until proven otherwise. A call is bounded by instructions,
// and with them by time and memory: concatenation, variable arguments and
// powers are not admitted, strings come from the script's own text, tables
// grow by what is written to them. There is no io, os, debug, load,
// metatables, coroutines or randomness. Every call runs in an environment of
// its own that is made from the script anew, so that a script can remember
// nothing but what is given to it as state: calls with equal inputs give equal
// results.
//
// The package knows no tree and no game; policy/compile makes leaves of it.
package lua
