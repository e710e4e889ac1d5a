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
	monsters            int // whom a seat can tell apart
	par                 float64
	points              func(w *World, seat int) float64 // of a scenario
	hostArgs            []string
}

// modes are in the order in which they are shown.
var modes = []*mode{deathmatch, teamDeathmatch}

var deathmatch = &mode{
	name: "deathmatch", id: fps.Deathmatch, fewest: 1, usual: 2, most: 8, net: true, ticks: 60 * 35,
	about: "Everybody for himself in the real Doom engine. A kill is a point, killing oneself costs one. Most points when time is up win.",
}

var teamDeathmatch = &mode{
	name: "team_deathmatch", id: fps.TeamDeathmatch, fewest: 2, usual: 4, most: 8, teams: 2, net: true, ticks: 60 * 35,
	about:    "Two teams against each other in the real Doom engine. A kill of the other team is a point for the own, killing oneself or one's own costs one. Most points when time is up win.",
	hostArgs: []string{"+teamplay", "1"},
}

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
