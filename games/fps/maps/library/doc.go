// Package library finds maps by name: in WAD files on the search path, in files
// that the program was given, and by making those that a seed stands for.
//
//	m, err := library.Load("freedm.wad:MAP01") // or "generated:7", "generated:caves:7"
//	f, err := library.File("freedm.wad")       // the file itself
//	name, err := library.Supply("freedm.wad", data) // a name for the bytes of a file
//	m, err = library.Load(name + ":MAP01")
//
// Loading a name again returns the same map, as long as it is among the
// [maps.Kept] last ones. Everything is safe for concurrent use.
package library
