// Package lua runs functions of a Lua script as leaves of a tree.
//
//	script, err := lua.Compile("rusher.lua", source)
//	machine := lua.NewMachine(script)
//	result, err := machine.Call("hunt", lua.Input{See: features, Keys: keys}, budget)
//
// A script is hostile until proven otherwise. The package reads Lua 5.1 (and
// goto) with gopher-lua's parser and runs it on an interpreter of its own, so
// that every piece of work is charged before it is done: see charge.go. The
// budget of a call bounds its time and its memory. Concatenation, variable
// arguments and powers are not admitted; a text has at most [MaxText] bytes.
// There is no io, os, debug, load, string library, metatable, coroutine or
// randomness. Every call starts from the script anew, so that a script can
// remember nothing but what is given to it as state: calls with equal inputs
// give equal results.
//
// The package knows no tree and no game; policy/compile makes leaves of it.
package lua
