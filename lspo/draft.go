package lspo

import "context"

// Drafts is a Memory that can also keep how far a long piece of work has come: a
// draft is replaced by the next one and is gone when the work is kept.
type Drafts interface {
	Memory
	// Draft returns the draft under a key, and whether there is one.
	Draft(ctx context.Context, key string) ([]byte, bool, error)
	// PutDraft keeps a draft in the place of the one before.
	PutDraft(ctx context.Context, key string, draft []byte) error
}

// Draft returns how far the stage had come when it was stopped; false when it
// begins, and where the memory keeps no drafts.
func (t Task) Draft(ctx context.Context) ([]byte, bool, error) {
	if d, ok := t.memory.(Drafts); ok {
		return d.Draft(ctx, t.key)
	}
	return nil, false, nil
}

// PutDraft keeps how far the stage has come, where the memory keeps drafts. It
// does so even when the context has ended.
func (t Task) PutDraft(ctx context.Context, draft []byte) error {
	if d, ok := t.memory.(Drafts); ok {
		return d.PutDraft(context.WithoutCancel(ctx), t.key, draft)
	}
	return nil
}
