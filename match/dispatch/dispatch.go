package dispatch

import (
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"sync"

	"dryad/match"
	"dryad/queue"
)

// Dispatcher plays matches in this process, or through a queue.
type Dispatcher struct {
	// Workers is the number of matches at a time in this process; 0 for the
	// number of processors. It never changes a result.
	Workers int
	// Queue, if any, has the matches played by handlers of [match.Kind]
	// ([match.Referee.Play]); then Workers is not looked at, and every policy
	// must be one that [match.Assign] can send.
	Queue queue.Queue
	// Begun is told of each match as it is handed out, one at a time; nil if
	// nobody wants to know. It must not wait.
	Begun func(match.Params)
	// Credit is told by [Dispatcher.Play] whose word an outcome is; nil if nobody
	// wants to know. See [queue.Result].
	Credit func(by string)
}

// A Job is one match of a batch.
type Job struct {
	Key   string // what it is, unique in its batch
	Match match.Params
}

// A Result is a job with its outcome.
type Result struct {
	Index   int // of the job in its batch, from 0
	Key     string
	Outcome match.Outcome
	By      string // whose word it is, as in [queue.Result]
}

// A Batch is the work of one call of Run.
type Batch struct {
	// Jobs are read lazily, a bounded number ahead of what was delivered.
	Jobs iter.Seq[Job]
	// Ended is told of each match as it ends, in any order, one at a time; nil
	// if nobody wants to know. An error ends the batch.
	Ended func(Result) error
	// Corrected is told of a match whose outcome Ended was told of and that was
	// wrong; nil ends the batch instead. See [queue.Batch].
	Corrected func(Result) error
	// Deliver is told of each match in the order of Jobs; nil if nobody wants
	// to know. An error ends the batch, [queue.ErrStop] without making it one.
	Deliver func(Result) error
}

// Run plays the batch. A match that cannot be played ends it with an error that
// names the match.
func (d *Dispatcher) Run(ctx context.Context, batch Batch) error {
	b := &running{batch: batch, begun: d.Begun, jobs: map[int]Job{}, outcomes: map[int]match.Outcome{}}
	q := d.Queue
	if q == nil {
		b.here = true
		q = &queue.Local{Workers: d.Workers, Handlers: queue.Handlers{match.Kind: b.play}}
	}
	if q, ok := q.(offerer); ok {
		b.offer = q.Offer
	}
	work := queue.Batch{Kind: match.Kind, Jobs: b.payloads(), Ended: b.ended, Deliver: b.deliver}
	if !b.here {
		work.Check = b.check
		if batch.Corrected != nil {
			work.Corrected = b.corrected
		}
	}
	err := q.Run(ctx, work)
	if err == nil {
		err = b.unfit
	}
	return err
}

// Play plays the matches and returns their outcomes in the same order.
func (d *Dispatcher) Play(ctx context.Context, matches []match.Params) ([]match.Outcome, error) {
	outcomes := make([]match.Outcome, len(matches))
	put := func(r Result) error {
		outcomes[r.Index] = r.Outcome
		if d.Credit != nil && r.By != "" {
			d.Credit(r.By)
		}
		return nil
	}
	err := d.Run(ctx, Batch{
		Jobs: func(yield func(Job) bool) {
			for i, p := range matches {
				if !yield(Job{Key: fmt.Sprint(i), Match: p}) {
					return
				}
			}
		},
		Ended: put, Corrected: put,
	})
	if err != nil {
		return nil, err
	}
	return outcomes, nil
}

// running is a batch that is being played.
type running struct {
	batch Batch
	begun func(match.Params)
	here  bool
	unfit error // of a match that cannot be sent
	// offer lets who plays elsewhere fetch what a match is made of; nil where
	// nobody can.
	offer match.Offer

	mutex    sync.Mutex
	jobs     map[int]Job           // not yet delivered, by index
	outcomes map[int]match.Outcome // ended and not yet delivered
}

// offerer is a queue from which workers can fetch files by their hashes.
type offerer interface {
	Offer(hash string, read func() ([]byte, error))
}

// check refuses what cannot be the outcome of its match.
func (b *running) check(r queue.Result) error {
	outcome, err := match.ReadOutcome(r.Output)
	if err != nil {
		return err
	}
	b.mutex.Lock()
	job, known := b.jobs[r.Index]
	b.mutex.Unlock()
	if !known {
		return nil // it was delivered before
	}
	return match.Credible(job.Match, &outcome)
}

// corrected tells of an outcome that takes the place of another.
func (b *running) corrected(r queue.Result) error {
	outcome, err := match.ReadOutcome(r.Output)
	if err != nil {
		return fmt.Errorf("match %s: %w", r.Job.Key, err)
	}
	return b.batch.Corrected(Result{Index: r.Index, Key: r.Job.Key, Outcome: outcome})
}

// payloads are the jobs for the queue.
func (b *running) payloads() iter.Seq[queue.Job] {
	return func(yield func(queue.Job) bool) {
		index := 0
		for job := range b.batch.Jobs {
			payload := binary.LittleEndian.AppendUint64(nil, uint64(index))
			if !b.here {
				var err error
				if payload, err = match.Assign(job.Match, b.offer); err != nil {
					b.unfit = fmt.Errorf("match %s: %w", job.Key, err)
					return
				}
			}
			b.mutex.Lock()
			b.jobs[index] = job
			b.mutex.Unlock()
			if b.begun != nil {
				b.begun(job.Match)
			}
			if !yield(queue.Job{Key: job.Key, Payload: payload}) {
				return
			}
			index++
		}
	}
}

// play is the handler of this process: the payload is the job's index.
func (b *running) play(ctx context.Context, payload []byte) ([]byte, error) {
	index := int(binary.LittleEndian.Uint64(payload))
	b.mutex.Lock()
	job := b.jobs[index]
	b.mutex.Unlock()
	outcome, err := match.Run(ctx, job.Match)
	if err != nil {
		return nil, err
	}
	b.mutex.Lock()
	b.outcomes[index] = outcome
	b.mutex.Unlock()
	return nil, nil
}

func (b *running) ended(r queue.Result) error {
	if r.Err != nil {
		return fmt.Errorf("match %s: %w", r.Job.Key, r.Err)
	}
	if !b.here {
		outcome, err := match.ReadOutcome(r.Output)
		if err != nil {
			return fmt.Errorf("match %s: %w", r.Job.Key, err)
		}
		b.mutex.Lock()
		b.outcomes[r.Index] = outcome
		b.mutex.Unlock()
	}
	if b.batch.Ended == nil {
		return nil
	}
	return b.batch.Ended(b.result(r))
}

func (b *running) deliver(r queue.Result) error {
	result := b.result(r)
	b.mutex.Lock()
	delete(b.jobs, r.Index)
	delete(b.outcomes, r.Index)
	b.mutex.Unlock()
	if b.batch.Deliver == nil {
		return nil
	}
	return b.batch.Deliver(result)
}

func (b *running) result(r queue.Result) Result {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return Result{Index: r.Index, Key: r.Job.Key, Outcome: b.outcomes[r.Index], By: r.By}
}
