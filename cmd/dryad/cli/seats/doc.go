// Package seats finds what plays and what is played by their names: games,
// policy files, agents that a game brings along, strategies that were solved, a
// person at the terminal. It also says where matches are played: in this process,
// or in workers that join.
//
//	game, err := catalog.Game("tag")
//	entrants, err := seats.SeatEntrants(env, []string{"a.dryad", "b.dryad"}, game, nil)
package seats
