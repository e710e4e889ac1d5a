// Package follow keeps a screen up with the matches that are played at an
// address, one after another.
//
//	client, r, err := live.Dial(ctx, url)
//	f := follow.Start(ctx, follow.Params{Client: client, Record: r, Dial: dial, Open: open})
//	defer f.Close()
//	next, changed, err := f.Feed(ctx, screen)  // before each picture
//
// Asking is done by a goroutine. [Follower.Feed] never waits, so a window or a
// page calls it where it draws. It draws nothing itself.
package follow
