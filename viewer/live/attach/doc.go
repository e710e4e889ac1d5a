// Package attach is the viewer's side of a running match: it fetches the record
// so far, then each part that is played since, and may play a seat.
//
//	client, r, err := attach.Dial(ctx, url, fetch)
//	part, err := client.Next(ctx, r.Have())
//
// It knows no HTTP library, because the viewer in a page asks by the browser's
// own means: the caller gives the [Fetch]. Package live gives the one of
// programs.
package attach
