// Package perwords remembers what was computed of a game's vocabulary.
//
//	var indexes = perwords.New(func(v *vocab.Vocabulary) *index { ... })
//	index := indexes.Of(game)
//
// A vocabulary is told by its address, so it must not change any more. It is
// for the stages of the language, not for what depends on more than the words.
package perwords

import (
	"sync"

	"dryad/vocab"
)

// Memory holds one value a vocabulary. It is safe for concurrent use.
type Memory[T any] struct {
	mu   sync.Mutex
	make func(*vocab.Vocabulary) T
	all  map[*vocab.Vocabulary]T
}

// most is how many vocabularies are remembered at a time.
const most = 64

// New makes an empty memory; compute is called at most once at a time.
func New[T any](compute func(*vocab.Vocabulary) T) *Memory[T] {
	return &Memory[T]{make: compute, all: map[*vocab.Vocabulary]T{}}
}

// Of returns the value of a vocabulary, which may be nil.
func (m *Memory[T]) Of(v *vocab.Vocabulary) T {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, known := m.all[v]
	if !known {
		if len(m.all) >= most {
			clear(m.all)
		}
		value = m.make(v)
		m.all[v] = value
	}
	return value
}
