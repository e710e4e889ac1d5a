// Package recent keeps what was computed last, so that a long job over thousands
// of inputs does not keep all of them in memory.
package recent

import "sync"

// Cache holds the values of the Limit keys that were added last. It may be used
// by several goroutines.
type Cache[K comparable, V any] struct {
	// Limit is how many values are held; it must be positive.
	Limit int

	mutex sync.Mutex
	held  map[K]V
	order []K // the keys, the oldest first
}

// Get returns the value of a key, which missing makes if it is not held. Nobody
// else gets a value meanwhile; an error is not remembered.
func (c *Cache[K, V]) Get(key K, missing func() (V, error)) (V, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if v, ok := c.held[key]; ok {
		return v, nil
	}
	v, err := missing()
	if err != nil {
		return v, err
	}
	if c.held == nil {
		c.held = make(map[K]V)
	}
	if len(c.order) >= c.Limit {
		delete(c.held, c.order[0])
		c.order = append(c.order[:0], c.order[1:]...)
	}
	c.held[key] = v
	c.order = append(c.order, key)
	return v, nil
}
