// Package compile lowers a checked tree of package dsl to a program of package
// bt that plays a game: tasks become leaves that call the game's own, choosers
// are resolved when a task starts, expressions become the program's
// instructions, and only the readings that the tree uses are observed.
//
//	unit, faults := compile.Compile(file, game, compile.Params{})
//	agent := unit.Program.NewAgent(seed)
//	host := &compile.Host{Body: body}
//	agent.Host = host
//	body.Observe(unit.Readings, agent.Inputs())
//	agent.Tick(now)
//
// Package policy does this, and evaluates the neural tasks that a tick left in
// the host. The file must have passed package check.
package compile
