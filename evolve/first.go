package evolve

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dryad/games"
	"dryad/llm/prompt"
)

// FirstRequest returns what the proposer of a run is asked for a slot of its
// first generation. It plays the matches of Params.Study and no others.
func FirstRequest(ctx context.Context, p Params, slot int) (Request, error) {
	if err := p.complete(); err != nil {
		return Request{}, err
	}
	if slot < 0 || slot >= p.Candidates {
		return Request{}, fmt.Errorf("there is no slot %d: a generation has slots 0 to %d", slot, p.Candidates-1)
	}
	s := &search{p: p}
	start := s.read(p.Start)
	if start.policy == nil {
		return Request{}, fmt.Errorf("the starting tree is faulty: %s", start.Faults[0])
	}
	start.Fate = Accepted
	q := Request{
		Generation: 1, Slot: slot, Seed: games.Mix(p.Seed, purposePropose, 1, uint64(slot)),
		Champion: start, Parents: []*Entry{start},
	}
	if p.Proposer.WantsFeedback() {
		var err error
		if q.Feedback, err = p.Study(ctx, start, []*Entry{start}); err != nil {
			return Request{}, err
		}
	}
	return q, nil
}

// Parts are the sections of a question, cut to the context that there is.
func (p ModelParams) Parts(q Request) ([]prompt.Part, error) {
	return prompt.Fit(prompt.Parts(p.Author(q)), newRoom(p.Context, p.MaxTokens).prompt())
}

// The parts that [ModelParams] may leave untold: what was tried, the account of the
// champion's matches but for their results and a critic's words, and the other trees.
const (
	UntoldTried   = "tried"
	UntoldAccount = "account"
	UntoldOthers  = "others"
)

// withoutAccount keeps the results and a critic's words of what the matches say.
func withoutAccount(feedback string) string {
	var kept []string
	for i, block := range strings.Split(feedback, "\n\n") {
		if block = strings.Trim(block, "\n"); i == 0 || strings.HasPrefix(block, "A critic ") {
			kept = append(kept, block)
		}
	}
	return strings.Join(kept, "\n\n")
}

// Author returns what a language model is told to answer a request.
func (p ModelParams) Author(q Request) prompt.AuthorParams {
	author := prompt.AuthorParams{
		Words: p.Checker.Runnable(), Scenario: p.Scenario, Worth: p.Worth, Lessons: p.Lessons, Tactic: p.Tactic,
		Parent: q.Champion.Source, ParentResult: standing(q.Champion), Feedback: q.Feedback, Tried: q.Tried, Slot: q.Slot, Form: p.Form, Patches: p.Patches,
	}
	if slices.Contains(p.Untold, UntoldTried) {
		author.Tried = nil
	}
	if slices.Contains(p.Untold, UntoldAccount) {
		author.Feedback = withoutAccount(q.Feedback)
	}
	for _, e := range q.Parents {
		if e != q.Champion && !slices.Contains(p.Untold, UntoldOthers) {
			author.Others = append(author.Others, prompt.Rated{Tree: e.Source, Result: standing(e)})
		}
	}
	return author
}
