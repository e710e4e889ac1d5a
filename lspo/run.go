package lspo

import (
	"context"
	"errors"
	"fmt"

	"dryad/games"
	"dryad/job"
)

// Params say how much is run.
type Params struct {
	// Iterations is how many there are to be, at least 1.
	Iterations int
	// Seed decides everything random.
	Seed uint64
	// Memory holds what was done; nil forgets.
	Memory Memory
	// Budget stops the run between two stages.
	Budget job.Budget
	// Progress is told of the stages; it may be nil.
	Progress *job.Progress
}

// Result is the end of a run.
type Result[P, S, R, F any] struct {
	// Iterations that are complete.
	Iterations []Iteration[P, S, R, F]
	// Stopped is why the run ended.
	Stopped job.Stop
}

// The keys of the stages in a memory.
const (
	start     = "start"
	construct = "construct"
	solve     = "solve"
	prefer    = "prefer"
	expand    = "expand"
)

func keyOf(iteration int, stage string) string {
	return fmt.Sprintf("iteration %d/%s", iteration, stage)
}

// Run goes through the iterations. Ended, unless nil, is told of each one that is
// complete, also of those that the memory held. When the context ends or the
// budget is spent, the complete iterations come with the reason and without an
// error; running again with the same parameters and the same memory goes on from
// there to the same result.
func Run[P, S, R, F any](ctx context.Context, game LanguageGame[P, S, R, F], p Params, ended func(context.Context, *Iteration[P, S, R, F]) error) (*Result[P, S, R, F], error) {
	if p.Iterations < 1 {
		return nil, fmt.Errorf("lspo: %d iterations: want at least 1", p.Iterations)
	}
	if p.Memory == nil {
		p.Memory = &Forgetful{}
	}
	r := &Result[P, S, R, F]{}
	err := (&runner[P, S, R, F]{game, p, game.Codecs()}).run(ctx, r, ended)
	var end stop
	switch {
	case err == nil:
		r.Stopped = job.Finished
	case errors.As(err, &end):
		r.Stopped = job.Stop(end)
	case ctx.Err() != nil:
		r.Stopped = job.Interrupted
	default:
		return r, err
	}
	return r, nil
}

// stop ends the loop for a reason that is no error.
type stop job.Stop

func (s stop) Error() string { return job.Stop(s).Sentence() }

type runner[P, S, R, F any] struct {
	game   LanguageGame[P, S, R, F]
	params Params
	codecs Codecs[P, S, R, F]
}

func (r *runner[P, S, R, F]) run(ctx context.Context, result *Result[P, S, R, F], ended func(context.Context, *Iteration[P, S, R, F]) error) error {
	t := Task{Seed: games.Mix(r.params.Seed, 0), Progress: r.params.Progress, key: start, memory: r.params.Memory}
	policy, err := once(ctx, t.memory, t.key, r.codecs.Policy, func() (P, error) { return r.game.Start(ctx, t) })
	if err != nil {
		return err
	}
	var before *Iteration[P, S, R, F]
	for n := 1; n <= r.params.Iterations; n++ {
		it := &Iteration[P, S, R, F]{Number: n, Policy: policy}
		if err := r.iterate(ctx, it, before); err != nil {
			return err
		}
		if ended != nil {
			if err := ended(ctx, it); err != nil {
				return err
			}
		}
		result.Iterations = append(result.Iterations, *it)
		policy, before = it.Next, it
	}
	return nil
}

// iterate goes through the stages of an iteration.
func (r *runner[P, S, R, F]) iterate(ctx context.Context, it, before *Iteration[P, S, R, F]) (err error) {
	it.Space, err = stage(ctx, &r.params, it.Number, 0, construct, r.codecs.Space, func(t Task) (S, error) { return r.game.Construct(ctx, t, it, before) })
	if err != nil {
		return err
	}
	it.Solution, err = stage(ctx, &r.params, it.Number, 1, solve, r.codecs.Solution, func(t Task) (R, error) { return r.game.Solve(ctx, t, it, before) })
	if err != nil {
		return err
	}
	it.Pairs, err = stage(ctx, &r.params, it.Number, 3, prefer, r.codecs.Pairs, func(t Task) (F, error) { return r.game.Prefer(ctx, t, it) })
	if err != nil {
		return err
	}
	it.Next, err = stage(ctx, &r.params, it.Number, 2, expand, r.codecs.Policy, func(t Task) (P, error) { return r.game.Expand(ctx, t, it) })
	return err
}

// stage does one stage of an iteration, or takes it from the memory. The stream
// numbers the stage for its seed.
func stage[T any](ctx context.Context, p *Params, iteration int, stream uint64, name string, c Codec[T], work func(Task) (T, error)) (value T, err error) {
	if reason := p.Budget.Stop(ctx, 0); reason != job.GoOn {
		return value, stop(reason)
	}
	t := Task{
		Iteration: iteration, Seed: games.Mix(p.Seed, uint64(iteration), stream),
		Progress: p.Progress, key: keyOf(iteration, name), memory: p.Memory,
	}
	return once(ctx, p.Memory, t.key, c, func() (T, error) {
		p.Progress.Phase(fmt.Sprintf("iteration %d of %d, %s", iteration, p.Iterations, name), 0, 0)
		return work(t)
	})
}
