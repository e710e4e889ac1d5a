package queue_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"dryad/queue"
)

func numbers(n int) iter.Seq[queue.Job] {
	return func(yield func(queue.Job) bool) {
		for i := range n {
			if !yield(queue.Job{Key: fmt.Sprint("job ", i), Payload: []byte(fmt.Sprint(i))}) {
				return
			}
		}
	}
}

// shuffling returns a handler whose jobs end in another order than they began:
// each waits until a later one has started, as long as there are other workers.
func shuffling(workers int) queue.Handler {
	var mutex sync.Mutex
	var held []chan struct{}
	return func(ctx context.Context, payload []byte) ([]byte, error) {
		mine := make(chan struct{})
		mutex.Lock()
		held = append(held, mine)
		if len(held) >= workers || string(payload) >= "90" {
			slices.Reverse(held)
			for _, other := range held {
				close(other)
			}
			held = nil
		}
		mutex.Unlock()
		select {
		case <-mine:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		return append([]byte("result of "), payload...), nil
	}
}

// each runs a test on every kind of queue.
func each(t *testing.T, workers int, handlers func() queue.Handlers, test func(t *testing.T, q queue.Queue)) {
	t.Run(fmt.Sprintf("local with %d workers", workers), func(t *testing.T) {
		test(t, &queue.Local{Workers: workers, Handlers: handlers()})
	})
	t.Run(fmt.Sprintf("hub with %d workers", workers), func(t *testing.T) {
		test(t, hub(t, queue.HubParams{Workers: workers, Handlers: handlers(), Prefetch: 4 * workers}))
	})
}

func only(handler queue.Handler) func() queue.Handlers {
	return func() queue.Handlers { return queue.Handlers{"number": handler} }
}

func TestResultsComeInOrder(t *testing.T) {
	for _, workers := range []int{1, 2, 5} {
		handlers := func() queue.Handlers { return queue.Handlers{"number": shuffling(workers)} }
		each(t, workers, handlers, func(t *testing.T, q queue.Queue) {
			delivered, ended := 0, 0
			err := q.Run(t.Context(), queue.Batch{
				Kind: "number",
				Jobs: numbers(100),
				Ended: func(queue.Result) error {
					ended++
					return nil
				},
				Deliver: func(r queue.Result) error {
					want := fmt.Sprint("result of ", delivered)
					if r.Index != delivered || string(r.Output) != want || r.Err != nil || r.Job.Key != fmt.Sprint("job ", delivered) {
						t.Errorf("%d workers: delivery %d is %+v", workers, delivered, r)
					}
					delivered++
					return nil
				},
			})
			if err != nil || delivered != 100 || ended != 100 {
				t.Errorf("%d workers: delivered %d, ended %d, %v", workers, delivered, ended, err)
			}
		})
	}
}

func TestOneBadJobDoesNotSpoilTheBatch(t *testing.T) {
	refused := errors.New("refused")
	handler := func(_ context.Context, payload []byte) ([]byte, error) {
		switch string(payload) {
		case "3":
			panic("three")
		case "4":
			return nil, refused
		}
		return payload, nil
	}
	each(t, 2, only(handler), func(t *testing.T, q queue.Queue) {
		var faults []int
		err := q.Run(t.Context(), queue.Batch{Kind: "number", Jobs: numbers(8), Deliver: func(r queue.Result) error {
			if r.Err == nil {
				return nil
			}
			faults = append(faults, r.Index)
			var panicked *queue.PanicError
			if r.Index == 3 && (!errors.As(r.Err, &panicked) || !strings.Contains(r.Err.Error(), "three")) {
				t.Errorf("job 3: %v", r.Err)
			}
			if r.Index == 4 && r.Err.Error() != "refused" {
				t.Errorf("job 4: %v", r.Err)
			}
			return nil
		}})
		if err != nil || !slices.Equal(faults, []int{3, 4}) {
			t.Errorf("faults %v, %v", faults, err)
		}
	})
}

func TestUnknownKind(t *testing.T) {
	q := &queue.Local{Workers: 1}
	err := q.Run(t.Context(), queue.Batch{Kind: "unknown", Jobs: numbers(1), Deliver: func(r queue.Result) error { return r.Err }})
	if err == nil || !strings.Contains(err.Error(), "unknown") {
		t.Error(err)
	}
}

func echo(_ context.Context, payload []byte) ([]byte, error) { return payload, nil }

func TestDeliverEndsTheBatch(t *testing.T) {
	refused := errors.New("refused")
	for _, c := range []struct{ returned, want error }{{queue.ErrStop, nil}, {refused, refused}} {
		each(t, 3, only(echo), func(t *testing.T, q queue.Queue) {
			delivered := 0
			err := q.Run(t.Context(), queue.Batch{Kind: "number", Jobs: numbers(1000), Deliver: func(queue.Result) error {
				delivered++
				if delivered == 10 {
					return c.returned
				}
				return nil
			}})
			if !errors.Is(err, c.want) || delivered != 10 {
				t.Errorf("delivered %d, %v", delivered, err)
			}
		})
	}
}

// Jobs are read only so far ahead as the window allows: a proposer that makes
// them is not run away from its results.
func TestJobsAreReadLazily(t *testing.T) {
	each(t, 2, only(echo), func(t *testing.T, q queue.Queue) {
		read, delivered := 0, 0
		jobs := func(yield func(queue.Job) bool) {
			for i := range 500 {
				read++
				if read > delivered+9 {
					t.Errorf("job %d was read when %d were delivered", read, delivered)
				}
				if !yield(queue.Job{Key: fmt.Sprint(i)}) {
					return
				}
			}
		}
		err := q.Run(t.Context(), queue.Batch{Kind: "number", Jobs: jobs, Deliver: func(queue.Result) error {
			delivered++
			return nil
		}})
		if err != nil || delivered != 500 {
			t.Error(delivered, err)
		}
	})
}

// Cancelling stops the jobs that listen, and one that finishes all the same is
// not thrown away.
func TestCancelKeepsWhatWasFinished(t *testing.T) {
	var cancel context.CancelFunc
	var started *atomic.Int32
	handler := func(ctx context.Context, payload []byte) ([]byte, error) {
		if started.Add(1) == 2 {
			cancel()
		}
		<-ctx.Done()
		if string(payload) == "0" {
			return []byte("finished"), nil
		}
		return nil, ctx.Err()
	}
	each(t, 2, only(handler), func(t *testing.T, q queue.Queue) {
		var ctx context.Context
		ctx, cancel = context.WithCancel(t.Context())
		started = new(atomic.Int32)
		var ended []string
		err := q.Run(ctx, queue.Batch{
			Kind: "number", Jobs: numbers(10),
			Ended: func(r queue.Result) error {
				ended = append(ended, r.Job.Key)
				return nil
			},
			Deliver: func(r queue.Result) error { return nil },
		})
		if !errors.Is(err, context.Canceled) || !slices.Equal(ended, []string{"job 0"}) {
			t.Errorf("ended %v, %v", ended, err)
		}
	})
}

func BenchmarkLocal(b *testing.B) {
	b.ReportAllocs()
	q := &queue.Local{Workers: 2, Handlers: queue.Handlers{"number": echo}}
	jobs := func(yield func(queue.Job) bool) {
		for b.Loop() {
			if !yield(queue.Job{}) {
				return
			}
		}
	}
	if err := q.Run(b.Context(), queue.Batch{Kind: "number", Jobs: jobs, Deliver: func(queue.Result) error { return nil }}); err != nil {
		b.Fatal(err)
	}
}
