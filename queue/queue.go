package queue

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// ErrStop is returned by Deliver to end a batch early: what is still running
// is cancelled and Run returns nil.
var ErrStop = errors.New("stop the batch")

// A Job is one piece of work.
type Job struct {
	Key     string // what it is, unique in its batch
	Payload []byte // what its handler is given
}

// A Result is what became of a job.
type Result struct {
	Index  int // of the job in its batch, from 0
	Job    Job
	Output []byte
	Err    error // the job's own failure; the batch goes on
	// By is the identity of the worker of another process whose word the output
	// is; empty for what this process has done or compared.
	By string
}

// A LieError ends a batch: a worker has sent a wrong result, and some of its
// results were believed before that this batch cannot correct, because they were
// of earlier batches or because it has no Corrected.
type LieError struct {
	Worker string // its name
	By     string // its identity, as in [Result]
	Count  int    // of the results that were believed
}

func (e *LieError) Error() string {
	return fmt.Sprintf("worker %s has sent a wrong result, and %s believed before: begin again without it, or with every result audited", e.Worker, results(e.Count))
}

func results(n int) string {
	if n == 1 {
		return "1 of its results was"
	}
	return fmt.Sprintf("%d of its results were", n)
}

// A Batch is the work of one call of Run.
type Batch struct {
	// Kind names the handler that does these jobs.
	Kind string
	// Jobs are read lazily, a bounded number ahead of what was delivered.
	Jobs iter.Seq[Job]
	// Ended is told of each job as it ends, in any order, and of those that
	// ended while the batch was being stopped; nil if nobody wants to know. It
	// is told nothing of jobs that were cancelled. An error ends the batch.
	Ended func(Result) error
	// Check refuses what cannot be the result of its job; nil takes everything.
	// A worker of another process that sends such a thing is dismissed, and the
	// job is done by another.
	Check func(Result) error
	// Corrected is told of a result that Ended was told of before and that turns
	// out to have been wrong; nil ends the batch with a [LieError] instead. It is
	// told after the worker was found out, and of right results as well. Deliver
	// is not told again.
	Corrected func(Result) error
	// Deliver is told of each job in the order of Jobs. An error ends the
	// batch, ErrStop without making it one.
	Deliver func(Result) error
}

// A Queue runs batches.
type Queue interface {
	// Run works through the batch and returns when all is delivered, when
	// Deliver or Ended ends it, or when ctx is cancelled, with its error. No
	// job is running when it returns. A Queue runs one batch at a time.
	Run(ctx context.Context, batch Batch) error
}

// A Handler does one job. It must return soon after ctx is cancelled; an error
// that it returns then is not counted as the job's.
type Handler func(ctx context.Context, payload []byte) ([]byte, error)

// Handlers are the kinds of jobs that a worker can do.
type Handlers map[string]Handler

// A PanicError is the error of a job whose handler panicked.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("the job panicked: %v", e.Value) }
