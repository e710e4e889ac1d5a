package queue

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"

	"dryad/queue/internal/wire"
)

// Run implements [Queue]. Jobs of other processes are told to end when the
// batch does, but may still be ending when Run returns.
func (h *Hub) Run(ctx context.Context, batch Batch) (err error) {
	r := &hubRun{Hub: h, batch: batch, name: nuid.Next(), waiting: map[int]*pending{}, places: map[uint64]int{},
		results: newOrder(batch.Deliver), events: make(chan event), done: make(chan struct{})}
	if err := r.listen(); err != nil {
		return err
	}
	desk, endDesk := r.openDesk(ctx)
	stopLocal, err := r.workHere(ctx)
	if err == nil {
		err = r.loop(ctx, desk)
	}
	// From here on the context may be over, and the server must still be told.
	tidy, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	h.link.Publish(stopSubject, []byte(r.name))
	purged := h.persist(tidy, func() error { return h.jobs.Purge(tidy, jetstream.WithPurgeSubject(jobSubject+"."+r.name+".>")) })
	if purged != nil && h.params.Servers != nil {
		h.params.Notify(fmt.Sprintf("the servers still hold jobs that are not wanted any more: %v", purged))
		purged = nil // nothing is lost by it
	}
	err = errors.Join(err, purged)
	err = errors.Join(err, r.rest(func() { stopLocal(); endDesk() }))
	r.deafen()
	return withoutStop(err)
}

// hubRun is one batch under way. Its fields belong to the goroutine of Run.
type hubRun struct {
	*Hub
	batch   Batch
	name    string
	waiting map[int]*pending // handed out, no result yet
	places  map[uint64]int   // the index of a message in the stream of jobs
	results *order
	events  chan event
	done    chan struct{} // nobody reads the events any more
	subs    []*nats.Subscription
	group   sync.WaitGroup // of what writes to events
	todo    []task         // for the desk
	past    past
	lost    int // how often in a row the watch has found nothing that answers
}

// pending is a job without a result.
type pending struct {
	job    Job
	place  uint64 // of its message in the stream
	taker  worker // who has begun with it last
	wrong  int    // results that were refused
	backs  int    // how often it was given back
	missed int    // how often the watch did not find it
	desk   bool   // this process is doing it now
	claim  *claim // what a worker says of it, while this process looks
}

// claim is a worker's result, not yet believed.
type claim struct {
	worker worker
	output []byte
	err    error
}

// event is something that the loop has to deal with: a message of a worker, a
// job that its workers have died at, a job done at the desk, or the time to
// look for lost jobs.
type event struct {
	message *nats.Msg
	died    uint64 // the place in the stream
	done    *task
	watch   bool
}

// workHere starts this process's own workers; the function that it returns
// ends them and waits for it.
func (r *hubRun) workHere(ctx context.Context) (stop func(), err error) {
	if r.params.Workers <= 0 {
		return func() {}, nil
	}
	inner, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() {
		// Its faults are faults of the server, which the batch meets as well.
		_ = serveAll(inner, r.connect, ServeParams{Version: r.params.Version, Workers: r.params.Workers, Handlers: r.params.Handlers, who: r.own})
	})
	return func() {
		cancel()
		group.Wait()
	}, nil
}

func (r *hubRun) loop(ctx context.Context, desk chan<- task) error {
	next, end := iter.Pull(r.batch.Jobs)
	defer end()
	exhausted, started := false, 0
	for {
		// Jobs are handed out together when a part of the places is free: the
		// server's acknowledgements are waited for once.
		if room := r.results.next + r.params.Prefetch - started; !exhausted && (room >= (r.params.Prefetch+3)/4 || started == r.results.next) {
			var fresh []*pending
			for len(fresh) < room {
				job, more := next()
				if !more {
					exhausted = true
					break
				}
				fresh = append(fresh, &pending{job: job})
			}
			if err := r.handAll(ctx, started, fresh); err != nil {
				return err
			}
			started += len(fresh)
		}
		if exhausted && len(r.waiting) == 0 && r.past.busy == 0 {
			return nil
		}
		var give chan<- task
		var first task
		if len(r.todo) > 0 {
			give, first = desk, r.todo[0]
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case give <- first:
			r.todo = r.todo[1:]
		case e := <-r.events:
			if err := r.handle(ctx, e); err != nil {
				return err
			}
		}
	}
}

// message is what the queue keeps of a job.
func (r *hubRun) message(index int, p *pending) *nats.Msg {
	message := nats.NewMsg(fmt.Sprintf("%s.%s.%d", jobSubject, r.name, index))
	message.Data = p.job.Payload
	message.Header.Set(kindHeader, r.batch.Kind)
	message.Header.Set(versionHeader, r.params.Version)
	message.Header.Set(ackWaitHeader, r.params.AckWait.String())
	return message
}

