// Package arena is dryad's own first-person shooter: a deterministic engine in
// fixed point that plays on Doom-format and generated maps, 35 ticks a second.
//
//	game := arena.New()
//	world, err := game.New(games.Config{Map: "freedm.wad:MAP01", Mode: "deathmatch", Seats: 4}, seed)
//	for _, over := world.Result(); !over; _, over = world.Result() {
//		for s := range games.Seat(world.Seats()) {
//			if world.Perceive(s) {
//				agents[s].Tick(world.Body(s))
//			}
//		}
//		world.Step()
//	}
//
// A match is a function of configuration, seed and commands: all state is
// integers in flat arrays, so that a snapshot is a copy and a digest a pass
// over memory. Geometry, navigation and items are shared by all matches on a
// map; a step allocates nothing.
//
// The package knows bodies and physics. What a tree may say and how its tasks
// act is in package fps, which sees only what the arena lets a seat perceive.
package arena
