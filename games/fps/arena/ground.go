package arena

import (
	"fmt"
	"slices"
	"sync"

	"dryad/games/fps"
	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/library"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/plan"
	"dryad/internal/recent"
)

// ground is what the arena adds to a map, computed once and shared by all
// matches on it.
type ground struct {
	level       fps.Level // without rules and mode
	itemSectors []int32   // by item
	shootable   bool      // some line acts when it is shot
	teamStarts  [4][]fps.Place
	flags       [4]fps.Place // where the map puts teams' flags
	hasFlag     [4]bool
	spots       []fps.Place // places for objectives, far apart, the most central first

	// The items by square cells.
	x0, y0        fixed.Fixed
	width, height int32
	firstItem     []int32
	items         []int32
}

// grounds are those of the maps that were used last.
var grounds = recent.Cache[*maps.Map, *groundEntry]{Limit: maps.Kept}

type groundEntry struct {
	once   sync.Once
	ground *ground
	err    error
}

// groundOf returns the ground of a map by name.
func groundOf(name string) (*ground, error) {
	m, err := library.Load(name)
	if err != nil {
		return nil, err
	}
	e, err := grounds.Get(m, func() (*groundEntry, error) { return &groundEntry{}, nil })
	if err != nil {
		return nil, err
	}
	e.once.Do(func() { e.ground, e.err = newGround(m, nav.For(m)) })
	return e.ground, e.err
}

// newGround surveys a map.
func newGround(m *maps.Map, graph *nav.Graph) (*ground, error) {
	g := &ground{level: fps.Level{Map: m, Nav: graph, Planner: plan.New(graph)}}
	g.level.Survey()
	heights := m.Heights()
	place := func(t *maps.Thing) (fps.Place, int32, bool) {
		spot := m.Check(&heights, t.X, t.Y, maps.Radius)
		node := g.level.NodeAt(t.X, t.Y)
		return fps.Place{X: t.X, Y: t.Y, Z: spot.Floor, Node: node, Angle: t.Angle}, spot.Sector, node >= 0 && spot.Sector >= 0
	}
	for i := range m.Things {
		t := &m.Things[i]
		kind, known := maps.KindOf(t.Type)
		// Starts are there at every setting of the format.
		start := kind.Category == maps.DeathmatchStart || kind.Category == maps.TeamStart
		if !known || !start && !t.InDeathmatch() {
			continue
		}
		p, sector, ok := place(t)
		if !ok {
			continue
		}
		switch kind.Category {
		case maps.DeathmatchStart:
			g.level.Starts = append(g.level.Starts, p)
		case maps.TeamStart:
			if kind.Team >= 0 && int(kind.Team) < len(g.teamStarts) {
				g.teamStarts[kind.Team] = append(g.teamStarts[kind.Team], p)
			}
		case maps.TeamFlag:
			if kind.Team >= 0 && int(kind.Team) < len(g.flags) {
				g.flags[kind.Team], g.hasFlag[kind.Team] = p, true
			}
		default:
			if k, ok := fps.ItemOfThing(int(t.Type)); ok {
				g.level.Items = append(g.level.Items, fps.Item{Place: p, Kind: int32(k)})
				g.itemSectors = append(g.itemSectors, sector)
			}
		}
	}
	if len(g.level.Starts) == 0 {
		g.borrowStarts(m, place)
	}
	if len(g.level.Starts) == 0 {
		return nil, fmt.Errorf("map %s has no start for a player", m.Name)
	}
	for i := range m.Specials {
		g.shootable = g.shootable || m.Specials[i].Trigger == maps.Shoot
	}
	for i := range g.level.Items {
		class := g.level.Facts(int32(i)).Class
		g.level.ByClass[class] = append(g.level.ByClass[class], int32(i))
	}
	g.indexItems(m)
	g.findSpots()
	g.findWalkable()
	return g, nil
}

// borrowStarts lets players enter where the single player does, on maps that
// have no deathmatch starts.
func (g *ground) borrowStarts(m *maps.Map, place func(*maps.Thing) (fps.Place, int32, bool)) {
	for i := range m.Things {
		if kind, ok := maps.KindOf(m.Things[i].Type); ok && (kind.Category == maps.PlayerStart || kind.Category == maps.TeamStart) {
			if p, _, ok := place(&m.Things[i]); ok {
				g.level.Starts = append(g.level.Starts, p)
			}
		}
	}
}

