// Package games is the contract between a world and a policy.
//
// A [Game] is the static side: its vocabulary, its skills, and a way to start
// a [World]. A World is one match in progress; each tick it readies a [Body]
// for every seat that acts, policies read and command their bodies, and Step
// carries the commands out:
//
//	world, err := game.New(games.Config{Map: "generated:7", Seats: 2}, seed)
//	for {
//		if _, over := world.Result(); over { break }
//		for s := games.Seat(0); int(s) < world.Seats(); s++ {
//			if world.Perceive(s) {
//				agents[s].Tick(world.Body(s)) // reads features, calls tasks
//			}
//		}
//		world.Step()
//	}
//
// The package runs no match (that is package match), knows no tree (packages
// bt and policy), and holds no game.
package games
