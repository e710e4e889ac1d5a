package llm

import (
	"context"
	"errors"
	"sync"
)

// Announce returns the provider that says the reason of each failed question,
// every reason once. Cancelled questions and spent budgets are no failures.
func Announce(next Provider, say func(reason string)) Provider {
	return &announced{Provider: next, say: say, said: map[string]bool{}}
}

// maxReasons bounds how many different reasons are said.
const maxReasons = 50

type announced struct {
	Provider
	say   func(string)
	mutex sync.Mutex
	said  map[string]bool
}

func (a *announced) Complete(ctx context.Context, request Request) (Response, error) {
	response, err := a.Provider.Complete(ctx, request)
	if err == nil || ctx.Err() != nil || IsPermanent(err) {
		return response, err // who asks ends with a permanent error, and says it
	}
	reason := err.Error()
	a.mutex.Lock()
	fresh := !a.said[reason] && len(a.said) < maxReasons
	if fresh {
		a.said[reason] = true
	}
	said := a.said[reason]
	a.mutex.Unlock()
	if fresh {
		a.say(reason)
	}
	if said {
		err = announcedError{err}
	}
	return response, err
}

// Announced reports whether Announce has said the reason of err, so that whoever
// ends because of it need not say it again.
func Announced(err error) bool {
	var said announcedError
	return errors.As(err, &said)
}

// announcedError is a failure whose reason has been said.
type announcedError struct{ error }

func (e announcedError) Unwrap() error { return e.error }
