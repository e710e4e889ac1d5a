// Package board draws the state of a match: a shooter from above and through a
// seat's eyes, Werewolf as a table of players, the textbook games as cards,
// bets and the solved strategy, any other game by its own pictures, and one without pictures in words.
//
//	b := board.New(s, camera)
//	for pane := range b.Panes() {
//		b.Paint(canvas, rectangle, pane)
//	}
//
// A [Board] follows a session: it remembers trails and beliefs of the states
// that the session comes to. It is used by the session's goroutine.
package board
