package maps

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"dryad/internal/recent"
)

// SearchPath lists the folders in which WAD files are looked for, in order:
// the current one, DOOMWADDIR, the folders of DOOMWADPATH, dryad's own folder
// of the user, and where the Debian packages freedm and freedoom put theirs.
func SearchPath(getenv func(string) string) []string {
	dirs := []string{"."}
	if d := getenv("DOOMWADDIR"); d != "" {
		dirs = append(dirs, d)
	}
	for _, d := range filepath.SplitList(getenv("DOOMWADPATH")) {
		if d != "" {
			dirs = append(dirs, d)
		}
	}
	if home := getenv("HOME"); home != "" {
		dirs = append(dirs, filepath.Join(home, ".local/share/dryad/wads"))
	}
	return append(dirs,
		"/usr/local/share/games/doom", "/usr/share/games/doom",
		"/usr/local/share/doom", "/usr/share/doom")
}

// FindWAD returns the path of a WAD file: name itself when it is a path to a
// file, else the first of that name, in any spelling of case and with or
// without ".wad", on the search path.
func FindWAD(name string) (string, error) {
	if isFile(name) {
		return name, nil
	}
	if strings.ContainsAny(name, `/\`) {
		return "", fmt.Errorf("WAD file %s: no such file", name)
	}
	dirs := SearchPath(os.Getenv)
	for _, dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue // most of the path does not exist on most machines
		}
		for _, e := range entries {
			if strings.EqualFold(e.Name(), name) || strings.EqualFold(e.Name(), name+".wad") {
				if path := filepath.Join(dir, e.Name()); isFile(path) {
					return path, nil
				}
			}
		}
	}
	return "", fmt.Errorf("no WAD file %s in %s: install it (Debian: apt-get install freedm freedoom), name its path with --wad, or play on generated:SEED", name, strings.Join(dirs, ", "))
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// Kept is how many maps are kept that were loaded by name, so that a thousand
// matches on one map share it and a thousand maps do not fill the memory.
const Kept = 96

// loaded are the maps that were loaded last, by name.
var loaded = recent.Cache[string, *Map]{Limit: Kept}

// cache holds the WAD files.
var cache struct {
	sync.Mutex
	wads     map[string]*WAD
	provided map[string]*WAD
	// supplied are files that came in the place of those on the search path, by
	// the name that Supply gave them.
	supplied map[string]*WAD
}

// Load returns the map of the given name: "FILE.wad:MAPNN" from a file on the
// search path or "generated:SEED" or "generated:FAMILY:SEED". Loading a name
// again returns the same map, as long as it is among the [Kept] last ones. Safe
// for concurrent use.
func Load(name string) (*Map, error) {
	family, seed := "", uint64(0)
	if rest, ok := strings.CutPrefix(name, "generated:"); ok {
		var err error
		if family, seed, err = parseGenerated(rest); err != nil {
			return nil, err
		}
		name = fmt.Sprintf("generated:%s:%d", family, seed)
	}
	return loaded.Get(name, func() (*Map, error) {
		if family != "" {
			return Generate(family, seed)
		}
		return load(name)
	})
}

func load(name string) (*Map, error) {
	file, lump, ok := cutLast(name, ":")
	if !ok {
		return nil, fmt.Errorf("map %q: want FILE.wad:MAPNN, generated:SEED or generated:FAMILY:SEED", name)
	}
	w, err := LoadWAD(file)
	if err != nil {
		return nil, err
	}
	return w.Map(lump)
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i <= 0 || i+len(sep) >= len(s) {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

func loadWAD(file string) (*WAD, error) {
	if w, ok := cache.supplied[file]; ok {
		return w, nil
	}
	if w, ok := cache.provided[bare(file)]; ok {
		return w, nil
	}
	path, err := FindWAD(file)
	if err != nil {
		return nil, err
	}
	if w, ok := cache.wads[path]; ok {
		return w, nil
	}
	w, err := OpenWAD(path)
	if err != nil {
		return nil, err
	}
	if cache.wads == nil {
		cache.wads = map[string]*WAD{}
	}
	cache.wads[path] = w
	return w, nil
}

// LoadWAD returns the WAD file of the given name from the search path; asking
// again returns the same one. Safe for concurrent use.
func LoadWAD(file string) (*WAD, error) {
	cache.Lock()
	defer cache.Unlock()
	return loadWAD(file)
}

// SearchFirst makes WAD files, and folders of them, be looked in before the
// usual places, by the environment variable DOOMWADPATH. The error is that of a
// path that does not exist.
func SearchFirst(paths []string) error {
	var folders []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if !info.IsDir() {
			path = filepath.Dir(path)
		}
		folders = append(folders, path)
	}
	if len(folders) == 0 {
		return nil
	}
	if usual := os.Getenv("DOOMWADPATH"); usual != "" {
		folders = append(folders, usual)
	}
	return os.Setenv("DOOMWADPATH", strings.Join(folders, string(filepath.ListSeparator)))
}
