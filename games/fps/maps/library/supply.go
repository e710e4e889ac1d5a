package library

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"dryad/games/fps/maps/wad"
)

// FileOf returns the WAD that the map of a name is read from, and the name of
// its file; nil for a map that is generated.
func FileOf(name string) (w *wad.File, file string, err error) {
	if strings.HasPrefix(name, "generated:") {
		return nil, "", nil
	}
	i := strings.LastIndex(name, ":")
	if i <= 0 || i+1 >= len(name) {
		return nil, "", unnamed(name)
	}
	w, err = File(name[:i])
	return w, name[:i], err
}

// Excerpt returns the map of a name as a WAD of its own, without its pictures,
// and the name of the file that [Provide] is to find it by; nothing for a map
// that is generated, and for the empty name.
func Excerpt(name string) (file string, data []byte, err error) {
	if name == "" {
		return "", nil, nil
	}
	w, path, err := FileOf(name)
	if err != nil || w == nil {
		return "", nil, err
	}
	data, err = w.Excerpt(name[len(path)+1:])
	return w.Name, data, err
}

// suppliedPrefix begins the names of supplied files.
const suppliedPrefix = "supplied-"

// Supply makes a WAD of data and returns a name under which [Load] finds its
// maps, whatever is on the search path. The name depends on the content alone.
// The maps are those of a file of the given name.
func Supply(file string, data []byte) (name string, err error) {
	sum := sha256.Sum256(data)
	name = suppliedPrefix + hex.EncodeToString(sum[:])
	cache.Lock()
	defer cache.Unlock()
	if cache.supplied[name] != nil {
		return name, nil
	}
	base := file
	if i := strings.LastIndexAny(base, `/\\`); i >= 0 {
		base = base[i+1:]
	}
	w, err := wad.Parse(base, data)
	if err != nil {
		return "", err
	}
	if cache.supplied == nil {
		cache.supplied = map[string]*wad.File{}
	}
	cache.supplied[name] = w
	return name, nil
}

// Provide makes a WAD be found by its name before the search path is looked
// at, for programs without a file system.
func Provide(w *wad.File) {
	cache.Lock()
	defer cache.Unlock()
	if cache.provided == nil {
		cache.provided = map[string]*wad.File{}
	}
	cache.provided[bare(w.Name)] = w
}

// bare is a WAD's name without folders, case and ending.
func bare(name string) string {
	name = strings.ToLower(name)
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	return strings.TrimSuffix(name, ".wad")
}
