// Package plan finds ways through a map by moving what its lines move: doors,
// lifts, stairs and bars, in the order and at the times that the rules allow.
//
//	p := plan.New(nav.For(m))              // shared by all matches on the map
//	var t plan.Traveller                   // kept by the agent, a plain value
//	a := p.Steer(&heights, &movers, &t, &body, nav.Goal{X: gx, Y: gy})
//	if a.Lost && p.Plan(&heights, &movers, &t, &body, nav.Goal{X: gx, Y: gy}) {
//		// t follows a plan now: ask Steer again
//	}
//
// A plan is a list of legs: go to a sample, and use, cross or shoot a line
// there, or jump. The search floods the map from the walker's sample while what
// moves goes on moving, and notes the lines that could be set off. It continues
// with those that a relaxed copy of the problem needs, in which everything
// moves at once and stays open (in planning at large: the delete relaxation and
// helpful actions). Besides the jumps of the graph it knows moving jumps (off,
// onto or past what has moved) and long jumps over several gaps.
//
// A plan takes milliseconds to seconds, in vain on the largest maps up to half
// a minute. The traveller keeps the whole plan. Everything is deterministic and
// safe for concurrent use.
package plan
