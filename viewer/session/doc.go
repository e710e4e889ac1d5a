// Package session is a match that is being watched: where it stands, how fast
// it runs, where it stops, and what the trees thought. It draws nothing and
// needs no display.
//
//	s, err := session.Open(match.PlaybackParams{Game: game, Replay: r, Resolve: resolve})
//	err = s.Seek(ctx, 900)
//	mind := s.Mind(0)                    // what the tree on seat 0 did in that tick
//	tick, found, err := s.Find(ctx, session.Query{Seat: 0, Node: id, Event: session.Starts, Back: true})
//
// A [Session] is used by one goroutine at a time. [Compare] runs two replays on
// one clock, [Session.Fork] lets a match go on otherwise.
package session
