package llm

import (
	"context"

	"golang.org/x/time/rate"
)

// LimitParams say how hard a provider may be pressed.
type LimitParams struct {
	// Concurrent is how many questions may be open at once; 0 for any number.
	Concurrent int
	// PerMinute is how many may be put in a minute; 0 for any number.
	PerMinute float64
}

// Limit returns the provider held to these limits. Who waits is let go when
// its context is cancelled.
func Limit(next Provider, params LimitParams) Provider {
	l := &limited{Provider: next}
	if params.Concurrent > 0 {
		l.seats = make(chan struct{}, params.Concurrent)
	}
	if params.PerMinute > 0 {
		l.pace = rate.NewLimiter(rate.Limit(params.PerMinute/60), 1)
	}
	return l
}

type limited struct {
	Provider
	seats chan struct{}
	pace  *rate.Limiter
}

func (l *limited) Complete(ctx context.Context, request Request) (Response, error) {
	if l.seats != nil {
		select {
		case l.seats <- struct{}{}:
			defer func() { <-l.seats }()
		case <-ctx.Done():
			return Response{}, ctx.Err()
		}
	}
	if l.pace != nil {
		if err := l.pace.Wait(ctx); err != nil {
			return Response{}, err
		}
	}
	return l.Provider.Complete(ctx, request)
}
