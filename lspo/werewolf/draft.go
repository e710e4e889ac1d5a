package werewolf

import (
	"bytes"
	"compress/flate"
	"context"
	"fmt"

	"dryad/cfr/deep"
	"dryad/lspo"
)

// drafts is how often in a stage the solver's state is kept.
const drafts = 10

// iterate runs the solver. It goes on from the draft that a stopped stage left,
// and leaves one itself when it is stopped.
func (g *Game) iterate(ctx context.Context, t lspo.Task, solver *deep.Solver) error {
	draft, some, err := t.Draft(ctx)
	if err != nil {
		return err
	}
	if some {
		if err := solver.Load(flate.NewReader(bytes.NewReader(draft))); err != nil {
			return fmt.Errorf("go on with a solver: %w", err)
		}
		t.Progress.Add(solver.Iterations())
	}
	every := max(1, g.params.Iterations/drafts)
	for solver.Iterations() < g.params.Iterations {
		if err := solver.Run(ctx, 1); err != nil {
			if ctx.Err() == nil {
				return err
			}
			if kept := keep(ctx, t, solver); kept != nil {
				return kept
			}
			return err
		}
		if n := solver.Iterations(); n%every == 0 && n < g.params.Iterations {
			if err := keep(ctx, t, solver); err != nil {
				return err
			}
		}
		t.Progress.Add(1)
	}
	return nil
}

// keep leaves a draft.
func keep(ctx context.Context, t lspo.Task, solver *deep.Solver) error {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		return fmt.Errorf("keep a solver: %w", err)
	}
	if err := solver.Save(w, nil); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("keep a solver: %w", err)
	}
	return t.PutDraft(ctx, b.Bytes())
}
