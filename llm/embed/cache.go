package embed

import (
	"context"
	"fmt"
	"sync"
)

// Cache keeps vectors by the name of an embedder and the text. Implementations
// may be used by any number of goroutines at once, and neither side changes a
// vector it has handed over.
type Cache interface {
	// Lookup returns a vector for each text, nil for one it does not have.
	Lookup(ctx context.Context, name string, texts []string) ([][]float32, error)
	// Keep stores vectors; for a text it has already it may keep either vector.
	Keep(ctx context.Context, name string, texts []string, vectors [][]float32) error
}

// Cached asks an embedder only for texts that a cache does not have.
type Cached struct {
	embedder Embedder
	cache    Cache
	name     string
}

var _ Embedder = (*Cached)(nil)

// NewCached puts a cache before an embedder. The name must tell the embedder from
// every other one that shares the cache: kind, model and number of dimensions.
func NewCached(e Embedder, c Cache, name string) *Cached {
	return &Cached{embedder: e, cache: c, name: name}
}

// Dimensions implements Embedder.
func (c *Cached) Dimensions() int { return c.embedder.Dimensions() }

// Embed implements Embedder. A text that occurs more than once is embedded once.
// Cached vectors of another length than Dimensions count as absent.
func (c *Cached) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	var unique []string
	index := make(map[string]int, len(texts))
	for _, text := range texts {
		if _, ok := index[text]; !ok {
			index[text] = len(unique)
			unique = append(unique, text)
		}
	}
	vectors, err := c.cache.Lookup(ctx, c.name, unique)
	if err != nil {
		return nil, fmt.Errorf("look up cached embeddings: %w", err)
	}
	if len(vectors) != len(unique) {
		return nil, fmt.Errorf("look up cached embeddings: %d vectors for %d texts", len(vectors), len(unique))
	}
	var missing []int
	var missingTexts []string
	for i, v := range vectors {
		if len(v) != c.Dimensions() {
			missing = append(missing, i)
			missingTexts = append(missingTexts, unique[i])
		}
	}
	if len(missing) > 0 {
		fresh, err := c.embedder.Embed(ctx, missingTexts)
		if err != nil {
			return nil, err
		}
		if err := c.cache.Keep(ctx, c.name, missingTexts, fresh); err != nil {
			return nil, fmt.Errorf("cache embeddings: %w", err)
		}
		for i, v := range fresh {
			vectors[missing[i]] = v
		}
	}
	result := make([][]float32, len(texts))
	for i, text := range texts {
		result[i] = vectors[index[text]]
	}
	return result, nil
}

// Memory is a Cache that lives as long as the process and forgets nothing.
type Memory struct {
	mutex   sync.RWMutex
	vectors map[entry][]float32
}

type entry struct{ name, text string }

var _ Cache = (*Memory)(nil)

// NewMemory makes an empty cache.
func NewMemory() *Memory { return &Memory{vectors: map[entry][]float32{}} }

// Lookup implements Cache.
func (m *Memory) Lookup(_ context.Context, name string, texts []string) ([][]float32, error) {
	m.mutex.RLock()
	defer m.mutex.RUnlock()
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = m.vectors[entry{name, text}]
	}
	return vectors, nil
}

// Keep implements Cache.
func (m *Memory) Keep(_ context.Context, name string, texts []string, vectors [][]float32) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for i, text := range texts {
		m.vectors[entry{name, text}] = vectors[i]
	}
	return nil
}
