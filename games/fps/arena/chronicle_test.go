package arena_test

import (
	"reflect"
	"testing"

	"dryad/games"
)

// TestChronicle: what a chronicle counts agrees with the metrics and the events
// of the match, and watching changes nothing.
func TestChronicle(t *testing.T) {
	config := games.Config{Map: anyMap(t), Seats: 4, Ticks: 3500}
	w, drivers := newMatch(t, config, 3)
	plain, others := newMatch(t, config, 3)
	c := w.(games.Chronicler).Chronicle()
	deaths, damage := 0.0, 0.0
	step := func(w games.World, drivers []*driver) {
		for s, d := range drivers {
			if w.Perceive(games.Seat(s)) {
				d.tick(w.Body(games.Seat(s)))
			}
		}
		w.Step()
	}
	for range config.Ticks {
		step(w, drivers)
		c.Watch()
		step(plain, others)
		for _, e := range w.Events() {
			switch {
			case e.Kind == "kill":
				deaths++
			case e.Kind == "damage" && e.Seat >= 0 && e.Seat != e.Other:
				damage += e.Value
			}
		}
	}
	if w.Hash() != plain.Hash() {
		t.Error("a match that is watched ends in another state")
	}
	sums := map[string][]float64{}
	seats := map[string][]float64{}
	for _, table := range c.Account() {
		sum := make([]float64, len(table.Columns))
		shots := make([]float64, 4)
		for _, row := range table.Rows {
			for i, v := range row.Values {
				sum[i] += v
			}
			shots[row.Seat] += row.Values[0]
		}
		sums[table.Name], seats[table.Name] = sum, shots
	}
	for s := range 4 {
		for _, m := range w.Metrics(games.Seat(s)) {
			if m.Name == "shots" && m.Value != seats["weapons"][s] || m.Name == "deaths" && m.Value != seats["deaths"][s] {
				t.Errorf("seat %d: %s %v, counted %v and %v", s, m.Name, m.Value, seats["weapons"][s], seats["deaths"][s])
			}
		}
	}
	if deaths == 0 || sums["deaths"][0] != deaths || sums["weapons"][2] != damage {
		t.Errorf("%v deaths, %v damage in the events; counted %v, %v", deaths, damage, sums["deaths"][0], sums["weapons"][2])
	}
	// Each fight has two sides, so that as many enemies died as seats did.
	if f := sums["fights"]; f[0] == 0 || f[1] != f[2] || f[6] != f[7] || !reflect.DeepEqual(sums["armed"], f[:3]) {
		t.Errorf("fights %v, by weapon %v", f, sums["armed"])
	}
	if again := c.Account(); !reflect.DeepEqual(again, c.Account()) {
		t.Error("two accounts differ")
	}
}
