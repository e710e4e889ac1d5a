package tournament

import (
	"context"
	"errors"
	"fmt"

	"dryad/job"
	"dryad/match/dispatch"
	"dryad/queue"
	"dryad/store"
)

// Run plays the matches that the store does not hold yet, and returns the
// result of all. When the context ends or a budget is spent, the result is
// that of the matches so far, Stopped says why, and the error is nil.
func Run(ctx context.Context, p Params) (*Result, error) {
	if err := p.complete(); err != nil {
		return nil, err
	}
	if err := p.register(ctx); err != nil {
		return nil, err
	}
	rows, err := p.Store.Matches(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	have := make(map[string]bool, len(rows))
	for _, row := range rows {
		have[row.Key] = true
	}
	p.Progress.Phase("round-robin", p.matches(), len(rows))
	stopped, err := p.playMissing(ctx, have)
	// What was played is kept and read although the context may have ended.
	ctx = context.WithoutCancel(ctx)
	if err := p.Store.SetStatus(ctx, p.ID, status(stopped), string(stopped)); err != nil {
		return nil, err
	}
	if err != nil {
		return nil, err
	}
	p.Progress.Close()
	result, err := Tabulate(ctx, p)
	if err != nil {
		return nil, err
	}
	result.Stopped = stopped
	return result, nil
}

// register makes the run's row, if there is none.
func (p *Params) register(ctx context.Context) error {
	_, err := p.Store.Run(ctx, p.ID)
	if errors.Is(err, store.ErrNotFound) {
		return p.Store.CreateRun(ctx, store.Run{ID: p.ID, Kind: "tournament", Seed: p.Seed})
	}
	if err != nil {
		return err
	}
	return p.Store.SetStatus(ctx, p.ID, store.Running, "")
}

// status is where a run stands that stopped.
func status(s job.Stop) store.Status {
	switch s {
	case job.Finished:
		return store.Finished
	case job.Failed:
		return store.Failed
	}
	return store.Interrupted
}

// playMissing plays the matches that are not there yet, as far as the budget
// goes.
func (p *Params) playMissing(ctx context.Context, have map[string]bool) (job.Stop, error) {
	limit := p.Budget.Left(0, p.matches())
	ended := len(have)
	stop := job.GoOn
	jobs := func(yield func(dispatch.Job) bool) {
		for index := range limit {
			f := p.fixture(index)
			if !have[f.Key()] && !yield(dispatch.Job{Key: f.Key(), Match: p.match(f)}) {
				return
			}
		}
	}
	d := dispatch.Dispatcher{Workers: p.Workers, Queue: p.Queue}
	err := d.Run(ctx, dispatch.Batch{
		Jobs: jobs,
		Ended: func(r dispatch.Result) error {
			row, err := p.row(p.fixtureOf(r.Key), &r.Outcome)
			if err != nil {
				return fmt.Errorf("match %s: %w", r.Key, err)
			}
			// A finished match is kept although the context may have ended.
			if _, err := p.Store.PutMatch(context.WithoutCancel(ctx), row); err != nil {
				return err
			}
			ended++
			p.Progress.Add(1)
			return nil
		},
		Corrected: func(r dispatch.Result) error {
			row, err := p.row(p.fixtureOf(r.Key), &r.Outcome)
			if err != nil {
				return fmt.Errorf("match %s: %w", r.Key, err)
			}
			return p.Store.ReplaceMatch(context.WithoutCancel(ctx), row)
		},
		Deliver: func(dispatch.Result) error {
			// The budget of matches is in the limit; here it is that of minutes.
			if s := p.Budget.Stop(ctx, 0); s != job.GoOn {
				stop = s
				return queue.ErrStop
			}
			return nil
		},
	})
	switch {
	case ctx.Err() != nil && (err == nil || errors.Is(err, ctx.Err())):
		stop = job.Interrupted
	case err != nil:
		return job.Failed, err
	}
	switch {
	case ended >= p.matches():
		stop = job.Finished
	case stop == job.GoOn:
		stop = job.MaxMatches
	}
	return stop, nil
}
