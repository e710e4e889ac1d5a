// Package viewer shows a recorded match: the map from above, the world through
// a seat's eyes, and beside them the seat's tree with the status of every node
// at that tick, what the tree read, its blackboard, and the events on a
// timeline.
//
//	session, err := viewer.Open(match.PlaybackParams{Game: game, Replay: r, Resolve: resolve}, camera)
//	err = session.Seek(ctx, 900)
//	picture := viewer.Paint(session, 1280, 800)  // without a window
//	err = viewer.Show(session, viewer.ShowParams{Title: "out.replay"}) // in one
//
// A [Session] is where the match stands and how fast it runs; Paint turns it
// into a picture; Show puts that picture into a window and turns keys and mouse
// into calls on the session. Only Show needs a display.
//
// The package changes no match and knows no game: pictures of the world come
// from a [Camera].
package viewer
