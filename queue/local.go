package queue

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"sync"
)

// Local works in goroutines of this process.
type Local struct {
	// Workers is the number of jobs at a time; 0 stands for the number of
	// processors. It never changes what is delivered.
	Workers int
	// Handlers are the kinds of jobs that can be done.
	Handlers Handlers
}

var _ Queue = (*Local)(nil)

// Run implements [Queue].
func (l *Local) Run(ctx context.Context, batch Batch) (err error) {
	workers := l.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	inner, cancel := context.WithCancel(ctx)
	todo := make(chan Result)
	done := make(chan Result)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for result := range todo {
				result.Output, result.Err = l.Handlers.handle(inner, batch.Kind, result.Job.Payload)
				done <- result
			}
		})
	}
	next, stop := iter.Pull(batch.Jobs)
	defer stop()
	defer cancel()

	// A job may end this many places before its turn; the next one waits.
	window := 4 * workers
	results := newOrder(batch.Deliver)
	running, started := 0, 0
	var waiting *Result
	exhausted := false
	for err == nil {
		if waiting == nil && !exhausted && started < results.next+window {
			if job, more := next(); more {
				waiting = &Result{Index: started, Job: job}
				started++
			} else {
				exhausted = true
			}
		}
		if waiting == nil && running == 0 {
			break
		}
		var send chan Result
		var first Result
		if waiting != nil {
			send, first = todo, *waiting
		}
		select {
		case <-ctx.Done():
			err = ctx.Err()
		case send <- first:
			waiting = nil
			running++
		case result := <-done:
			running--
			err = take(ctx, batch, results, result)
		}
	}
	// Cancel what runs, and still tell of what ends nevertheless.
	cancel()
	close(todo)
	for ; running > 0; running-- {
		if result := <-done; result.Err == nil && batch.Ended != nil {
			err = errors.Join(err, batch.Ended(result))
		}
	}
	group.Wait()
	return withoutStop(err)
}

// take tells the batch of one result that came while it was going on.
func take(ctx context.Context, batch Batch, results *order, result Result) error {
	if result.Err != nil && ctx.Err() != nil {
		return ctx.Err() // cancelled, not failed
	}
	if batch.Ended != nil {
		if err := batch.Ended(result); err != nil {
			return err
		}
	}
	return results.add(result)
}

// withoutStop is nil for ErrStop alone.
func withoutStop(err error) error {
	if joined, many := err.(interface{ Unwrap() []error }); many {
		var rest []error
		for _, one := range joined.Unwrap() {
			if !errors.Is(one, ErrStop) {
				rest = append(rest, one)
			}
		}
		if len(rest) == 1 {
			return rest[0]
		}
		return errors.Join(rest...)
	}
	if errors.Is(err, ErrStop) {
		return nil
	}
	return err
}
