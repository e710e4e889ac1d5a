package llm

import (
	"context"
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
	if err == nil || ctx.Err() != nil || Fatal(err) {
		return response, err // who asks ends with a fatal fault, and says it
	}
	reason := err.Error()
	a.mutex.Lock()
	fresh := !a.said[reason] && len(a.said) < maxReasons
	if fresh {
		a.said[reason] = true
	}
	a.mutex.Unlock()
	if fresh {
		a.say(reason)
	}
	return response, err
}
