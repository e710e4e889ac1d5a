package evolve

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"dryad/job"
	"dryad/llm"
	"dryad/llm/prompt"
	"dryad/policy"
)

// ModelParams says how a language model is asked for trees. The zero value of
// a field takes the default in its comment.
type ModelParams struct {
	Provider llm.Provider
	// Checker judges the answers and says which words the author may use.
	Checker *policy.Checker
	// Scenario is what the matches will be, a sentence each.
	Scenario []string
	// Tactic is what the trees shall do, in free words; may be empty.
	Tactic string
	// Repairs is how often a faulty answer goes back with its faults; 3, and
	// none if negative.
	Repairs int
	// MaxTokens bounds an answer; 0 leaves it to the model.
	MaxTokens int
	// Temperature of sampling; 0 leaves it to the model.
	Temperature float64
	// Concurrent is how many questions may be open at once; 4.
	Concurrent int
}

// Model returns a proposer that asks a language model. Its answers are keyed by
// (generation, slot, attempt); a provider that goes through a cassette pays for
// none twice.
func Model(p ModelParams) Proposer {
	if p.Repairs == 0 {
		p.Repairs = 3
	}
	if p.Concurrent == 0 {
		p.Concurrent = 4
	}
	return modelProposer{p}
}

type modelProposer struct{ p ModelParams }

func (m modelProposer) Name() string      { return "language model " + m.p.Provider.Name() }
func (modelProposer) WantsFeedback() bool { return true }
func (m modelProposer) Concurrent() int   { return m.p.Concurrent }

// Propose asks for a tree and sends faulty ones back. What stays faulty after
// the last repair is the proposal all the same: the run keeps it on record. An
// endpoint that fails for this question alone makes an empty proposal.
func (m modelProposer) Propose(ctx context.Context, q Request) (Proposal, error) {
	proposal := Proposal{Parents: []string{q.Champion.Hash}}
	for _, e := range q.Parents {
		if e != q.Champion {
			proposal.Parents = append(proposal.Parents, e.Hash)
		}
	}
	request := llm.Request{
		Call:      llm.Call{Generation: q.Generation, Slot: q.Slot},
		Messages:  prompt.Author(m.p.Author(q)),
		MaxTokens: m.p.MaxTokens, Temperature: m.p.Temperature,
		Seed: int64(q.Seed >> 33), // positive, and small enough for every endpoint
	}
	proposal.Prompt = request.Messages[0].Text + "\n\n" + request.Messages[1].Text
	outcome, err := llm.Repair(ctx, m.p.Provider, request, max(0, m.p.Repairs), func(answer string) []string {
		return m.p.Checker.Faults(prompt.Tree(answer))
	})
	var spent *llm.SpentError
	switch {
	case errors.As(err, &spent) && spent.Dollars:
		return Proposal{}, StopError{job.MaxDollars}
	case errors.As(err, &spent):
		return Proposal{}, StopError{job.MaxTokens}
	case err != nil && (llm.Fatal(err) || ctx.Err() != nil):
		return Proposal{}, err
	case err != nil:
		proposal.How, proposal.Failed = []string{"no answer: " + err.Error()}, err
		return proposal, nil
	}
	proposal.Source, proposal.Reflection = prompt.Tree(outcome.Answer), prompt.Reflection(outcome.Answer)
	proposal.How = []string{fmt.Sprintf("%s, %d of %d attempts", m.p.Provider.Name(), outcome.Attempts, 1+max(0, m.p.Repairs))}
	return proposal, nil
}

// standing says which tree it is and how it did, for the next author.
func standing(e *Entry) string {
	name := e.Name()
	head := fmt.Sprintf("%s%s, %d nodes.", strings.ToUpper(name[:1]), name[1:], e.Nodes)
	lines := e.results.Lines()
	if len(lines) == 0 {
		return head + " It has no results yet."
	}
	return head + " Its results on training maps:\n- " + strings.Join(lines, "\n- ")
}
