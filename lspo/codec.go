package lspo

import (
	"context"
	"encoding/json"
	"fmt"
)

// Codec turns a stage's result into a document with files beside it, and back.
// Results are encoded here only, where they are kept: a decoded result must serve
// as the one that was encoded.
type Codec[T any] struct {
	// Encode returns the document. It writes the files first, for a document
	// that is kept says that the stage is done.
	Encode func(ctx context.Context, value T, files Files) ([]byte, error)
	// Decode is the inverse of Encode.
	Decode func(ctx context.Context, document []byte, files Files) (T, error)
}

// Codecs are those of a game's stages.
type Codecs[P, S, R, F any] struct {
	Policy   Codec[P]
	Space    Codec[S]
	Solution Codec[R]
	Pairs    Codec[F]
}

// JSON returns the codec of a type that encoding/json writes and reads.
func JSON[T any]() Codec[T] {
	return Codec[T]{
		Encode: func(_ context.Context, value T, _ Files) ([]byte, error) { return json.Marshal(value) },
		Decode: func(_ context.Context, document []byte, _ Files) (value T, err error) {
			return value, json.Unmarshal(document, &value)
		},
	}
}

// Files are the files beside a document, by name.
type Files struct {
	memory Memory
	key    string // of the document
}

// Read returns a file. A file that is not there is an error.
func (f Files) Read(ctx context.Context, name string) ([]byte, error) {
	data, ok, err := f.memory.Work(ctx, f.key+"/"+name)
	if err == nil && !ok {
		err = fmt.Errorf("%s is missing", name)
	}
	return data, err
}

// Write keeps a file. What is written again under a name must be the same.
func (f Files) Write(ctx context.Context, name string, data []byte) error {
	return f.memory.PutWork(ctx, f.key+"/"+name, data)
}

// once returns the value that is kept under a key, or the one that work returns,
// which it keeps.
func once[T any](ctx context.Context, m Memory, key string, c Codec[T], work func() (T, error)) (value T, err error) {
	value, done, err := recall(ctx, m, key, c)
	if err != nil || done {
		return value, err
	}
	if err := ctx.Err(); err != nil {
		return value, err
	}
	if value, err = work(); err != nil {
		return value, fmt.Errorf("%s: %w", key, err)
	}
	document, err := c.Encode(context.WithoutCancel(ctx), value, Files{m, key})
	if err != nil {
		return value, fmt.Errorf("keep %s: %w", key, err)
	}
	return value, m.PutWork(context.WithoutCancel(ctx), key, document)
}

// recall returns the value that is kept under a key, and whether there is one.
func recall[T any](ctx context.Context, m Memory, key string, c Codec[T]) (value T, done bool, err error) {
	document, done, err := m.Work(ctx, key)
	if err != nil || !done {
		return value, false, err
	}
	if value, err = c.Decode(ctx, document, Files{m, key}); err != nil {
		return value, false, fmt.Errorf("read %s, which is kept: %w", key, err)
	}
	return value, true, nil
}
