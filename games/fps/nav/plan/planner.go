package plan

import (
	"sync"

	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/internal/lattice"
)

// Planner plans ways through one map, from line to line, and leads travellers
// along them. It is safe for concurrent use.
type Planner struct {
	graph *nav.Graph
	m     *maps.Map
	grid  *lattice.Grid
	rest  *maps.Heights
	edges []nav.Edge // of the graph

	once        sync.Once
	known       *terrain
	floods      sync.Pool
	relaxations sync.Pool
	ways        ways
}

// New returns a planner over a graph. What it needs besides is computed when a
// plan is first asked for.
func New(g *nav.Graph) *Planner {
	return &Planner{graph: g, m: g.Map(), grid: g.Grid(), rest: g.Rest(), edges: g.All()}
}

// Graph returns the graph that the planner plans over.
func (g *Planner) Graph() *nav.Graph { return g.graph }

// terrain returns what planning needs, made when first asked for.
func (g *Planner) terrain() *terrain {
	g.once.Do(func() { g.known = newTerrain(g) })
	return g.known
}