// findWalkable follows the ways from all starts.
func (g *ground) findWalkable() {
	l := &g.level
	reached := make([]bool, l.Nodes())
	for _, s := range l.Starts {
		if !reached[s.Node] {
			reached[s.Node] = true
			l.Walkable = append(l.Walkable, s.Node)
		}
	}
	for k := 0; k < len(l.Walkable); k++ {
		for _, e := range l.Nav.Edges(int(l.Walkable[k])) {
			if !reached[e.To] {
				reached[e.To] = true
				l.Walkable = append(l.Walkable, e.To)
			}
		}
	}
	slices.Sort(l.Walkable)
	for _, n := range l.Walkable {
		l.Area += l.Nav.Area(int(n))
	}
}

const itemCellShift = 16 + 7

func (g *ground) itemCell(v, origin fixed.Fixed) int32 {
	return int32((int64(v) - int64(origin)) >> itemCellShift)
}

// indexItems sorts the items into cells.
func (g *ground) indexItems(m *maps.Map) {
	g.x0, g.y0 = m.MinX, m.MinY
	g.width, g.height = g.itemCell(m.MaxX, g.x0)+1, g.itemCell(m.MaxY, g.y0)+1
	g.firstItem = make([]int32, g.width*g.height+1)
	cell := func(i *fps.Item) int32 { return g.itemCell(i.Y, g.y0)*g.width + g.itemCell(i.X, g.x0) }
	for i := range g.level.Items {
		g.firstItem[cell(&g.level.Items[i])+1]++
	}
	for c := range g.width * g.height {
		g.firstItem[c+1] += g.firstItem[c]
	}
	g.items = make([]int32, len(g.level.Items))
	next := append([]int32(nil), g.firstItem...)
	for i := range g.level.Items {
		c := cell(&g.level.Items[i])
		g.items[next[c]] = int32(i)
		next[c]++
	}
}

// itemsIn returns the items of a cell; none outside of the map.
func (g *ground) itemsIn(cx, cy int32) []int32 {
	if cx < 0 || cy < 0 || cx >= g.width || cy >= g.height {
		return nil
	}
	c := cy*g.width + cx
	return g.items[g.firstItem[c]:g.firstItem[c+1]]
}

// spotCount is how many places for objectives are sought.
const spotCount = 6

// findSpots picks places for objectives among starts and items: first the
// middle, the one that most others can reach and be reached from, of equals
// the one with the shortest ways from the starts; then, one after another, the
// one that is farthest from those picked and connected with all of them both
// ways. Starts from which there is no way to the middle are given up, if others
// are left.
func (g *ground) findSpots() {
	var candidates []fps.Place
	candidates = append(candidates, g.level.Starts...)
	for i := range g.level.Items {
		candidates = append(candidates, g.level.Items[i].Place)
	}
	if len(candidates) > mostCandidates {
		candidates = candidates[:mostCandidates]
	}
	// A way between two places, both ways, is as long as the longer one.
	between := func(i, j int) (int32, bool) {
		there, ok := g.level.Way(candidates[i].Node, candidates[j].Node)
		back, returns := g.level.Way(candidates[j].Node, candidates[i].Node)
		return max(there, back), ok && returns
	}
	middle, most, least := 0, -1, int64(0)
	for i := range candidates {
		connected, sum := 0, int64(0)
		for j := range candidates {
			if d, ok := between(i, j); ok {
				connected++
				if j < len(g.level.Starts) {
					sum += int64(d)
				}
			}
		}
		if connected > most || connected == most && sum < least {
			middle, most, least = i, connected, sum
		}
	}
	picked := []int{middle}
	for len(picked) < spotCount {
		best, far := -1, int32(0)
		for i := range candidates {
			near := int32(1 << 30)
			for _, k := range picked {
				d, ok := between(i, k)
				if !ok {
					near = 0
					break
				}
				near = min(near, d)
			}
			if near > far {
				best, far = i, near
			}
		}
		if best < 0 {
			break
		}
		picked = append(picked, best)
	}
	for _, k := range picked {
		g.spots = append(g.spots, candidates[k])
	}
	var good []fps.Place
	for _, s := range g.level.Starts {
		if _, ok := g.level.Way(s.Node, g.spots[0].Node); ok {
			good = append(good, s)
		}
	}
	if len(good) > 1 {
		g.level.Starts = good
	}
}

// mostCandidates bounds the places among which those for objectives are
// picked.
const mostCandidates = 64

// startsOf returns where a team of a match enters: in modes with bases the
// starts nearer to its own base than to the others, else all.
func (g *ground) startsOf(w *World, team int) []fps.Place {
	if team < len(w.bases) && len(w.bases[team]) > 0 {
		return w.bases[team]
	}
	return g.level.Starts
}
