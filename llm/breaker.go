package llm

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// DefaultFailures is how many questions running may fail before a [Breaker]
// opens.
const DefaultFailures = 5

// Breaker returns the provider with a circuit breaker before it. When so many
// questions running have failed in a way that might have passed, each after all
// of its tries, questions go one at a time: the first that is answered lets all
// through again, the first that fails too ends the asking, and all others are
// refused with a permanent [ProviderError]. 0 is for [DefaultFailures]. It looks at no
// clock; the endpoint has paused between its tries already.
func Breaker(next Provider, failures int) Provider {
	if failures <= 0 {
		failures = DefaultFailures
	}
	return &breaker{Provider: next, failures: failures, alone: make(chan struct{}, 1)}
}

type breaker struct {
	Provider
	failures int
	alone    chan struct{} // holds a value while a question goes alone
	mutex    sync.Mutex
	running  int            // failures since the last answer
	open     *ProviderError // nothing is asked any more
}

func (b *breaker) Complete(ctx context.Context, request Request) (Response, error) {
	single, refused := b.state()
	if single && refused == nil {
		select {
		case b.alone <- struct{}{}:
			defer func() { <-b.alone }()
		case <-ctx.Done():
			return Response{}, ctx.Err()
		}
		_, refused = b.state() // what the one before has found
	}
	if refused != nil {
		return Response{}, refused
	}
	response, err := b.Provider.Complete(ctx, request)
	if ctx.Err() == nil {
		if ends := b.note(single, err); ends != nil {
			return response, ends
		}
	}
	return response, err
}

// state reports whether the next question goes alone, and the fault with which
// it is refused if it is not to be put.
func (b *breaker) state() (single bool, refused error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.open != nil {
		return false, b.open
	}
	return b.running >= b.failures, nil
}

// note takes in how a question ended, and returns the fault that ends the
// asking.
func (b *breaker) note(single bool, err error) error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	var fault *ProviderError
	if !errors.As(err, &fault) || !fault.Passing {
		b.running = 0 // it was answered, or refused for a reason of its own
		return nil
	}
	b.running++
	if !single {
		return nil
	}
	b.open = &ProviderError{Permanent: true, Cause: fault, Text: fmt.Sprintf("%d questions running were not answered, so no more are asked: %s", b.running, fault.Text)}
	return b.open
}
