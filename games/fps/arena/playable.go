package arena

import (
	"fmt"

	"dryad/games"
	"dryad/games/fps"
	"dryad/games/fps/maps"
	"dryad/games/fps/nav"
)

// Playable says why a match of a configuration could not be played well: its
// map does not load or has too few starts, starts cannot be reached from each
// other, or the mode's places cannot be reached from where players enter. The
// map is returned either way once it is loaded. Nothing is kept, so that a
// whole catalogue can be checked.
func Playable(config games.Config) (*maps.Map, error) {
	config, err := New().Complete(config)
	if err != nil {
		return nil, err
	}
	m, err := freshMap(config.Map)
	if err != nil {
		return nil, err
	}
	g, err := newGround(m, nav.New(m))
	if err != nil {
		return m, err
	}
	w, err := newWorldOn(g, config, 1)
	if err != nil {
		return m, err
	}
	return m, w.playable()
}

// freshMap returns a map without keeping a generated one.
func freshMap(name string) (*maps.Map, error) {
	var family string
	var seed uint64
	for _, f := range maps.Families() {
		if n, _ := fmt.Sscanf(name, "generated:"+f+":%d", &seed); n == 1 {
			family = f
		}
	}
	if family != "" {
		return maps.Generate(family, seed)
	}
	return maps.Load(name)
}

// playable checks the ways of a match that has just begun.
func (w *World) playable() error {
	starts := w.level.Starts
	if len(starts) < 2 {
		return fmt.Errorf("%s has %d start, a match needs two", w.config.Map, len(starts))
	}
	// A way from every start to the first and back connects them all. A start
	// that leads nowhere may exist if the others are enough.
	var good []fps.Place
	for _, s := range starts {
		_, to := w.level.Way(s.Node, starts[0].Node)
		_, back := w.level.Way(starts[0].Node, s.Node)
		if to && back {
			good = append(good, s)
		}
	}
	if len(good)*4 < len(starts)*3 {
		return fmt.Errorf("%s: only %d of %d starts are connected", w.config.Map, len(good), len(starts))
	}
	for k := range w.objectives {
		o := &w.objectives[k]
		for team := range max(w.teams, 1) {
			s := w.ground.startsOf(w, team)[0]
			if _, ok := w.level.Way(s.Node, o.Node); !ok {
				return fmt.Errorf("%s: place %d of %s cannot be reached from team %d", w.config.Map, k, w.mode.name, team)
			}
		}
	}
	for s := range w.seats {
		if w.actors[s].Alive == 0 || w.actors[s].Node < 0 {
			return fmt.Errorf("%s: seat %d cannot enter", w.config.Map, s)
		}
	}
	return nil
}
