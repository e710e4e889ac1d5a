// Package tag is a small complete game: the children's game of tag on a grid
// with walls. One player is it; it tags another by coming next to it, and the
// other is it then, frozen for a moment. Whoever is not it collects a point a
// tick; most points win.
//
// It has everything that larger games have (features, choosers, tasks of
// several ticks, a neural task, a map, events, snapshots) in a few hundred
// lines and runs in microseconds, which makes it the first game to read, and
// the one on which match running is tested:
//
//	game := tag.New()
//	world, err := game.New(games.Config{Map: "generated:7", Seats: 3}, seed)
//
// It is not hidden-information: every seat sees the whole board.
package tag
