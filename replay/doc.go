// Package replay is the record of a match and its file format.
//
// A [Replay] holds what a match is a function of (the game and its version,
// the configuration, the seed, the policies), what every seat commanded in
// every tick, digests of the state on the way, and how it ended:
//
//	r, err := replay.ReadFile("out.replay")
//	fmt.Println(r.Config.Map, r.Seed, r.Result.Winner)
//	err = replay.WriteFile("copy.replay", r)
//
// Equal matches give equal files. A file is a text line that names the format
// and its version, a checksum, and a compressed CBOR document; reading is
// bounded in memory and time, and says in one sentence what is wrong with a
// file that is cut short, damaged, or of another version.
//
// The package knows no game and executes nothing: package match re-runs
// replays and checks them.
package replay
