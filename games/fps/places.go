package fps

import (
	"dryad/games"
	"dryad/games/fps/fixed"
)

// nearby is how many places a search around the agent looks at.
const nearby = 512

// around visits the places near a node in the order of the number of steps to
// them, the node itself first, until visit returns false or nearby places were
// seen.
func (p *Percept) around(from int32, visit func(node int32) bool) { p.search(from, nearby, visit) }

// search visits at most so many places as around does.
func (p *Percept) search(from int32, most int, visit func(node int32) bool) {
	if from < 0 {
		return
	}
	if p.marks == nil {
		p.marks = make([]uint32, p.Level.Nodes())
		p.found = make([]int32, p.Level.Nodes())
	}
	p.epoch++
	if p.epoch == 0 {
		clear(p.marks)
		p.epoch = 1
	}
	p.found[0], p.marks[from] = from, p.epoch
	n := 1
	for k := 0; k < n; k++ {
		if !visit(p.found[k]) {
			return
		}
		for _, e := range p.Level.Nav.Edges(int(p.found[k])) {
			if n < min(most, len(p.found)) && p.marks[e.To] != p.epoch {
				p.found[n], p.marks[e.To] = e.To, p.epoch
				n++
			}
		}
	}
}

// node returns a place of the graph as a target.
func (p *Percept) node(n int32) (games.Target, bool) {
	if n < 0 {
		return games.Target{}, false
	}
	place := p.Level.PlaceOf(n)
	return place.target(), true
}

// reachable reports whether the agent can walk to a place.
func (p *Percept) reachable(n int32) bool {
	return p.Self.Node >= 0 && n >= 0 && p.Level.Nav.Leads(int(p.Self.Node), int(n))
}

// nearestNode returns the place among some to which the agent has the shortest way,
// the first of equals, or -1.
func (p *Percept) nearestNode(among []int32) int32 {
	if p.Self.Node < 0 {
		return -1
	}
	i := p.Level.Nav.Nearest(int(p.Self.Node), among)
	if i < 0 {
		return -1
	}
	return among[i]
}

// visitedNode reports whether the agent has been at a place.
func (p *Percept) visitedNode(n int32) bool { return p.Visited[n>>6]>>(n&63)&1 != 0 }

// drawn returns a random place that can be walked to, the k-th of a draw.
func (p *Percept) drawn(draw, k uint64) int32 {
	return p.Level.Walkable[games.Mix(draw, k)%uint64(len(p.Level.Walkable))]
}

// draws is how many random places a chooser looks at.
const draws = 16

func (p *Percept) randomNode(draw uint64) (games.Target, bool) {
	for k := range uint64(draws) {
		if n := p.drawn(draw, k); p.reachable(n) {
			return p.node(n)
		}
	}
	return games.Target{}, false
}

func unexploredArea(p *Percept, draw uint64) (games.Target, bool) {
	p.among = p.among[:0]
	for k := range uint64(2 * draws) {
		if n := p.drawn(draw, k); !p.visitedNode(n) && n != p.Self.Node {
			p.among = append(p.among, n)
		}
	}
	best := p.nearestNode(p.among)
	if best < 0 { // nearly all is known: the nearest of what is left
		p.search(p.Self.Node, p.Level.Nodes(), func(n int32) bool {
			if p.visitedNode(n) {
				return true
			}
			best = n
			return false
		})
		if best < 0 {
			return p.randomNode(draw)
		}
	}
	return p.node(best)
}

// enemyNode returns the place where the enemy last seen was, or -1.
func (p *Percept) enemyNode() int32 {
	if len(p.Enemies) > 0 {
		c := &p.Contacts[p.Enemies[0]]
		return p.Level.NodeAt(c.X, c.Y)
	}
	if i := p.lastSeenEnemy(); i >= 0 {
		return p.Level.NodeAt(p.Contacts[i].X, p.Contacts[i].Y)
	}
	if p.Noise.Tick != Never {
		return p.Level.NodeAt(p.Noise.X, p.Noise.Y)
	}
	return -1
}

func coverPosition(p *Percept, _ uint64) (games.Target, bool) {
	enemy, found := p.enemyNode(), int32(-1)
	if enemy < 0 {
		return games.Target{}, false
	}
	p.around(p.Self.Node, func(n int32) bool {
		if !p.Level.Nav.Visible(int(enemy), int(n)) {
			found = n
			return false
		}
		return true
	})
	return p.node(found)
}

func highGround(p *Percept, _ uint64) (games.Target, bool) {
	best, height := int32(-1), fixed.Fixed(0)
	p.around(p.Self.Node, func(n int32) bool {
		if _, _, z := p.Level.Nav.Waypoint(int(n)); best < 0 || z > height {
			best, height = n, z
		}
		return true
	})
	return p.node(best)
}

func flankPosition(p *Percept, _ uint64) (games.Target, bool) {
	i := p.lastSeenEnemy()
	if i < 0 {
		return games.Target{}, false
	}
	return p.node(p.flankOf(&p.Contacts[i]))
}

// flankOf returns a place from which an enemy is seen without being in its
// view: to its side or behind it, or -1.
func (p *Percept) flankOf(c *Contact) int32 {
	enemy := p.Level.NodeAt(c.X, c.Y)
	p.among = p.among[:0]
	p.around(enemy, func(n int32) bool {
		x, y, _ := p.Level.Nav.Waypoint(int(n))
		if fixed.Atan2(y-c.Y, x-c.X).Within(c.Angle, fixed.Degrees(140)) || !p.Level.Nav.Visible(int(n), int(enemy)) {
			return true
		}
		if d := fixed.Approximate(x-c.X, y-c.Y); d >= 128*fixed.One {
			p.among = append(p.among, n)
		}
		return true
	})
	return p.nearestNode(p.among)
}

func safestArea(p *Percept, draw uint64) (games.Target, bool) {
	best, worth := int32(-1), int64(0)
	for k := range uint64(draws) {
		n := p.drawn(draw, k)
		if !p.reachable(n) {
			continue
		}
		x, y, _ := p.Level.Nav.Waypoint(int(n))
		if w := p.danger(x, y); best < 0 || w > worth {
			best, worth = n, w
		}
	}
	return p.node(best)
}

// danger returns the distance of a place to the nearest known enemy, in map
// units.
func (p *Percept) danger(x, y fixed.Fixed) int64 {
	near := int64(1 << 30)
	for i := range p.Contacts {
		if p.remembered(i) {
			near = min(near, int64(fixed.Hypot(p.Contacts[i].X-x, p.Contacts[i].Y-y)>>16))
		}
	}
	return near
}