// handAll puts new jobs into the queue, of which the first has an index.
func (r *hubRun) handAll(ctx context.Context, first int, fresh []*pending) error {
	sent := make([]jetstream.PubAckFuture, len(fresh))
	for i, p := range fresh {
		r.waiting[first+i] = p
		sent[i], _ = r.stream.PublishMsgAsync(r.message(first+i, p)) // nil is handed out below
	}
	for i, p := range fresh {
		if sent[i] != nil {
			select {
			case kept := <-sent[i].Ok():
				p.place = kept.Sequence
				r.places[p.place] = first + i
				continue
			case <-sent[i].Err():
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if err := r.hand(ctx, first+i, p); err != nil {
			return err
		}
	}
	return nil
}

// hand puts a job into the queue.
func (r *hubRun) hand(ctx context.Context, index int, p *pending) error {
	var kept *jetstream.PubAck
	err := r.persist(ctx, func() (err error) {
		kept, err = r.stream.PublishMsg(ctx, r.message(index, p))
		return err
	})
	if err != nil {
		return fmt.Errorf("hand out job %s: %w", p.job.Key, err)
	}
	delete(r.places, p.place)
	p.place = kept.Sequence
	r.places[p.place] = index
	return nil
}

// handle deals with one event.
func (r *hubRun) handle(ctx context.Context, e event) error {
	switch {
	case e.watch:
		return r.watch(ctx)
	case e.done != nil:
		return r.judge(ctx, e.done)
	case e.died > 0:
		if index, known := r.places[e.died]; known {
			return r.bury(ctx, index)
		}
		return nil
	}
	m := e.message
	if _, index, ok := wire.Place(m.Subject, takeSubject); ok {
		r.begun(index, sender(m.Header))
		return nil
	}
	if _, index, ok := wire.Place(m.Subject, backSubject); ok {
		return errors.Join(r.back(ctx, index), ignore(m.Respond(nil)))
	}
	if _, index, ok := wire.Place(m.Subject, resultSubject); ok {
		return r.result(ctx, index, m)
	}
	return nil
}

// ignore drops the error of an answer: who does not get it asks again.
func ignore(error) error { return nil }

// begun remembers who works at a job, and says who has fallen silent at it.
func (r *hubRun) begun(index int, w worker) {
	p := r.waiting[index]
	if p == nil {
		return
	}
	if before := p.taker; before.id != "" && before.id != w.id {
		r.params.Notify(fmt.Sprintf("worker %s has fallen silent at %s, which another does now", before.name, p.job.Key))
	}
	p.taker = w
}

// mostBacks is how often a job may be given back before it is done here.
const mostBacks = 100

// back puts a job into the queue anew.
func (r *hubRun) back(ctx context.Context, index int) error {
	p := r.waiting[index]
	if p == nil || p.desk {
		return nil
	}
	p.taker = worker{}
	if p.backs++; p.backs > mostBacks {
		return r.again(ctx, index, p, errors.New("it was given back too often"))
	}
	return r.hand(ctx, index, p)
}

// result takes what a worker says is the result of a job. The worker learns the
// verdict when it has been dealt with.
func (r *hubRun) result(ctx context.Context, index int, m *nats.Msg) (err error) {
	verdict := taken
	defer func() { m.Respond([]byte(verdict)) }()
	w, p := sender(m.Header), r.waiting[index]
	if reason, is := r.unwanted(w); is {
		verdict = leave + " " + reason
		if p == nil || p.desk {
			return nil
		}
		return r.again(ctx, index, p, fmt.Errorf("worker %s is not wanted", w.name))
	}
	if p == nil || p.desk {
		return nil // it came twice, or late, or belongs to nothing
	}
	result := Result{Index: index, Job: p.job, Err: failure(m.Header, m.Data)}
	if result.Err == nil {
		result.Output = m.Data
		result.Err = r.check(result)
		if result.Err != nil && w.id != r.own.id {
			reason := fmt.Sprintf("what it sent as the result of %s is none: %v", p.job.Key, result.Err)
			r.dismiss(w, reason)
			verdict = leave + " " + reason
			return r.again(ctx, index, p, result.Err)
		}
	}
	if w.id == r.own.id {
		return r.accept(ctx, result, w)
	}
	if result.Err != nil || r.audited() {
		p.claim = &claim{worker: w, output: result.Output, err: result.Err}
		return r.again(ctx, index, p, result.Err)
	}
	return r.accept(ctx, result, w)
}

// check is the batch's own judgement of an output.
func (r *hubRun) check(result Result) error {
	if r.batch.Check == nil {
		return nil
	}
	return r.batch.Check(result)
}

// accept makes a result the job's.
func (r *hubRun) accept(ctx context.Context, result Result, from worker) error {
	if p := r.waiting[result.Index]; p != nil {
		delete(r.places, p.place)
	}
	delete(r.waiting, result.Index)
	if from.id != r.own.id && result.Err == nil {
		result.By = from.id
		if r.params.Audit > 0 && r.params.Audit < 1 {
			r.past.add(from, result)
			r.believed[from.id]++
		}
	}
	return take(ctx, r.batch, r.results, result)
}

// rest deals with what comes while the batch is being ended: results of its
// jobs are still told to Ended, and nobody is left without an answer. end ends
// this process's own workers.
func (r *hubRun) rest(end func()) error {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		end()
	}()
	var all error
	for {
		select {
		case <-ended:
			return all
		case e := <-r.events:
			m := e.message
			if m == nil {
				continue
			}
			_, index, ok := wire.Place(m.Subject, resultSubject)
			if p := r.waiting[index]; ok && p != nil && !p.desk && r.batch.Ended != nil {
				w := sender(m.Header)
				_, unwanted := r.unwanted(w)
				result := Result{Index: index, Job: p.job, Output: m.Data}
				sound := failure(m.Header, m.Data) == nil && r.check(result) == nil
				if sound && !unwanted && (w.id == r.own.id || r.params.Audit == 0) {
					delete(r.waiting, index)
					all = errors.Join(all, r.batch.Ended(result))
				}
			}
			if m.Reply != "" {
				m.Respond([]byte(taken))
			}
		}
	}
}
