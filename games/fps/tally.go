package fps

import (
	"dryad/games"
	"dryad/games/fps/fixed"
)

// Tally is what an engine counts of a seat beside what the seat knows of itself.
type Tally struct {
	Explored int32 // square units of the places visited
	Walked   int32 // map units
	Odd      fixed.Fixed
	Picked   [ItemClasses]int32 // pick-ups by class
	GapSum   int32              // ticks between kills, summed
	Gaps     int32
}

// Walk adds a distance, of which whole map units count and the rest is kept.
func (t *Tally) Walk(distance fixed.Fixed) {
	t.Odd += distance
	t.Walked += t.Odd >> 16
	t.Odd &= fixed.One - 1
}

// Coverage is the metric of the share of an area, in square units, that was visited.
func (t *Tally) Coverage(area int32) games.Metric {
	return games.Metric{Name: "map_coverage", Value: min(100, percent(t.Explored, area)), Unit: "%", Better: 1}
}

// Distance is the metric of the way walked.
func (t *Tally) Distance() games.Metric {
	return games.Metric{Name: "distance", Value: float64(t.Walked), Unit: "map units"}
}

// Metrics are the figures of fights and pick-ups. Kills are those of players, or of
// whatever else the engine counts.
func (t *Tally) Metrics(self *Self, kills int32) []games.Metric {
	gap := 0.0
	if t.Gaps > 0 {
		gap = float64(t.GapSum) / float64(t.Gaps) / 35
	}
	m := []games.Metric{
		{Name: "kills", Value: float64(kills), Better: 1},
		{Name: "deaths", Value: float64(self.Deaths), Better: -1},
		{Name: "suicides", Value: float64(self.Suicides), Better: -1},
		{Name: "shots", Value: float64(self.Shots)},
		{Name: "hits", Value: float64(self.Hits), Better: 1},
		{Name: "accuracy", Value: percent(self.Hits, self.Shots), Unit: "%", Better: 1},
		{Name: "damage_dealt", Value: float64(self.DamageDealt), Unit: "hp", Better: 1},
		{Name: "damage_taken", Value: float64(self.DamageTaken), Unit: "hp", Better: -1},
		{Name: "time_between_kills", Value: gap, Unit: "s", Better: -1},
	}
	for class, n := range t.Picked {
		m = append(m, games.Metric{Name: pickedNames[class], Value: float64(n), Better: 1})
	}
	return m
}

var pickedNames = [ItemClasses]string{
	HealthItem: "picked_medkit", ArmourItem: "picked_armour", AmmoItem: "picked_ammo",
	WeaponItem: "picked_weapon", PowerItem: "picked_power",
}

// percent is the share of a part in a whole; 0 of nothing.
func percent(part, whole int32) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) * 100 / float64(whole)
}
