package compile

import (
	"reflect"
	"sync"
	"sync/atomic"

	"dryad/games"
)

// line is what a line of a tree compiles to as long as it depends on nothing
// but its own words: its text, and for a task with constant arguments and
// choosers its leaf, which serves every tree and agent.
type line struct {
	text string
	leaf atomic.Pointer[taskLeaf]
}

// lineCache remembers the lines of one game by their text. Like the parser's
// it holds two generations, which bounds it.
type lineCache struct {
	mu         sync.RWMutex
	young, old map[string]*line
}

const (
	cachedLines  = 1 << 14 // a generation
	cachedLength = 256     // of the longest line that is kept
)

func (c *lineCache) get(text []byte) *line {
	c.mu.RLock()
	l := c.young[string(text)]
	if l == nil {
		if l = c.old[string(text)]; l != nil {
			c.mu.RUnlock()
			c.put(l)
			return l
		}
	}
	c.mu.RUnlock()
	return l
}

func (c *lineCache) put(l *line) {
	if len(l.text) > cachedLength {
		return
	}
	c.mu.Lock()
	if c.young == nil || len(c.young) >= cachedLines {
		c.old, c.young = c.young, make(map[string]*line, 64)
	}
	c.young[l.text] = l
	c.mu.Unlock()
}

// maxGames is how many games are remembered at a time.
const maxGames = 16

var (
	cachesMu sync.Mutex
	caches   = map[games.Game]*lineCache{}
)

// cacheOf returns the lines of a game; of a game whose value cannot be compared
// nothing is remembered.
func cacheOf(game games.Game) *lineCache {
	if !reflect.TypeOf(game).Comparable() {
		return &lineCache{}
	}
	cachesMu.Lock()
	defer cachesMu.Unlock()
	c := caches[game]
	if c == nil {
		if len(caches) >= maxGames {
			clear(caches)
		}
		c = &lineCache{}
		caches[game] = c
	}
	return c
}
