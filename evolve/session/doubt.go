package session

import (
	"context"
	"errors"
	"slices"

	"dryad/evolve"
	"dryad/internal/english"
	"dryad/queue"
)

// ledger is the memory of a search that knows whose word each chunk is, so that
// those of a worker that turns out to lie can be played again.
type ledger struct {
	memory
	taken map[string]bool     // whose outcomes were taken since the last chunk
	words map[string][]string // the keys of chunks, by whose word they are
}

// memory keeps chunks, and forgets them.
type memory interface {
	evolve.Memory
	// Drop forgets chunks, and all candidates.
	Drop(ctx context.Context, keys []string) error
}

// PutWork implements [evolve.Memory].
func (l *ledger) PutWork(ctx context.Context, key string, result []byte) error {
	for by := range l.taken {
		l.words[by] = append(l.words[by], key)
	}
	clear(l.taken)
	return l.memory.PutWork(ctx, key, result)
}

// search runs the search. Where a worker turns out to have lied, the chunks that
// it had a part in are forgotten, and the search goes its way anew: all other
// chunks are there, so that it plays no more than what may be otherwise.
func (s *Session) search(ctx context.Context) (*evolve.Result, error) {
	for {
		result, err := evolve.Run(ctx, s.params())
		var lie *queue.LieError
		if !errors.As(err, &lie) {
			return result, err
		}
		keys := s.ledger.words[lie.By]
		delete(s.ledger.words, lie.By)
		clear(s.ledger.taken)
		if err := s.ledger.Drop(context.WithoutCancel(ctx), slices.Compact(keys)); err != nil {
			return nil, err
		}
		s.studied = nil
		s.p.Progress.Say("worker %s has sent a wrong result: %s that it had a part in, to be played again, and all that was concluded from them", lie.Worker, english.Number(len(keys), "chunk"))
	}
}
