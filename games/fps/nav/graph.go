package nav

import (
	"sync"
	"sync/atomic"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav/internal/lattice"
	"dryad/internal/recent"
)

// Graph is the net of ways of one map. It is safe for concurrent use.
type Graph struct {
	m       *maps.Map
	grid    lattice.Grid
	nodes   []node
	edges   []Edge  // those that leave node n are edges[nodes[n].first:nodes[n+1].first]
	into    []int32 // edges by the node that they lead to, see intoAt
	intoAt  []int32
	rest    maps.Heights
	gates   []Gate
	gateOf  []int32 // by sector; -1 for sectors that do not move
	longest int32   // cost of the dearest edge
	// regions numbers, by node, the parts that are connected both ways, and
	// beyond has for each of them the set of those that it leads to.
	regions []int32
	onward  [][]uint64

	fields     []atomic.Pointer[field]
	held       atomic.Int64 // bytes of fields
	visible    []atomic.Pointer[sights]
	expansions sync.Pool // of [expansion]
}

// node is a connected patch of samples within a square of 64 units.
type node struct {
	sample int32 // its waypoint
	first  int32 // of its edges
	count  int32 // of its samples
	cost   int32 // of a unit of way over it, in 16ths
	sector int32
	mover  int32       // the sector that moves under or over it, or -1
	floor  fixed.Fixed // under its waypoint, with the map at rest
}

// Kind is how a way between two neighbours is gone.
type Kind uint8

// Kinds of ways.
const (
	Walk     Kind = iota // on foot, steps included
	Drop                 // down a ledge that cannot be climbed back
	Pass                 // once a door, lift or floor has moved: see [Edge.Gate]
	Teleport             // through a teleporter
	Jump                 // by a running jump, from a run-up straight to the other side
)

// Edge is a way from one node to a neighbour.
type Edge struct {
	From, To int32
	Kind     Kind
	// Gate is the index in [Graph.Gates] of what must move first, or -1.
	Gate int32
	// trigger is the switch or line that opens the gate for who comes this
	// way, an index into the gate's Triggers; -1 where it opens by itself.
	trigger int32
	cost    int32 // in 16ths of a unit
	Leave   int32 // sample to leave From at
	Enter   int32 // sample to walk to from there
}

// Gate is a sector that opens a way by moving.
type Gate struct {
	Sector   int32
	Triggers []Trigger
	group    int32 // gates of one group move together
}

// Trigger is a line that moves a gate, and where to stand for it.
type Trigger struct {
	Line  int32
	Node  int32
	Use   bool        // stand at (X, Y) and use it, looking in direction Angle
	Shoot bool        // stand at (X, Y) and shoot it, looking in direction Angle
	X, Y  fixed.Fixed // for lines to cross: the far side
	Angle fixed.Angle
	Stand int32      // sample
	At    maps.Point // the point of the line to look at; Z is for shots
}

// graphs are those of the maps that were used last.
var graphs = recent.Cache[*maps.Map, *entry]{Limit: maps.Kept}

type entry struct {
	once  sync.Once
	graph *Graph
}

// For returns the graph of a map. The first call for a map computes it, in up
// to a second; later ones return the same, as long as the map is among the
// [maps.Kept] last ones.
func For(m *maps.Map) *Graph {
	e, err := graphs.Get(m, func() (*entry, error) { return &entry{}, nil })
	if err != nil {
		panic("nav: bug: an entry cannot be made: " + err.Error())
	}
	e.once.Do(func() { e.graph = New(m) })
	return e.graph
}

// New computes the graph of a map, without remembering it.
func New(m *maps.Map) *Graph {
	b := builder{m: m, motion: findMotion(m), g: &Graph{m: m, grid: lattice.New(m)}}
	b.g.rest = b.motion.heights[atRest]
	b.sample()
	b.connect()
	b.cluster()
	b.link()
	b.findTriggers()
	b.finish()
	return b.g
}

// Map returns the map that the graph is of.
func (g *Graph) Map() *maps.Map { return g.m }

// Len returns the number of nodes. Nodes are 0 to Len()-1.
func (g *Graph) Len() int { return len(g.nodes) - 1 }

// Gates returns what moves in the map and opens ways. Read-only.
func (g *Graph) Gates() []Gate { return g.gates }

// Node returns the node of a position, or -1 where no walker fits nearby.
func (g *Graph) Node(x, y fixed.Fixed) int {
	s := g.grid.Nearest(x, y)
	if s < 0 {
		return -1
	}
	return int(g.grid.Node[s])
}

// Waypoint returns a place in the node's middle where a walker stands safely.
// The height is that of the floor with the map at rest.
func (g *Graph) Waypoint(n int) (x, y, z fixed.Fixed) {
	x, y = g.grid.Position(g.nodes[n].sample)
	return x, y, g.nodes[n].floor
}

// Sector returns the sector under the node's waypoint.
func (g *Graph) Sector(n int) int { return int(g.nodes[n].sector) }

// Area returns the walkable area of a node, in square units: where the middle
// of a walker can be.
func (g *Graph) Area(n int) int { return int(g.nodes[n].count) * lattice.Spacing * lattice.Spacing }

// Edges returns the ways that leave a node. Read-only.
func (g *Graph) Edges(n int) []Edge { return g.edges[g.nodes[n].first:g.nodes[n+1].first] }

// Moves reports whether a door, a lift or another moving sector is at the node.
func (g *Graph) Moves(n int) bool { return g.nodes[n].mover >= 0 }

// What follows is for package plan.

// Grid returns the samples of the graph.
func (g *Graph) Grid() *lattice.Grid { return &g.grid }

// Rest returns the heights of the map at rest. Read-only.
func (g *Graph) Rest() *maps.Heights { return &g.rest }

// All returns the edges of all nodes, by index. Read-only.
func (g *Graph) All() []Edge { return g.edges }

// Sample returns the sample of a node's waypoint.
func (g *Graph) Sample(n int) int32 { return g.nodes[n].sample }
