package lspo

import (
	"context"
	"sync"
)

// Memory keeps what was done. It may be used by several goroutines.
type Memory interface {
	// Work returns what is kept under a key, and whether there is any.
	Work(ctx context.Context, key string) ([]byte, bool, error)
	// PutWork keeps a result durably before it returns.
	PutWork(ctx context.Context, key string, result []byte) error
}

// Forgetful is a Memory that lives as long as the process. Its zero value is
// empty.
type Forgetful struct {
	mutex  sync.Mutex
	kept   map[string][]byte
	drafts map[string][]byte
}

var _ Drafts = (*Forgetful)(nil)

// Work implements Memory.
func (f *Forgetful) Work(_ context.Context, key string) ([]byte, bool, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	result, ok := f.kept[key]
	return result, ok, nil
}

// PutWork implements Memory.
func (f *Forgetful) PutWork(_ context.Context, key string, result []byte) error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.kept == nil {
		f.kept = map[string][]byte{}
	}
	f.kept[key] = result
	delete(f.drafts, key)
	return nil
}

// Draft implements Drafts.
func (f *Forgetful) Draft(_ context.Context, key string) ([]byte, bool, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	draft, ok := f.drafts[key]
	return draft, ok, nil
}

// PutDraft implements Drafts.
func (f *Forgetful) PutDraft(_ context.Context, key string, draft []byte) error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.drafts == nil {
		f.drafts = map[string][]byte{}
	}
	f.drafts[key] = draft
	return nil
}
