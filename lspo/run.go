package lspo

import (
	"context"
	"errors"
	"fmt"

	"dryad/games"
	"dryad/job"
)

// Params say what to run.
type Params struct {
	// Game is what is played.
	Game LanguageGame
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
	// Ended, unless nil, is told of each iteration that is complete, also of
	// those that the memory held.
	Ended func(ctx context.Context, it Iteration) error
}

// Iteration is what one iteration came to.
type Iteration struct {
	Number   int    // from 1
	Policy   []byte // who spoke in it
	Space    []byte
	Solution []byte
	Next     []byte // who speaks in the next
}

// Result is the end of a run.
type Result struct {
	// Iterations that are complete.
	Iterations []Iteration
	// Stopped says why the run ended.
	Stopped job.Stop
}

// stages of an iteration, in order; the index seeds them.
var stages = [...]string{"construct", "solve", "expand"}

// Run goes through the iterations. When the context ends or the budget is
// spent, the complete iterations come with the reason and without an error, and
// running again with the same parameters and the same memory goes on from
// there.
func Run(ctx context.Context, p Params) (*Result, error) {
	if p.Iterations < 1 {
		return nil, fmt.Errorf("lspo: %d iterations: want at least 1", p.Iterations)
	}
	if p.Memory == nil {
		p.Memory = &Forgetful{}
	}
	r := &Result{}
	err := p.run(ctx, r)
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

// stop ends the loop for a reason that is no fault.
type stop job.Stop

func (s stop) Error() string { return job.Stop(s).Sentence() }

func (p *Params) run(ctx context.Context, r *Result) error {
	start := Task{Seed: games.Mix(p.Seed, 0), Progress: p.Progress, prefix: "start", memory: p.Memory}
	policy, err := once(ctx, p.Memory, "start", func() ([]byte, error) { return p.Game.Start(ctx, start) })
	if err != nil {
		return err
	}
	var before *Iteration
	for n := 1; n <= p.Iterations; n++ {
		it := Iteration{Number: n, Policy: policy}
		for s, name := range stages {
			if err := p.stage(ctx, &it, s, name, before); err != nil {
				return err
			}
		}
		if p.Ended != nil {
			if err := p.Ended(ctx, it); err != nil {
				return err
			}
		}
		r.Iterations = append(r.Iterations, it)
		policy, before = it.Next, &it
	}
	return nil
}

// stage does one stage of an iteration, or takes it from the memory.
func (p *Params) stage(ctx context.Context, it *Iteration, s int, name string, before *Iteration) (err error) {
	if reason := p.Budget.Stop(ctx, 0); reason != job.GoOn {
		return stop(reason)
	}
	key := fmt.Sprintf("iteration %d/%s", it.Number, name)
	t := Task{
		Iteration: it.Number, Seed: games.Mix(p.Seed, uint64(it.Number), uint64(s)),
		Progress: p.Progress, prefix: key, memory: p.Memory,
	}
	result, err := once(ctx, p.Memory, key, func() ([]byte, error) {
		p.Progress.Phase(fmt.Sprintf("iteration %d of %d, %s", it.Number, p.Iterations, name), 0, 0)
		switch s {
		case 0:
			var space []byte
			if before != nil {
				space = before.Space
			}
			return p.Game.Construct(ctx, t, it.Policy, space)
		case 1:
			return p.Game.Solve(ctx, t, it.Space, before)
		default:
			return p.Game.Expand(ctx, t, it.Policy, it.Space, it.Solution)
		}
	})
	if err != nil {
		return err
	}
	*[...]*[]byte{&it.Space, &it.Solution, &it.Next}[s] = result
	return nil
}
