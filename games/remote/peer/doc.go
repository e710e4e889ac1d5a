// Package peer talks to a program that holds a game: it starts the program or
// connects to it, sends requests, and receives one reply to each.
//
//	l, err := peer.Dial(ctx, "./my-game --level 3")
//	defer l.Close()
//	err = l.Exchange(&request, &reply, time.Minute)
//
// A peer that ends, floods, stays silent or writes what is no message gives an error
// that says so and quotes what its process last wrote. What the messages mean is the
// caller's; package remote specifies dryad's own.
package peer
