package embed

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
)

// Cache keeps vectors by key. Implementations may be used by any number of
// goroutines at once, and neither side changes a vector it has handed over.
type Cache interface {
	// Lookup returns a vector for each key, nil for one it does not have.
	Lookup(ctx context.Context, keys []string) ([][]float32, error)
	// Keep stores vectors; a key it has already may keep either vector.
	Keep(ctx context.Context, keys []string, vectors [][]float32) error
}

// Key is the key of a text embedded by the embedder of that name: the SHA-256 of
// both, in 64 hexadecimal digits.
func Key(name, text string) string {
	digest := sha256.New()
	fmt.Fprintf(digest, "%d:%s", len(name), name)
	digest.Write([]byte(text))
	return hex.EncodeToString(digest.Sum(nil))
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
	var keys, unique []string
	index := make(map[string]int, len(texts))
	for _, text := range texts {
		if _, ok := index[text]; !ok {
			index[text] = len(unique)
			unique = append(unique, text)
			keys = append(keys, Key(c.name, text))
		}
	}
	vectors, err := c.cache.Lookup(ctx, keys)
	if err != nil {
		return nil, fmt.Errorf("look up cached embeddings: %w", err)
	}
	if len(vectors) != len(keys) {
		return nil, fmt.Errorf("look up cached embeddings: %d vectors for %d keys", len(vectors), len(keys))
	}
	var missing []int
	var missingTexts, missingKeys []string
	for i, v := range vectors {
		if len(v) != c.Dimensions() {
			missing = append(missing, i)
			missingTexts = append(missingTexts, unique[i])
			missingKeys = append(missingKeys, keys[i])
		}
	}
	if len(missing) > 0 {
		fresh, err := c.embedder.Embed(ctx, missingTexts)
		if err != nil {
			return nil, err
		}
		if err := c.cache.Keep(ctx, missingKeys, fresh); err != nil {
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
	vectors map[string][]float32
}

var _ Cache = (*Memory)(nil)

// NewMemory makes an empty cache.
func NewMemory() *Memory { return &Memory{vectors: map[string][]float32{}} }

// Lookup implements Cache.
func (m *Memory) Lookup(_ context.Context, keys []string) ([][]float32, error) {
	m.mutex.RLock()
	defer m.mutex.RUnlock()
	vectors := make([][]float32, len(keys))
	for i, key := range keys {
		vectors[i] = m.vectors[key]
	}
	return vectors, nil
}

// Keep implements Cache.
func (m *Memory) Keep(_ context.Context, keys []string, vectors [][]float32) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for i, key := range keys {
		m.vectors[key] = vectors[i]
	}
	return nil
}
