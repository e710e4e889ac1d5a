// Package live lets a match be watched while it is played: a server on the
// loopback address, behind a token, hands out the record as it grows, and
// viewers execute it beside the match.
//
//	server, err := live.Serve()
//	fmt.Println(server.URL())              // http://127.0.0.1:41234/0f3a.../
//	server.Publish(m.Outcome().Replay)     // again and again
//
//	client, r, err := live.Dial(ctx, url)  // in another process, at any time
//	part, err := client.Next(ctx, r.Have())
//
// A viewer can attach before the match begins, detach and attach again. What
// changes hands in the middle of the match changes hands in the viewer.
package live
