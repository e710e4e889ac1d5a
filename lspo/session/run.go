package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"dryad/internal/atomicfile"
	"dryad/job"
	"dryad/llm"
	"dryad/lspo"
	"dryad/store"
)

// Figures measure an iteration.
type Figures struct {
	// Value is what lspo.json holds of it.
	Value any
	// Line says it in columns that are separated by tabs.
	Line string
}

// Report is the end of a run.
type Report struct {
	Iterations []Figures
	Stopped    job.Stop
	// Page is the path of the report's page; empty where none was written.
	Page string
}

// RunParams say how far a run goes now.
type RunParams struct {
	Budget job.Budget
	// Progress is told of the work; it may be nil.
	Progress *job.Progress
}

// Run goes through the iterations, or goes on with them, and writes what the run
// leaves. When the context ends, or a budget is spent, that is the report's
// Stopped and no error.
func (s *Session) Run(ctx context.Context, p RunParams) (*Report, error) {
	r := &Report{}
	stopped, err := s.game.run(ctx, lspo.Params{
		Iterations: s.params.Settings.Iterations, Seed: s.params.Settings.Seed,
		Memory: memory{s.store, s.path(draftFile)}, Budget: p.Budget, Progress: p.Progress,
	}, func(number int, f Figures) {
		r.Iterations = append(r.Iterations, f)
		p.Progress.Say("iteration %d done", number)
	})
	ended := context.WithoutCancel(ctx)
	if reason := spentReason(err); reason != job.GoOn {
		stopped, err = reason, nil
	}
	if err != nil {
		return nil, errors.Join(err, s.store.SetStatus(ended, runID, store.Failed, err.Error()))
	}
	r.Stopped = stopped
	status := store.Finished
	if stopped.Resumable() {
		status = store.Interrupted
	}
	if err := s.store.SetStatus(ended, runID, status, stopped.Sentence()); err != nil {
		return nil, err
	}
	if err := s.writeFigures(r); err != nil {
		return nil, err
	}
	if len(r.Iterations) > 0 && stopped != job.Interrupted {
		r.Page = s.path(ReportFile)
		return r, s.WriteReport(ctx, r.Page)
	}
	return r, nil
}

// writeFigures writes lspo.json.
func (s *Session) writeFigures(r *Report) error {
	values := make([]any, len(r.Iterations))
	for i, f := range r.Iterations {
		values[i] = f.Value
	}
	text, err := json.MarshalIndent(values, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", ResultFile, err)
	}
	return atomicfile.Write(s.path(ResultFile), append(text, '\n'))
}

// spentReason returns the reason of an error that says that a model's budget is
// spent; GoOn for every other.
func spentReason(err error) job.Stop {
	var spent *llm.SpentError
	switch {
	case !errors.As(err, &spent):
		return job.GoOn
	case spent.Dollars:
		return job.MaxDollars
	}
	return job.MaxTokens
}
