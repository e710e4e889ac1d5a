// Package nav finds ways through a map for walkers, fast enough to ask every
// tick for every agent.
//
//	g := nav.For(m)                        // computed once per map, shared
//	here, there := g.Node(x, y), g.Node(gx, gy)
//	next, ok := g.Next(here, there)        // neighbour on the shortest way
//	far := g.Distance(here, there)         // in map units
//
//	var t nav.Traveller                    // kept by the agent, a plain value
//	a := g.Steer(&heights, &t, &body, nav.Goal{X: gx, Y: gy})
//	// walk towards a.X, a.Y; push the button when a.Use; stand when a.Wait;
//	// aim and fire at a.X, a.Y, a.Z when a.Shoot; come to a stand there when
//	// a.Slow; run at full speed and fly when a.Jump
//
// The map is sampled every 8 units with the very collision test that walkers
// move by; samples that are connected inside a square of 64 units make a node.
// Steps, drops that lead one way, doors, lifts, switches, lines that have to be
// shot and teleporters are in the graph, and running jumps where there is no
// other way. Ways to a destination are one table per destination, computed
// when first asked for and shared by all matches; there are no paths per
// agent. Everything is deterministic and safe for concurrent use.
//
// The graph is that of the map at rest with what one line moves. Where it knows
// no way, or the way has closed, package plan plans one from line to line.
//
// The package knows walkers of one size (a player's) and nothing of danger,
// enemies or items: what a way is worth is for skills to weigh.
package nav
