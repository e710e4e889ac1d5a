// Package catalog holds one row for each game that dryad knows: how it is made,
// where policies for it are trained and compared, the tree that a search begins
// with, the networks of its neural tasks, what draws it, and which of its events
// matter. Commands, workers, the viewer and tests read the rows.
//
//	row, err := catalog.Find("tag")
//	p, faults := row.Checker(catalog.Networks{}).Parse("runner.dryad", source)
//	outcome, err := match.Run(ctx, match.Params{Game: row.Game(), Sides: ...})
//
// A program adds a game of its own with [Add], before it uses any other function
// of the package:
//
//	catalog.Add(catalog.Row{Name: "nim", New: func() games.Game { return nim{} }})
//	os.Exit(cli.Main(os.Args[1:], ...)) // dryad's commands, with one game more
//
// The package runs no match and holds no rules of any game.
package catalog
