package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
)

// PutEmbedding stores the vector that a model gives a text; the first one
// stays. Only the text's SHA-256 is kept.
func (s *Store) PutEmbedding(ctx context.Context, text, model string, vector []float32) error {
	hash := sha256.Sum256([]byte(text))
	packed := make([]byte, 0, 4*len(vector))
	for _, x := range vector {
		packed = binary.LittleEndian.AppendUint32(packed, math.Float32bits(x))
	}
	_, err := s.insert(ctx, "store an embedding of "+model,
		`INSERT INTO embeddings (text, model, vector) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, hash[:], model, packed)
	return err
}

// Embedding returns the stored vector; the error is ErrNotFound if there is
// none.
func (s *Store) Embedding(ctx context.Context, text, model string) ([]float32, error) {
	hash := sha256.Sum256([]byte(text))
	var packed []byte
	err := s.QueryRowContext(ctx, `SELECT vector FROM embeddings WHERE text = ? AND model = ?`, hash[:], model).Scan(&packed)
	if err != nil {
		return nil, fmt.Errorf("read an embedding of %s: %w", model, notFound(err))
	}
	if len(packed)%4 != 0 {
		return nil, fmt.Errorf("read an embedding of %s: %d bytes are no vector", model, len(packed))
	}
	vector := make([]float32, len(packed)/4)
	for i := range vector {
		vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(packed[4*i:]))
	}
	return vector, nil
}
