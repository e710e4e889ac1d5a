package queue

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"dryad/internal/english"
)

// The desk is where the hub does jobs itself that workers have failed at, and
// those whose results it audits.

// task is a job at the desk, and what came of it.
type task struct {
	index  int
	job    Job
	review bool // of a result that was accepted before
	output []byte
	err    error
}

// able reports whether this process can do the batch's jobs.
func (r *hubRun) able() bool { return r.params.Handlers[r.batch.Kind] != nil }

// openDesk starts the desk; the function that it returns ends it.
func (r *hubRun) openDesk(ctx context.Context) (desk chan<- task, end func()) {
	inner, cancel := context.WithCancel(ctx)
	tasks := make(chan task)
	var group sync.WaitGroup
	for range max(1, r.params.Workers) {
		group.Go(func() {
			for {
				select {
				case <-inner.Done():
					return
				case t := <-tasks:
					t.output, t.err = r.params.Handlers.handle(WithFetch(inner, r.given), r.batch.Kind, t.job.Payload)
					if inner.Err() != nil {
						return
					}
					select {
					case r.events <- event{done: &t}:
					case <-inner.Done():
						return
					}
				}
			}
		})
	}
	return tasks, func() {
		cancel()
		group.Wait()
	}
}

// audited draws whether a result is looked at again. Nobody can know
// beforehand, and no result depends on it.
func (r *hubRun) audited() bool {
	return r.params.Audit > 0 && rand.Float64() < r.params.Audit
}

// again has a job done once more, because of what has come of it so far: here
// if this process can, or else by whoever draws it next. A job that fails too
// often where this process cannot do it keeps its fault.
func (r *hubRun) again(ctx context.Context, index int, p *pending, fault error) error {
	if r.able() {
		p.desk = true
		r.todo = append(r.todo, task{index: index, job: p.job})
		return nil
	}
	from, said := worker{name: "nobody"}, p.claim
	if said != nil {
		from = said.worker
		r.params.Notify(fmt.Sprintf("worker %s has failed at %s: %v", from.name, p.job.Key, said.err))
	}
	p.claim, p.taker = nil, worker{}
	if p.wrong++; p.wrong >= r.params.MaxDeliveries {
		return r.accept(ctx, Result{Index: index, Job: p.job, Err: fault}, from)
	}
	return r.hand(ctx, index, p)
}

// judge compares what the desk has made of a job with what a worker says.
func (r *hubRun) judge(ctx context.Context, t *task) error {
	if t.review {
		return r.review(ctx, t)
	}
	p := r.waiting[t.index]
	if p == nil {
		return nil
	}
	result := Result{Index: t.index, Job: p.job, Output: t.output, Err: t.err}
	if result.Err == nil {
		result.Err = r.check(result)
	}
	if c := p.claim; c != nil && result.Err == nil {
		switch {
		case c.err != nil:
			r.dismiss(c.worker, fmt.Sprintf("it cannot do what this process can: %s: %v", p.job.Key, c.err))
		case !bytes.Equal(c.output, t.output):
			r.dismiss(c.worker, fmt.Sprintf("its result of %s is not the one that comes of the job", p.job.Key))
			if err := r.doubt(c.worker); err != nil {
				return err
			}
		}
	}
	return r.accept(ctx, result, r.own)
}

// bury deals with a job at which too many workers have died.
func (r *hubRun) bury(ctx context.Context, index int) error {
	p := r.waiting[index]
	if p == nil || p.desk {
		return nil
	}
	_ = r.jobs.DeleteMsg(ctx, p.place) // it may have been struck out meanwhile
	died := fmt.Errorf("%d workers have died at this job", r.params.MaxDeliveries)
	if r.params.Workers > 0 {
		return r.again(ctx, index, p, died)
	}
	return r.accept(ctx, Result{Index: index, Job: p.job, Err: died}, r.own)
}

// watch looks after jobs that have got lost: struck out without a result, or
// with a stream or a consumer that somebody has taken away.
//
// Servers that others run may be choosing another leader: they are given some time.
func (r *hubRun) watch(ctx context.Context) error {
	err := r.look(ctx)
	if err == nil || ctx.Err() != nil {
		r.lost = 0
		return err
	}
	if r.lost++; r.params.Servers != nil && time.Duration(r.lost)*r.params.AckWait < longestFailover {
		return nil
	}
	return err
}

func (r *hubRun) look(ctx context.Context) error {
	if err := r.prepare(ctx); err != nil {
		return fmt.Errorf("the queue's own state is lost: %w", err)
	}
	for index, p := range r.waiting {
		if p.desk {
			continue
		}
		_, err := r.jobs.GetMsg(ctx, p.place)
		switch {
		case err == nil:
			p.missed = 0
		case !errors.Is(err, jetstream.ErrMsgNotFound):
			return fmt.Errorf("look for job %s: %w", p.job.Key, err)
		default:
			// Its result may be on its way: a second look decides.
			if p.missed++; p.missed < 2 {
				continue
			}
			p.missed = 0
			r.params.Notify(fmt.Sprintf("worker %s has struck out %s without a result", p.taker.name, p.job.Key))
			p.taker = worker{}
			if err := r.hand(ctx, index, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// past are the results of workers that were believed without a look, so that
// those of one that turns out to lie can be looked at after all.
type past struct {
	results map[string][]old // by the identity of the worker
	count   int
	busy    int // reviews under way
}

type old struct {
	index int
	job   Job
}

// mostPast bounds how many results are kept so.
const mostPast = 20_000

func (p *past) add(w worker, r Result) {
	if p.results == nil {
		p.results = map[string][]old{}
	}
	if p.count >= mostPast {
		return
	}
	p.count++
	p.results[w.id] = append(p.results[w.id], old{r.Index, r.Job})
}

// doubt has all results of a worker done again that were believed.
func (r *hubRun) doubt(w worker) error {
	believed := r.past.results[w.id]
	all := r.believed[w.id]
	if all > len(believed) || all > 0 && r.batch.Corrected == nil {
		delete(r.believed, w.id)
		return &LieError{Worker: w.name, By: w.id, Count: all}
	}
	delete(r.believed, w.id)
	for _, o := range believed {
		r.todo = append(r.todo, task{index: o.index, job: o.job, review: true})
		r.past.busy++
	}
	r.past.count -= len(believed)
	delete(r.past.results, w.id)
	if len(believed) > 0 {
		r.params.Notify(fmt.Sprintf("%s of worker %s, believed before, to be done again", english.Number(len(believed), "result"), w.name))
	}
	return nil
}

// review puts the desk's result in the place of one that was believed.
func (r *hubRun) review(ctx context.Context, t *task) error {
	r.past.busy--
	if t.err != nil {
		return fmt.Errorf("do job %s again: %w", t.job.Key, t.err)
	}
	return r.batch.Corrected(Result{Index: t.index, Job: t.job, Output: t.output})
}
