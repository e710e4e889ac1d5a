package arena

import "dryad/games"

// Metrics returns the figures of a seat so far.
func (w *World) Metrics(seat games.Seat) []games.Metric {
	a := &w.actors[seat]
	return append(a.Tally.Metrics(&a.Self, a.Kills),
		a.Coverage(int32(w.level.Area)),
		games.Metric{Name: "map_coverage_all", Value: w.coverage(), Unit: "%"},
		a.Distance(),
		games.Metric{Name: "objective", Value: float64(a.Goals), Better: 1},
		games.Metric{Name: "points", Value: float64(w.points[a.Team]), Better: 1},
		games.Metric{Name: "rescued", Value: float64(a.Rescued), Better: -1},
	)
}

// coverage returns the share of the walkable area that some seat has visited,
// in percent.
func (w *World) coverage() float64 {
	words, area := w.visitWords(), 0
	for _, n := range w.level.Walkable {
		for s := range w.seats {
			if w.visited[s*words+int(n>>6)]>>(n&63)&1 != 0 {
				area += w.level.Nav.Area(int(n))
				break
			}
		}
	}
	return float64(area) * 100 / float64(max(1, w.level.Area))
}
