package dsl

import "sync"

// lineCache remembers what lines mean, by their text. It holds two
// generations: when the young one is full it becomes the old one, and what was
// used in between is carried over. Its size is bounded by the number of lines
// and by their length; it is safe for concurrent use.
type lineCache struct {
	mu         sync.RWMutex
	young, old map[string]*lineMeaning
}

const (
	cachedLines  = 1 << 14 // a generation
	cachedLength = 256     // of the longest line that is kept
)

func (c *lineCache) get(text string) *lineMeaning {
	c.mu.RLock()
	meaning := c.young[text]
	if meaning == nil {
		if meaning = c.old[text]; meaning != nil {
			c.mu.RUnlock()
			c.put(text, meaning)
			return meaning
		}
	}
	c.mu.RUnlock()
	return meaning
}

func (c *lineCache) put(text string, meaning *lineMeaning) {
	if len(text) > cachedLength {
		return
	}
	c.mu.Lock()
	if c.young == nil || len(c.young) >= cachedLines {
		c.old, c.young = c.young, make(map[string]*lineMeaning, 64)
	}
	c.young[text] = meaning
	c.mu.Unlock()
}

var lines lineCache
