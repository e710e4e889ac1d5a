package maps

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// FileOf returns the WAD that the map of a name is read from, and the name of
// its file; nil for a map that is generated.
func FileOf(name string) (w *WAD, file string, err error) {
	if strings.HasPrefix(name, "generated:") {
		return nil, "", nil
	}
	file, _, ok := cutLast(name, ":")
	if !ok {
		return nil, "", fmt.Errorf("map %q: want FILE.wad:MAPNN, generated:SEED or generated:FAMILY:SEED", name)
	}
	w, err = LoadWAD(file)
	return w, file, err
}

// Hash returns the SHA-256 of the file, in hexadecimal.
func (w *WAD) Hash() string {
	w.hashing.Do(func() {
		sum := sha256.Sum256(w.data)
		w.hash = hex.EncodeToString(sum[:])
	})
	return w.hash
}

// Bytes returns the whole file: do not write.
func (w *WAD) Bytes() []byte { return w.data }

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
	w, err := ParseWAD(base, data)
	if err != nil {
		return "", err
	}
	if cache.supplied == nil {
		cache.supplied = map[string]*WAD{}
	}
	cache.supplied[name] = w
	return name, nil
}
