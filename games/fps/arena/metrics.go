package arena

import (
	"dryad/games"
	"dryad/games/fps"
)

// Metrics returns the figures of a seat so far.
func (w *World) Metrics(seat games.Seat) []games.Metric {
	a := &w.actors[seat]
	share := func(part, whole int32) float64 {
		if whole == 0 {
			return 0
		}
		return float64(part) * 100 / float64(whole)
	}
	gap := 0.0
	if a.Gaps > 0 {
		gap = float64(a.GapSum) / float64(a.Gaps) / 35
	}
	m := []games.Metric{
		{Name: "kills", Value: float64(a.Kills), Better: 1},
		{Name: "deaths", Value: float64(a.Deaths), Better: -1},
		{Name: "suicides", Value: float64(a.Suicides), Better: -1},
		{Name: "shots", Value: float64(a.Shots)},
		{Name: "hits", Value: float64(a.Hits), Better: 1},
		{Name: "accuracy", Value: share(a.Hits, a.Shots), Unit: "%", Better: 1},
		{Name: "damage_dealt", Value: float64(a.DamageDealt), Unit: "hp", Better: 1},
		{Name: "damage_taken", Value: float64(a.DamageTaken), Unit: "hp", Better: -1},
		{Name: "time_between_kills", Value: gap, Unit: "s", Better: -1},
	}
	for class, n := range a.Picked {
		m = append(m, games.Metric{Name: pickedNames[class], Value: float64(n), Better: 1})
	}
	return append(m,
		games.Metric{Name: "map_coverage", Value: min(100, share(a.Explored, int32(w.level.Area))), Unit: "%", Better: 1},
		games.Metric{Name: "map_coverage_all", Value: w.coverage(), Unit: "%"},
		games.Metric{Name: "distance", Value: float64(a.Walked), Unit: "map units"},
		games.Metric{Name: "objective", Value: float64(a.Goals), Better: 1},
		games.Metric{Name: "points", Value: float64(w.points[a.Team]), Better: 1},
		games.Metric{Name: "rescued", Value: float64(a.Rescued), Better: -1},
	)
}

var pickedNames = [...]string{
	fps.HealthItem: "picked_medkit", fps.ArmourItem: "picked_armour", fps.AmmoItem: "picked_ammo",
	fps.WeaponItem: "picked_weapon", fps.PowerItem: "picked_power",
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
