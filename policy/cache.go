package policy

import (
	"reflect"
	"sync"

	"dryad/dsl"
	"dryad/games"
	"dryad/policy/compile"
)

// compiled is what a source became for a game, apart from its networks. It is
// shared and not changed.
type compiled struct {
	file   *dsl.File
	faults dsl.Diagnostics
	unit   *compile.Unit
	// canonical is the text as the formatter writes it, script the Lua source
	// that it uses.
	canonical, script string
}

// compiledID is all that a compiled tree depends on.
type compiledID struct {
	game                 games.Game
	name, source, script string
	scripted             bool
	nodes, operations    int // the budget
}

// compiledCache remembers what was read lately, in two generations: a job
// reads the same candidate again when it screens it, plays it and writes it
// down.
type compiledCache struct {
	mu         sync.Mutex
	young, old map[compiledID]*compiled
}

const (
	cachedPolicies = 128     // a generation
	cachedSource   = 1 << 15 // bytes of the longest source that is kept
)

var compiledTrees compiledCache

func (c *compiledCache) get(id compiledID) *compiled {
	c.mu.Lock()
	defer c.mu.Unlock()
	if found := c.young[id]; found != nil {
		return found
	}
	found := c.old[id]
	if found != nil {
		c.put(id, found)
	}
	return found
}

// put needs the lock.
func (c *compiledCache) put(id compiledID, tree *compiled) {
	if c.young == nil || len(c.young) >= cachedPolicies {
		c.old, c.young = c.young, make(map[compiledID]*compiled, cachedPolicies)
	}
	c.young[id] = tree
}

// add remembers a tree that has no error.
func (c *compiledCache) add(id compiledID, tree *compiled) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put(id, tree)
}

// cacheable reports whether a tree can be found again.
func (id *compiledID) cacheable() bool {
	return len(id.source)+len(id.script) <= cachedSource && reflect.TypeOf(id.game).Comparable()
}
