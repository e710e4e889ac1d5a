package lspo

import (
	"context"

	"dryad/job"
)

// LanguageGame is a game played in words. What its methods return belongs to
// the game: the loop keeps it and hands it back. Each result may depend only on
// the method's arguments and on the game itself.
type LanguageGame interface {
	// Start returns the policy that speaks in the first iteration.
	Start(ctx context.Context, t Task) (policy []byte, err error)
	// Construct lets the policy speak and returns the latent strategies of what
	// it says; before is the space of the iteration before, nil in the first.
	Construct(ctx context.Context, t Task, policy, before []byte) (space []byte, err error)
	// Solve solves the game over the latent strategies; before is the iteration
	// before, nil in the first.
	Solve(ctx context.Context, t Task, space []byte, before *Iteration) (solution []byte, err error)
	// Expand returns the policy that speaks in the next iteration.
	Expand(ctx context.Context, t Task, policy, space, solution []byte) (next []byte, err error)
}

// Task is what a stage is told besides its inputs.
type Task struct {
	// Iteration counts from 1; it is 0 for Start.
	Iteration int
	// Seed is the stage's own.
	Seed uint64
	// Progress may be told of the stage's work; it may be nil.
	Progress *job.Progress

	prefix string
	memory Memory
}

// Once returns the result of a piece of the stage's work: what the memory holds
// under the key, or what work returns, which is kept first. Keys are the
// stage's own. It may be called from several goroutines.
func (t Task) Once(ctx context.Context, key string, work func() ([]byte, error)) ([]byte, error) {
	return once(ctx, t.memory, t.prefix+"/"+key, work)
}
