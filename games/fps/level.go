package fps

import (
	"sync/atomic"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/plan"
)

// Place is a spot on the floor and the place of the navigation graph it
// belongs to.
type Place struct {
	X, Y, Z fixed.Fixed
	Node    int32
	Angle   fixed.Angle // where to look, for a start
}

// Item is something that lies in the map.
type Item struct {
	Place
	Kind int32 // index for FactsOf
}

// Level is the unchanging part of a match, known to every seat and shared by
// any number of matches.
type Level struct {
	Map *maps.Map
	Nav *nav.Graph
	// Planner plans over Nav.
	Planner *plan.Planner
	Items   []Item
	Starts  []Place
	Rules   Rules
	Mode    Mode

	// Walkable lists the places of the navigation graph that can be walked to
	// from some start, and Area is the sum of their areas in square units.
	Walkable []int32
	Area     int
	// ByClass lists the items of each class.
	ByClass [ItemClasses][]int32

	posts []post // by place, filled when first asked for
}

// post is what a place is worth to somebody who camps there, kept since it
// takes a look at the whole map; 0 where it is not known yet.
type post struct{ worth, outlook atomic.Int64 }

// Survey makes room for what is found out about places as matches are played.
// It is called once, when the navigation graph is set; all copies share it.
func (l *Level) Survey() { l.posts = make([]post, l.Nodes()) }

// kept returns what is kept, or finds it and keeps it.
func kept(at *atomic.Int64, find func() int64) int64 {
	if v := at.Load(); v != 0 {
		return v - 1<<32
	}
	v := find()
	at.Store(v + 1<<32)
	return v
}

// Facts returns what everybody knows about an item.
func (l *Level) Facts(item int32) *ItemFacts { return &itemFacts[l.Items[item].Kind] }

// Nodes returns the number of places of the navigation graph.
func (l *Level) Nodes() int { return l.Nav.Len() }

// NodeAt returns the place of the navigation graph at a position, or -1.
func (l *Level) NodeAt(x, y fixed.Fixed) int32 { return int32(l.Nav.Node(x, y)) }

// PlaceOf returns where a place of the navigation graph is.
func (l *Level) PlaceOf(node int32) Place {
	x, y, z := l.Nav.Waypoint(int(node))
	return Place{X: x, Y: y, Z: z, Node: node}
}

// Way returns the length of the shortest way between two places in map units,
// or false when there is none.
func (l *Level) Way(from, to int32) (int32, bool) {
	if from < 0 || to < 0 {
		return 0, false
	}
	d, ok := l.Nav.Distance(int(from), int(to))
	return int32(d), ok
}
