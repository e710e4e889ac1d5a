package walk

import (
	"fmt"
	"math/rand/v2"

	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
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
	// NoWay counts pairs whose goal cannot be walked to from the start at
	// all: pedestals that one only drops from, places behind a jump.
	NoWay int `json:"no_way"`
	// Failures describes each of the rest.
	Failures []string `json:"failures,omitempty"`
}

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
	rng := rand.New(rand.NewPCG(p.Seed, 0x77616c6b))
	for range p.Pairs {
		from, to := starts[rng.IntN(len(starts))], goals[rng.IntN(len(goals))]
		goal := nav.Goal{X: to.X, Y: to.Y}
		if to.Type != maps.TypeDeathmatchStart {
			goal.Reach = nav.Touch
		}
		r.Pairs++
		w := New(g, from.X, from.Y)
		if !g.Reaches(from.X, from.Y, goal) {
			r.NoWay++
			continue
		}
		if arrived, _ := w.Walk(goal, p.Seconds*maps.TicksPerSecond); arrived {
			r.Arrived++
			continue
		}
		k, _ := maps.KindOf(to.Type)
		r.Failures = append(r.Failures, fmt.Sprintf("%d,%d to %s at %d,%d: ended at %d,%d,%d, lost %v",
			from.X>>16, from.Y>>16, k.Name, to.X>>16, to.Y>>16, w.Body.X>>16, w.Body.Y>>16, w.Body.Z>>16, w.Lost))
	}
	return r
}
