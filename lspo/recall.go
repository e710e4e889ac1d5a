package lspo

import "context"

// Recall returns the iterations of a run that are complete in a memory. Nothing
// is played or solved.
func Recall[P, S, R, F any](ctx context.Context, game LanguageGame[P, S, R, F], m Memory) ([]Iteration[P, S, R, F], error) {
	c := game.Codecs()
	policy, done, err := recall(ctx, m, start, c.Policy)
	var all []Iteration[P, S, R, F]
	for n := 1; err == nil && done; n++ {
		it := Iteration[P, S, R, F]{Number: n, Policy: policy}
		// The last stage first: where it is missing, the others need not be read.
		if it.Next, done, err = recall(ctx, m, keyOf(n, expand), c.Policy); err != nil || !done {
			break
		}
		if it.Space, done, err = recall(ctx, m, keyOf(n, construct), c.Space); err != nil || !done {
			break
		}
		if it.Solution, done, err = recall(ctx, m, keyOf(n, solve), c.Solution); err != nil || !done {
			break
		}
		if it.Pairs, done, err = recall(ctx, m, keyOf(n, prefer), c.Pairs); err != nil || !done {
			break
		}
		all = append(all, it)
		policy = it.Next
	}
	return all, err
}

// RecallSpaces returns the spaces that are complete in a memory, one for each
// iteration from the first, also where the iteration is not complete yet.
func RecallSpaces[P, S, R, F any](ctx context.Context, game LanguageGame[P, S, R, F], m Memory) ([]S, error) {
	c := game.Codecs()
	var all []S
	for n := 1; ; n++ {
		space, done, err := recall(ctx, m, keyOf(n, construct), c.Space)
		if err != nil || !done {
			return all, err
		}
		all = append(all, space)
	}
}

// Begun reports whether a memory holds anything of a run.
func Begun(ctx context.Context, m Memory) (bool, error) {
	_, begun, err := m.Work(ctx, start)
	return begun, err
}
