// Package tell puts the events of a match into sentences with a subject and an
// object: "seat 0 killed seat 1 with the chaingun".
//
//	text := tell.Event(replay.Game, event)
//
// A kind of event that the package does not know, of a game outside of dryad,
// is told by its kind, its seats and its text.
package tell
