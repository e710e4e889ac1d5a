// Package walk measures navigation: the simplest possible body follows the
// advice of a [plan.Planner] between places of a map.
//
//	r := walk.Try(nav.For(m), walk.Params{Pairs: 30, Seed: 1})
//	fmt.Println(r.Arrived, "of", r.Pairs, "and", r.NoWay, "without a way")
//
// The walker moves at a steady pace, falls, rides lifts, pushes what it is told
// to push, shoots at what it is told to shoot at, is teleported, and runs and
// flies like a player when it is told to jump; it does not fight. It is a
// yardstick, not an engine: matches are run by games/fps/arena.
package walk
