package vizdoom

import (
	"fmt"
	"slices"

	"dryad/games"
)

// Definition is a named match.
type Definition struct {
	Name, Family, Mode, Variant, Split string
	Config                             games.Config
}

// Catalog returns the named matches: one of players on each map of FreeDM, and the
// scenarios that the engine brings along. It must not be changed.
func Catalog() []Definition { return definitions }

var definitions = func() []Definition {
	var all []Definition
	add := func(name, family string, c games.Config) {
		c.Name = name
		split := "held-out"
		all = append(all, Definition{name, family, c.Mode, "standard", split, c})
	}
	for _, m := range []*mode{deathmatch, teamDeathmatch} {
		for i := 1; i <= 32; i++ {
			add(fmt.Sprintf("freedm%02d_%s", i, m.name), "freedm.wad", games.Config{Map: fmt.Sprintf("freedm.wad:MAP%02d", i), Mode: m.name})
		}
	}
	for _, s := range scenarios {
		add(s.name, "scenarios", games.Config{Map: s.wad + ":MAP01", Mode: s.mode, Seats: s.seats, Ticks: s.ticks})
	}
	return all
}()

// scenario is one that the engine brings along.
type scenario struct {
	name, wad, mode string
	seats, ticks    int
}

var scenarios = []scenario{
	{"cig", "cig.wad", "deathmatch", 8, 10 * 60 * 35},
	{"multi_duel", "multi_duel.wad", "deathmatch", 2, 60 * 35},
	{"deathmatch", "deathmatch.wad", "monsters", 1, 2 * 60 * 35},
	{"defend_the_center", "defend_the_center.wad", "defend_the_center", 1, 60 * 35},
	{"health_gathering", "health_gathering.wad", "health_gathering", 1, 60 * 35},
	{"my_way_home", "my_way_home.wad", "my_way_home", 1, 60 * 35},
}

// scenarioFile reports whether a WAD is one that the engine brings along.
func scenarioFile(name string) bool {
	return slices.ContainsFunc(scenarios, func(s scenario) bool { return s.wad == name })
}

// Find returns the named match, or false.
func Find(name string) (Definition, bool) {
	for _, d := range definitions {
		if d.Name == name {
			return d, true
		}
	}
	return Definition{}, false
}

// fill completes a configuration with the definition's, where it says nothing.
func (d *Definition) fill(c games.Config) games.Config {
	if c.Map == "" {
		c.Map = d.Config.Map
	}
	if c.Mode == "" {
		c.Mode = d.Config.Mode
	}
	if c.Seats == 0 {
		c.Seats = d.Config.Seats
	}
	if c.Ticks == 0 {
		c.Ticks = d.Config.Ticks
	}
	if len(c.Rules) == 0 {
		c.Rules = d.Config.Rules
	}
	return c
}
