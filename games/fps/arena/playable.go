package arena

import (
	"fmt"

	"dryad/games"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/generate"
	"dryad/games/fps/maps/library"
	"dryad/games/fps/nav"
)

// Playable says, for each of some configurations on one map, why a match of it
// could not be played well: the map does not load or has too few starts, starts
// cannot be reached from each other, or the mode's places cannot be reached
// from where players enter. The map is returned too once it is loaded. Nothing
// is kept, so that a whole catalogue can be checked.
func Playable(name string, configs []games.Config) ([]error, *maps.Map) {
	faults := make([]error, len(configs))
	fail := func(err error) []error {
		for i := range faults {
			faults[i] = err
		}
		return faults
	}
	m, err := freshMap(name)
	if err != nil {
		return fail(err), nil
	}
	g, err := newGround(m, nav.New(m))
	if err != nil {
		return fail(err), m
	}
	for i, config := range configs {
		if config, err = New().Complete(config); err != nil {
			faults[i] = err
			continue
		}
		w, err := newWorldOn(g, config, 1)
		if err == nil {
			err = w.playable()
		}
		faults[i] = err
	}
	return faults, m
}

// freshMap returns a map without keeping a generated one.
func freshMap(name string) (*maps.Map, error) {
	var family string
	var seed uint64
	for _, f := range generate.Families() {
		if n, _ := fmt.Sscanf(name, "generated:"+f+":%d", &seed); n == 1 {
			family = f
		}
	}
	if family != "" {
		return generate.Map(family, seed)
	}
	return library.Load(name)
}

// playable checks the ways of a match that has just begun.
func (w *World) playable() error {
	starts := w.level.Starts
	if len(starts) < 2 {
		return fmt.Errorf("%s has %d start, a match needs two", w.config.Map, len(starts))
	}
	middle := w.ground.spots[0].Node
	for i, s := range starts {
		if _, ok := w.level.Way(s.Node, middle); !ok {
			return fmt.Errorf("%s: there is no way from start %d to the middle of the map", w.config.Map, i)
		}
	}
	for k := range w.objectives {
		o := &w.objectives[k]
		for team := range max(w.teams, 1) {
			s := w.ground.startsOf(w, team)[0]
			if _, ok := w.level.Way(s.Node, o.Node); !ok {
				return fmt.Errorf("%s: place %d of %s cannot be reached from team %d", w.config.Map, k, w.mode.name(), team)
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
