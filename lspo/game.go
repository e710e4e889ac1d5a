package lspo

import (
	"context"

	"dryad/job"
)

// LanguageGame is a game played in words. It has a type for what each stage
// makes: P for policies, S for spaces of latent strategies, R for solutions, F for
// preferences. A stage may depend on its arguments and on the game only.
type LanguageGame[P, S, R, F any] interface {
	// Codecs say how the results of the stages are kept.
	Codecs() Codecs[P, S, R, F]
	// Start returns the policy that speaks in the first iteration.
	Start(ctx context.Context, t Task) (P, error)
	// Construct lets it.Policy speak and returns the latent strategies of what it
	// says. Before is the iteration before, nil in the first.
	Construct(ctx context.Context, t Task, it, before *Iteration[P, S, R, F]) (S, error)
	// Solve solves the game over the latent strategies of it.Space.
	Solve(ctx context.Context, t Task, it, before *Iteration[P, S, R, F]) (R, error)
	// Prefer returns what it.Solution prefers among the utterances of it.Space.
	Prefer(ctx context.Context, t Task, it *Iteration[P, S, R, F]) (F, error)
	// Expand returns the policy that learns from it.Pairs: it speaks in the next
	// iteration.
	Expand(ctx context.Context, t Task, it *Iteration[P, S, R, F]) (P, error)
}

// Iteration is what the stages of one iteration made. A stage is handed the
// fields of the stages before it.
type Iteration[P, S, R, F any] struct {
	Number   int // from 1
	Policy   P   // the policy that speaks
	Space    S
	Solution R
	Pairs    F
	Next     P // the policy of the next iteration
}

// Task is what a stage is told besides its inputs.
type Task struct {
	// Iteration counts from 1; it is 0 for Start.
	Iteration int
	// Seed is the stage's own.
	Seed uint64
	// Progress may be told of the stage's work; it may be nil.
	Progress *job.Progress

	key    string // of the stage
	memory Memory
}

// Once returns the result of a piece of a stage's work: what the memory holds
// under the name, or what work returns, which is kept first. The piece is a file
// of the stage, so that the codec of the stage's result finds it under the same
// name. Once may be called from several goroutines.
func Once[T any](ctx context.Context, t Task, name string, c Codec[T], work func() (T, error)) (T, error) {
	return once(ctx, t.memory, t.key+"/"+name, c, work)
}
