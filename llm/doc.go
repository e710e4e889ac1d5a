// Package llm asks language models: through an OpenAI-compatible endpoint, or
// through any command that reads a prompt and prints an answer.
//
//	var model llm.Provider = llm.NewEndpoint(llm.EndpointParams{BaseURL: url, Model: name, Key: key})
//	model = llm.Limit(model, llm.LimitParams{Concurrent: 4})
//	model = budget.Guard(model)          // counts and caps before spending
//	model = cassette.Through(model)      // pays for no answer twice
//	outcome, err := llm.Repair(ctx, model, request, 3, func(answer string) []string {
//		return problemsOf(answer)        // all of them; none if the answer is good
//	})
//
// A [Provider] is one method and a name; limits, budgets and cassettes are
// providers around another. Every question has a [Call]: the generation, slot
// and attempt that it belongs to. Answers are looked up by it and never by the
// order in which they came, so that a run can be replayed with no call at all.
//
// Errors are one line that says what to do. Keys go into the header of a
// request and nowhere else: what comes back is searched for them.
//
// The package knows no game and no tree; llm/prompt does.
package llm
