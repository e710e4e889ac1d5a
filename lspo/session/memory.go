package session

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"dryad/internal/atomicfile"
	"dryad/lspo"
	"dryad/store"
)

// draftFile is the file with how far the present stage has come.
const draftFile = "stage.draft"

// memory keeps the stages of a run in its store, and the draft of the
// present one in a file: the key on a line, and then the draft.
type memory struct {
	store *store.Store
	draft string // empty where no stage is worked on
}

var _ lspo.Drafts = memory{}

func (m memory) Work(ctx context.Context, key string) ([]byte, bool, error) {
	result, err := m.store.WorkResult(ctx, runID, key)
	if errors.Is(err, store.ErrNotFound) {
		return nil, false, nil
	}
	return result, err == nil, err
}

func (m memory) PutWork(ctx context.Context, key string, result []byte) error {
	// A stage that was done is kept even when the run is being stopped.
	if _, err := m.store.PutWork(context.WithoutCancel(ctx), runID, key, result); err != nil {
		return err
	}
	if _, ok, err := m.Draft(ctx, key); err != nil || !ok {
		return err
	}
	if err := os.Remove(m.draft); err != nil {
		return fmt.Errorf("end a stage: %w", err)
	}
	return nil
}

func (m memory) Draft(_ context.Context, key string) ([]byte, bool, error) {
	if m.draft == "" {
		return nil, false, nil
	}
	data, err := os.ReadFile(m.draft)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read how far a stage has come: %w", err)
	}
	draft, ok := bytes.CutPrefix(data, []byte(key+"\n"))
	return draft, ok, nil
}

func (m memory) PutDraft(_ context.Context, key string, draft []byte) error {
	if m.draft == "" {
		return nil
	}
	if err := atomicfile.Write(m.draft, append([]byte(key+"\n"), draft...)); err != nil {
		return fmt.Errorf("keep how far a stage has come: %w", err)
	}
	return nil
}
