// Package terminal makes foreign text fit to be shown.
//
//	fmt.Fprintln(w, terminal.Clean(answer))
//
// What comes from a file, an endpoint, a script or another process may hold
// what a terminal obeys: escape sequences, carriage returns, characters that
// turn the direction of writing. Every such text goes through [Clean] or [Text]
// before it is printed or becomes part of an error.
package terminal
