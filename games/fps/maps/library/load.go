package library

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"

	"dryad/games/fps/maps"
	"dryad/games/fps/maps/generate"
	"dryad/games/fps/maps/wad"
	"dryad/internal/recent"
)

// loaded are the maps that were loaded last, by name.
var loaded = recent.Cache[string, *maps.Map]{Limit: maps.Kept}

// cache holds the WAD files.
var cache struct {
	sync.Mutex
	wads     map[string]*wad.File
	provided map[string]*wad.File
	// supplied are files that came in the place of those on the search path, by
	// the name that Supply gave them.
	supplied map[string]*wad.File
}

// Load returns the map of the given name: "FILE.wad:MAPNN" from a file on the
// search path, "generated:SEED" or "generated:FAMILY:SEED". Loading a name again
// returns the same map, as long as it is among the [maps.Kept] last ones.
func Load(name string) (*maps.Map, error) {
	family, seed := "", uint64(0)
	if rest, ok := strings.CutPrefix(name, "generated:"); ok {
		var err error
		if family, seed, err = generate.Parse(rest); err != nil {
			return nil, err
		}
		name = fmt.Sprintf("generated:%s:%d", family, seed)
	}
	return loaded.Get(name, func() (*maps.Map, error) {
		if family != "" {
			return generate.Map(family, seed)
		}
		return load(name)
	})
}

func load(name string) (*maps.Map, error) {
	w, file, err := FileOf(name)
	if err != nil {
		return nil, err
	}
	return w.Map(name[len(file)+1:])
}

// unnamed is the error of a name that has no part for the map: where it is that
// of a WAD, its maps are listed.
func unnamed(name string) error {
	w, err := File(name)
	if err == nil {
		have := w.Maps()
		if len(have) == 0 {
			return fmt.Errorf("map %q: the file holds no maps", name)
		}
		return fmt.Errorf("map %q: say which of its maps, for example %s:%s; it has %s", name, name, have[0], strings.Join(have, " "))
	}
	if strings.EqualFold(filepath.Ext(name), ".wad") {
		return err
	}
	return fmt.Errorf("map %q: want FILE.wad:MAPNN, generated:SEED or generated:FAMILY:SEED", name)
}

func open(name string) (*wad.File, error) {
	if w, ok := cache.supplied[name]; ok {
		return w, nil
	}
	if w, ok := cache.provided[bare(name)]; ok {
		return w, nil
	}
	path, err := Find(name)
	if err != nil {
		return nil, err
	}
	if w, ok := cache.wads[path]; ok {
		return w, nil
	}
	w, err := wad.Open(path)
	if err != nil {
		return nil, err
	}
	if cache.wads == nil {
		cache.wads = map[string]*wad.File{}
	}
	cache.wads[path] = w
	return w, nil
}

// File returns the WAD file of a name: one that was supplied or provided under
// it, else one on the search path. Asking again returns the same one.
func File(name string) (*wad.File, error) {
	cache.Lock()
	defer cache.Unlock()
	return open(name)
}
