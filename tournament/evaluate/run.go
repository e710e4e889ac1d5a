package evaluate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"dryad/job"
	"dryad/match"
	"dryad/match/dispatch"
	"dryad/queue"
	"dryad/store"
)

// Run plays all pairs that were not played yet, and reads the tables off them.
// When the context or a budget ends it, the result so far comes without an error,
// with Stopped set.
func Run(ctx context.Context, p Params) (*Result, error) {
	if err := p.complete(); err != nil {
		return nil, err
	}
	e := &evaluation{p: &p, pairs: make([]*Pair, p.pairs())}
	if err := e.recall(ctx); err != nil {
		return nil, err
	}
	stopped, err := e.play(ctx)
	if err != nil {
		return nil, err
	}
	return e.result(stopped), nil
}

// evaluation is a run at work.
type evaluation struct {
	p     *Params
	pairs []*Pair // nil for one not played
	done  int
}

// recall takes over what an earlier session has played.
func (e *evaluation) recall(ctx context.Context) error {
	if e.p.Store == nil {
		return nil
	}
	_, err := e.p.Store.Run(ctx, e.p.ID)
	if errors.Is(err, store.ErrNotFound) {
		err = e.p.Store.CreateRun(ctx, store.Run{ID: e.p.ID, Kind: "evaluate", Seed: e.p.Seed})
	}
	if err != nil {
		return err
	}
	kept, err := e.p.Store.Work(ctx, e.p.ID)
	if err != nil {
		return err
	}
	for i := range e.pairs {
		text, have := kept[e.p.fixture(i).key()]
		if !have {
			continue
		}
		e.pairs[i] = &Pair{}
		if err := json.Unmarshal(text, e.pairs[i]); err != nil {
			return fmt.Errorf("read pair %d of the run: %w", i, err)
		}
		e.done++
	}
	return nil
}

// play plays what is missing. The two matches of a pair are delivered one after
// the other, and kept when both are there.
func (e *evaluation) play(ctx context.Context) (job.Stop, error) {
	e.p.Progress.Phase("pairs", 2*e.p.pairs(), 2*e.done)
	var missing []int
	for i, pair := range e.pairs {
		if pair == nil {
			missing = append(missing, i)
		}
	}
	stopped := job.Finished
	var outcomes [2]match.Outcome
	err := e.p.Dispatch.Run(ctx, dispatch.Batch{
		Jobs: func(yield func(dispatch.Job) bool) {
			for _, i := range missing {
				for k, m := range e.p.matches(e.p.fixture(i)) {
					if !yield(dispatch.Job{Key: fmt.Sprintf("%d/%d", i, k), Match: m}) {
						return
					}
				}
			}
		},
		Deliver: func(r dispatch.Result) error {
			outcomes[r.Index%2] = r.Outcome
			e.p.Progress.Add(1)
			if r.Index%2 == 0 {
				return nil
			}
			if err := e.keep(ctx, missing[r.Index/2], outcomes); err != nil {
				return err
			}
			if reason := e.p.Budget.Stop(ctx, 2*e.done); reason != job.GoOn && e.done < len(e.pairs) {
				stopped = reason
				return queue.ErrStop
			}
			return nil
		},
	})
	if ctx.Err() != nil {
		return job.Interrupted, nil
	}
	return stopped, err
}

// keep writes a finished pair to the store.
func (e *evaluation) keep(ctx context.Context, index int, outcomes [2]match.Outcome) error {
	f := e.p.fixture(index)
	pair, err := e.p.pairOf(ctx, f, outcomes)
	if err != nil {
		return err
	}
	e.pairs[index] = &pair
	e.done++
	if e.p.Store == nil {
		return nil
	}
	text, err := json.Marshal(pair)
	if err != nil {
		return fmt.Errorf("keep pair %d: %w", index, err)
	}
	// A pair that was played is kept even when the run is being stopped.
	_, err = e.p.Store.PutWork(context.WithoutCancel(ctx), e.p.ID, f.key(), text)
	return err
}
