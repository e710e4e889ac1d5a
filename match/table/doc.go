// Package table plays Werewolf among agents written in Go, through package
// match: a game that is played here is the match of its configuration, its seed
// and its agents, and it can be recorded, verified and watched as any other.
//
//	game, err := table.Play(ctx, table.Params{Seed: 7, Village: agents.Heuristic{}, Wolves: agents.Random{}})
//	fmt.Println(game.World.Table().Winner() == rules.Wolves)
//
// [Seat] makes an entrant of an agent, for matches of agents among trees.
package table
