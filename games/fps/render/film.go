package render

import (
	"dryad/games"
	"dryad/games/fps"
)

// trailEvery is how many ticks lie between two points of a trail.
const trailEvery = 5

// Film follows a match and remembers where everybody went and what happened,
// so that pictures from above can show it. The zero value remembers all;
// Window forgets what is older.
type Film struct {
	// Window is for how many ticks trails and marks are kept; 0 keeps all.
	Window int

	spots [][]timed // by actor, while it lives
	last  int       // the tick of the latest ones, plus 1; 0 before any
	marks []Mark
	when  []int // of the marks
}

type timed struct {
	at   Spot
	tick int
}

// Watch is called after each tick with the events of the tick. Worlds that are
// no shooters are passed over.
func (f *Film) Watch(world games.World, events []games.Event) {
	w, ok := world.(fps.Spectated)
	if !ok {
		return
	}
	for _, e := range events {
		f.event(world, &e)
	}
	if f.last > 0 && world.Now()+1-f.last < trailEvery {
		return
	}
	f.last = world.Now() + 1
	s := w.Scene()
	for len(f.spots) < len(s.Figures) {
		f.spots = append(f.spots, nil)
	}
	for i := range s.Figures {
		if g := &s.Figures[i]; g.Alive {
			f.spots[i] = append(f.spots[i], timed{Spot{g.X, g.Y}, s.Tick})
		}
	}
}

// event turns what happened into a mark on the plan.
func (f *Film) event(world games.World, e *games.Event) {
	m := Mark{X: e.X, Y: e.Y, Team: -1}
	switch e.Kind {
	case "kill":
		m.Kind = Kill
	case "pick_up":
		m.Kind = PickUp
	case "flag_captured", "flag_taken", "point_taken", "bomb_planted", "bomb_defused", "bomb_exploded":
		m.Kind = Goal
	default:
		return
	}
	if e.Seat >= 0 && int(e.Seat) < world.Seats() {
		m.Team = world.Team(e.Seat)
	}
	f.marks, f.when = append(f.marks, m), append(f.when, e.Tick)
}

// Scene returns the present scene of a match with the trails and marks so far;
// false for worlds that are no shooters.
func (f *Film) Scene(world games.World) (*Scene, bool) {
	w, ok := world.(fps.Spectated)
	if !ok {
		return nil, false
	}
	spectated := w.Scene()
	s := Of(&spectated)
	since := -1
	if f.Window > 0 {
		since = spectated.Tick - f.Window
	}
	for _, spots := range f.spots {
		var trail []Spot
		for _, t := range spots {
			if t.tick >= since && t.tick <= spectated.Tick {
				trail = append(trail, t.at)
			}
		}
		s.Trails = append(s.Trails, trail)
	}
	for i, m := range f.marks {
		if f.when[i] >= since && f.when[i] <= spectated.Tick {
			s.Marks = append(s.Marks, m)
		}
	}
	return s, true
}
