package walk

import (
	"fmt"
	"math/rand/v2"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
	"dryad/games/fps/nav/plan"
	"dryad/games/fps/nav/reach"
)

// Params says what to try.
type Params struct {
	// Pairs is how many walks; 0 means 30.
	Pairs int
	// Seed picks the pairs.
	Seed uint64
	// Seconds of game time after which a walk has failed; 0 means 150.
	Seconds int
}

// Result is how the walks on one map went.
type Result struct {
	Map     string `json:"map"`
	Nodes   int    `json:"nodes"`
	Pairs   int    `json:"pairs"`
	Arrived int    `json:"arrived"`
	// NoWay counts pairs to whose goal navigation knows no way from the start,
	// or took one for a way that is none: see Impossible.
	NoWay int `json:"no_way"`
	// Impossible counts those of NoWay whose goal no player gets to from the
	// start, however skilled: package reach rules them out. Where navigation
	// believed in a way that is asked only when the walk has failed.
	Impossible int `json:"impossible"`
	// Failures describes each walk that was begun and did not arrive, though
	// the goal is not ruled out.
	Failures []string `json:"failures,omitempty"`
	// Unknown describes the pairs of NoWay that are not ruled out: a player
	// may be able to get there.
	Unknown []string `json:"unknown,omitempty"`
}

// Possible is the number of pairs that are not ruled out: what arrivals are
// counted of.
func (r *Result) Possible() int { return r.Pairs - r.Impossible }

// Places returns where walks begin and end on a map: the deathmatch starts,
// and those and the pick-ups.
func Places(m *maps.Map) (starts, goals []maps.Thing) {
	starts = m.DeathmatchStarts()
	goals = append(goals, starts...)
	for _, c := range []maps.Category{maps.Weapon, maps.Ammo, maps.Health, maps.Armour, maps.Powerup} {
		goals = append(goals, m.Of(c)...)
	}
	return starts, goals
}

// Try walks between random starts and goals, each time on a fresh map. A map
// without deathmatch starts gives no pairs.
func Try(g *nav.Graph, p Params) Result {
	if p.Pairs == 0 {
		p.Pairs = 30
	}
	if p.Seconds == 0 {
		p.Seconds = 150
	}
	m := g.Map()
	r := Result{Map: m.Name, Nodes: g.Len()}
	starts, goals := Places(m)
	if len(starts) == 0 {
		return r
	}
	planner := plan.New(g)
	search := bounds{of: reach.New(m), from: map[[2]fixed.Fixed]*reach.Reached{}}
	rng := rand.New(rand.NewPCG(p.Seed, 0x77616c6b))
	for range p.Pairs {
		from, to := starts[rng.IntN(len(starts))], goals[rng.IntN(len(goals))]
		goal := nav.Goal{X: to.X, Y: to.Y}
		if to.Type != maps.TypeDeathmatchStart {
			goal.Reach = nav.Touch
		}
		k, _ := maps.KindOf(to.Type)
		pair := fmt.Sprintf("%d,%d to %s at %d,%d", from.X>>16, from.Y>>16, k.Name, to.X>>16, to.Y>>16)
		r.Pairs++
		w := New(planner, from.X, from.Y)
		if !g.Reaches(from.X, from.Y, goal) {
			if !search.allows(from, goal) {
				r.NoWay++
				r.Impossible++
				continue
			}
			if !w.Knows(goal) {
				r.NoWay++
				r.Unknown = append(r.Unknown, pair)
				continue
			}
		}
		limit := p.Seconds * maps.TicksPerSecond
		end, arrives := w.Foresee(goal, limit)
		if arrives {
			// What was foreseen must come to pass.
			if arrived, _ := w.Walk(goal, limit); arrived {
				r.Arrived++
				continue
			}
			end = w
		}
		if !search.allows(from, goal) {
			r.NoWay++
			r.Impossible++
			continue
		}
		r.Failures = append(r.Failures, fmt.Sprintf("%s: ended at %d,%d,%d, lost %v",
			pair, end.Body.X>>16, end.Body.Y>>16, end.Body.Z>>16, end.Lost))
	}
	return r
}

// bounds remembers how far one gets from each start.
type bounds struct {
	of   *reach.Search
	from map[[2]fixed.Fixed]*reach.Reached
}

func (b *bounds) allows(from maps.Thing, goal nav.Goal) bool {
	at := [2]fixed.Fixed{from.X, from.Y}
	if b.from[at] == nil {
		b.from[at] = b.of.From(from.X, from.Y)
	}
	return b.from[at].Touches(goal.X, goal.Y, max(goal.Reach, maps.Radius))
}
