package tournament

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

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
	if err := p.planned(rows); err != nil {
		return nil, err
	}
	have := make(map[string]bool, len(rows))
	for _, row := range rows {
		have[row.Key] = true
	}
	test, err := p.startTrial(rows)
	if err != nil {
		return nil, err
	}
	phase := "round-robin"
	if p.Test != nil {
		phase = "sequential test"
	}
	p.Progress.Phase(phase, p.matches(), len(rows))
	stopped, err := p.playMissing(ctx, have, test)
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
	// What the store holds says whether the test has decided: a match may have
	// been corrected since.
	if p.Test == nil || stopped != job.Finished && !result.Test.decided() {
		result.Stopped = stopped
	}
	return result, nil
}

// planned refuses rows that are not matches of this tournament: they belong to
// other settings, or the file is damaged.
func (p *Params) planned(rows []store.Match) error {
	wrong := func(row store.Match, what string) error {
		return fmt.Errorf("the stored match %q %s: the file is damaged, or of other settings; restore it from a copy, or begin a new run", row.Key, what)
	}
	for _, row := range rows {
		index, err := strconv.Atoi(row.Key)
		if err != nil || index < 0 || p.fixture(index).Key() != row.Key {
			return wrong(row, "is none of the plan")
		}
		f := p.fixture(index)
		if row.Seed != f.Seed || row.Map != f.Map {
			return wrong(row, "has another seed or map than the plan")
		}
		if want := []string{p.Competitors[f.Home].Record.Hash, p.Competitors[f.Away].Record.Hash}; !slices.Equal(row.Policies, want) {
			return wrong(row, "was played by other policies")
		}
		var r record
		if err := json.Unmarshal(row.Outcome, &r); err != nil || r.Home != f.Home || r.Away != f.Away {
			return wrong(row, "has an outcome of another match")
		}
		if _, err := r.outcome(); err != nil {
			return wrong(row, "has no result")
		}
	}
	return nil
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
// goes, until the sequential test has decided; test is nil without one.
func (p *Params) playMissing(ctx context.Context, have map[string]bool, test *trial) (job.Stop, error) {
	if test.decided() {
		return job.Finished, nil
	}
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
		Deliver: func(r dispatch.Result) error {
			if test != nil {
				if err := test.addOutcome(p.fixtureOf(r.Key), &r.Outcome); err != nil {
					return err
				}
				if test.decided() {
					return queue.ErrStop
				}
			}
			// The budget of matches is in the limit; here it is that of minutes.
			if s := p.Budget.Stop(ctx, 0); s != job.GoOn {
				stop = s
				return queue.ErrStop
			}
			return nil
		},
	})
	switch {
	case err == nil && test.decided():
		return job.Finished, nil
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
