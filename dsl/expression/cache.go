package expression

import (
	"strings"
	"sync"

	"dryad/dsl/internal/perwords"
	"dryad/vocab"
)

// generations is a bounded map that is safe for concurrent use: when the young
// half is full it becomes the old half, and what is used is carried over.
type generations[K comparable, V any] struct {
	mu         sync.RWMutex
	young, old map[K]V
}

const generation = 1 << 13

func (g *generations[K, V]) get(key K) (value V) {
	g.mu.RLock()
	value, ok := g.young[key]
	if ok {
		g.mu.RUnlock()
		return value
	}
	value, ok = g.old[key]
	g.mu.RUnlock()
	if ok {
		g.put(key, value)
	}
	return value
}

func (g *generations[K, V]) put(key K, value V) {
	g.mu.Lock()
	if g.young == nil || len(g.young) >= generation {
		g.old, g.young = g.young, make(map[K]V, 64)
	}
	g.young[key] = value
	g.mu.Unlock()
}

// read is an expression that was parsed: a tree of unbound nodes, or a fault.
type read struct {
	node  *Node
	fault *Fault
}

var texts generations[string, *read]

// syntaxOf parses an expression, or finds it in the cache.
func syntaxOf(source string) *read {
	if r := texts.get(source); r != nil {
		return r
	}
	source = strings.Clone(source)
	node, fault := parse(source)
	r := &read{node, fault}
	if len(source) <= maxText {
		texts.put(source, r)
	}
	return r
}

// boundID names an expression that was bound to a vocabulary alone.
type boundID struct {
	source string
	want   vocab.Kind
}

type boundExpression struct {
	node   *Node
	faults []Fault
}

// vocabularyIndex finds the words of one vocabulary fast.
type vocabularyIndex struct {
	readings map[string]int
	names    []string
	bound    generations[boundID, *boundExpression]
}

var indexes = perwords.New(readIndex)

// indexOf returns the index of a vocabulary, which must not change any more.
func indexOf(v *vocab.Vocabulary) *vocabularyIndex { return indexes.Of(v) }

func readIndex(v *vocab.Vocabulary) *vocabularyIndex {
	index := &vocabularyIndex{readings: map[string]int{}}
	if v != nil {
		for i := range v.Readings() {
			index.readings[v.ReadingName(i)] = i
			index.names = append(index.names, v.ReadingName(i))
		}
	}
	return index
}
