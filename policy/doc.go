// Package policy binds a checked tree to a game: its source, its program, its
// networks, and the agents that play it.
//
//	p, faults := policy.Parse("rusher.dryad", source, game, policy.Params{})
//	if !faults.OK() { ... }
//	for seat := range world.Seats() {
//		agents[seat] = p.NewAgent(seed, games.Seat(seat))
//	}
//	batch := policy.NewBatch()
//	for { // a tick
//		for seat, a := range agents {
//			if world.Perceive(games.Seat(seat)) {
//				a.Tick(world.Body(games.Seat(seat)), world.Now(), batch)
//			} else {
//				a.Halt(world.Body(games.Seat(seat)), world.Now()) // dead: halts what ran
//			}
//		}
//		batch.Run() // one evaluation for each network
//		for seat, a := range agents { // those that ticked
//			a.Finish(world.Body(games.Seat(seat)))
//		}
//		world.Step()
//	}
//
// A policy is immutable and serves any number of agents in any number of
// goroutines; an agent and a batch belong to one goroutine at a time. In a
// game of turns a seat whose turn it is not is neither ticked nor halted.
//
// The package plays no match (that is package match) and reads no files: the
// networks that a tree names are found by Params.Net.
package policy
