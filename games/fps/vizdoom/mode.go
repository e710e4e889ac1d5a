package vizdoom

import (
	"dryad/games/fps"
)

// mode says what a match is about.
type mode struct {
	name                string
	id                  fps.Mode // what a tree is told
	about               string
	fewest, usual, most int  // seats
	teams               int  // 0: every seat is its own
	net                 bool // a game of players; else the engine's own scenario for one
	wad                 string
	ticks               int
	monsters            int                              // whom a seat can tell apart
	found               int                              // items that the scenario puts down while it runs
	par                 float64                          // points of a full result; 0 where seats are compared
	points              func(w *World, seat int) float64 // of a scenario
	hostArgs            []string
}

// modes are in the order in which they are shown.
var modes = []*mode{deathmatch, teamDeathmatch, monsters, defendTheCenter, healthGathering, myWayHome}

var deathmatch = &mode{
	name: "deathmatch", id: fps.Deathmatch, fewest: 1, usual: 2, most: 8, net: true, ticks: 60 * 35,
	about: "Everybody for himself in the real Doom engine. A kill is a point, killing oneself costs one. Most points when time is up win.",
}

var teamDeathmatch = &mode{
	name: "team_deathmatch", id: fps.TeamDeathmatch, fewest: 2, usual: 4, most: 8, teams: 2, net: true, ticks: 60 * 35,
	about:    "Two teams against each other in the real Doom engine. A kill of the other team is a point for the own, killing oneself or one's own costs one. Most points when time is up win.",
	hostArgs: []string{"+teamplay", "1"},
}

// What follows are the engine's own scenarios for one seat.

var monsters = &mode{
	name: "monsters", id: fps.Survival, fewest: 1, usual: 1, most: 1, wad: "deathmatch.wad", ticks: 2 * 60 * 35, monsters: 48, par: 20,
	about:  "Alone in the real Doom engine against monsters that keep coming into a hall with weapons around it (the engine's scenario deathmatch). A kill is a point; death ends it. Twenty points are a full result.",
	points: killed,
}

var defendTheCenter = &mode{
	name: "defend_the_center", id: fps.Survival, fewest: 1, usual: 1, most: 1, wad: "defend_the_center.wad", ticks: 60 * 35, monsters: 32, par: 26,
	about:  "In the middle of a round hall of the real Doom engine, with 26 bullets, against monsters that come from all sides. A kill is a point; death ends it. A kill for each bullet is a full result.",
	points: killed,
}

var healthGathering = &mode{
	name: "health_gathering", id: fps.Survival, fewest: 1, usual: 1, most: 1, wad: "health_gathering.wad", ticks: 60 * 35, found: 64, par: 60,
	about:  "The floor does harm all the time, and medkits appear here and there. A second lived is a point; a minute is a full result.",
	points: func(w *World, _ int) float64 { return float64(w.head.Tick) / 35 },
}

var myWayHome = &mode{
	name: "my_way_home", id: fps.Survival, fewest: 1, usual: 1, most: 1, wad: "my_way_home.wad", ticks: 60 * 35, par: 1,
	about: "A maze of rooms in the real Doom engine with an armour in one of them, which the map shows. Who takes it has a point, which is a full result.",
	points: func(w *World, _ int) float64 {
		if w.head.Over != 0 && w.head.Reason == byEngine {
			return 1
		}
		return 0
	},
}

// killed is the number of monsters that the engine says a seat has killed.
func killed(w *World, seat int) float64 { return float64(w.actors[seat].Monsters) }

// modeNamed returns the mode of a name, or false.
func modeNamed(name string) (*mode, bool) {
	for _, m := range modes {
		if m.name == name {
			return m, true
		}
	}
	return nil, false
}

// ModeNames lists the names of all modes.
func ModeNames() []string {
	var names []string
	for _, m := range modes {
		names = append(names, m.name)
	}
	return names
}
