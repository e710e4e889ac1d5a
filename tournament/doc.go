// Package tournament plays every policy against every other one and rates
// them.
//
//	result, err := tournament.Run(ctx, tournament.Params{
//		Game: game, Maps: []string{"generated:7", "generated:8"}, Seed: 1, Matches: 200,
//		Competitors: competitors, Store: s, ID: "tournament-1",
//	})
//	for _, row := range result.Table {
//		fmt.Println(row.Policy, row.Rating, row.Wins, row.Draws, row.Losses)
//	}
//
// Matches come in pairs of one seed on one map with the sides swapped, since
// what the seed made easy for one it makes easy for the other. Each match is
// written to the store as it ends, and a tournament that was interrupted goes
// on with those that are missing. The table is a function of the parameters:
// the number of workers and the order in which matches end change nothing.
//
// The package makes no policies better and prints nothing; [Report] writes the
// page that a run leaves.
package tournament
