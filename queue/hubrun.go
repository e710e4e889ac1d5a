package queue

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// Run implements [Queue]. Jobs of other processes are told to end when the
// batch does, but may still be ending when Run returns.
func (h *Hub) Run(ctx context.Context, batch Batch) (err error) {
	r := &hubRun{Hub: h, batch: batch, name: nuid.Next(), waiting: map[int]Job{}, results: newOrder(batch.Deliver)}
	stopLocal, err := r.workHere(ctx)
	if err != nil {
		return err
	}
	err = r.loop(ctx)
	// From here on the context may be over, and the server must still be told.
	tidy, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	h.link.Publish(stopSubject, []byte(r.name))
	err = errors.Join(err, h.jobs.Purge(tidy, jetstream.WithPurgeSubject(jobSubject+"."+r.name+".>")))
	stopLocal()
	if fault := r.rest(tidy); fault != nil {
		err = errors.Join(err, fault)
	}
	err = errors.Join(err, h.results.Purge(tidy, jetstream.WithPurgeSubject(resultSubject+"."+r.name+".>")))
	return withoutStop(err)
}

// hubRun is one batch under way.
type hubRun struct {
	*Hub
	batch   Batch
	name    string
	waiting map[int]Job // handed out, no result yet
	results *order
}

// workHere starts this process's own workers; the function that it returns
// ends them and waits for it.
func (r *hubRun) workHere(ctx context.Context) (stop func(), err error) {
	if r.params.Workers <= 0 {
		return func() {}, nil
	}
	link, err := nats.Connect("", nats.InProcessServer(r.server), nats.Token(r.params.Token))
	if err != nil {
		return nil, err
	}
	inner, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() {
		// Its faults are faults of the server, which the batch meets as well.
		_ = serve(inner, link, ServeParams{Version: r.params.Version, Workers: r.params.Workers, Handlers: r.params.Handlers})
	})
	return func() {
		cancel()
		group.Wait()
		link.Close()
	}, nil
}

func (r *hubRun) loop(ctx context.Context) error {
	arrived, stop, err := r.listen(ctx)
	if err != nil {
		return err
	}
	defer stop()
	next, end := iter.Pull(r.batch.Jobs)
	defer end()
	exhausted, started := false, 0
	for {
		for !exhausted && started < r.results.next+r.params.Ahead {
			job, more := next()
			if !more {
				exhausted = true
				break
			}
			if err := r.hand(ctx, started, job); err != nil {
				return err
			}
			started++
		}
		if exhausted && len(r.waiting) == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case message, open := <-arrived:
			if !open {
				return errors.New("the queue's server has ended")
			}
			result, fresh := r.result(message.Subject(), message.Headers(), message.Data())
			if !fresh {
				continue
			}
			if err := take(ctx, r.batch, r.results, result); err != nil {
				return err
			}
		}
	}
}

// listen receives results until stop is called.
func (r *hubRun) listen(ctx context.Context) (arrived <-chan jetstream.Msg, stop func(), err error) {
	consumer, err := r.stream.OrderedConsumer(ctx, resultsStream, jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{resultSubject + "." + r.name + ".>"},
	})
	if err != nil {
		return nil, nil, err
	}
	messages, err := consumer.Messages()
	if err != nil {
		return nil, nil, err
	}
	channel, done := make(chan jetstream.Msg), make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		defer close(channel)
		for {
			message, err := messages.Next()
			if errors.Is(err, jetstream.ErrMsgIteratorClosed) || r.link.IsClosed() {
				return
			}
			if err != nil {
				continue // a missed heartbeat; the iterator sets itself up anew
			}
			select {
			case channel <- message:
			case <-done:
				return
			}
		}
	})
	return channel, func() {
		close(done)
		messages.Stop()
		group.Wait()
	}, nil
}

// hand puts a job into the queue.
func (r *hubRun) hand(ctx context.Context, index int, job Job) error {
	message := nats.NewMsg(fmt.Sprintf("%s.%s.%d", jobSubject, r.name, index))
	message.Data = job.Payload
	message.Header.Set(kindHeader, r.batch.Kind)
	message.Header.Set(versionHeader, r.params.Version)
	message.Header.Set(deathsHeader, strconv.Itoa(r.params.Deaths))
	message.Header.Set(patienceHeader, r.params.Patience.String())
	if _, err := r.stream.PublishMsg(ctx, message); err != nil {
		return fmt.Errorf("hand out job %s: %w", job.Key, err)
	}
	r.waiting[index] = job
	return nil
}

// result reads a message; fresh is false for one that came before.
func (r *hubRun) result(subject string, header nats.Header, data []byte) (result Result, fresh bool) {
	index, err := strconv.Atoi(subject[strings.LastIndexByte(subject, '.')+1:])
	if err != nil {
		return Result{}, false
	}
	job, waited := r.waiting[index]
	if !waited {
		return Result{}, false
	}
	delete(r.waiting, index)
	result = Result{Index: index, Job: job, Err: failure(header, data)}
	if result.Err == nil {
		result.Output = data
	}
	return result, true
}

// rest tells of results that came while the batch was being ended.
func (r *hubRun) rest(ctx context.Context) error {
	if r.batch.Ended == nil {
		return nil
	}
	for index := range r.results.next + r.params.Ahead {
		if _, waited := r.waiting[index]; !waited {
			continue
		}
		message, err := r.Hub.results.GetLastMsgForSubject(ctx, fmt.Sprintf("%s.%s.%d", resultSubject, r.name, index))
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if result, fresh := r.result(message.Subject, message.Header, message.Data); fresh && result.Err == nil {
			if err := r.batch.Ended(result); err != nil {
				return err
			}
		}
	}
	return nil
}
