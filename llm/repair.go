package llm

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// An Outcome is what a question and its repairs came to.
type Outcome struct {
	// Good says that the answer passed the check.
	Good bool
	// Answer is the model's last text.
	Answer string
	// Problems are what is still wrong with it; none if it is good.
	Problems []string
	// Attempts is how often the model was asked.
	Attempts int
	// Usage is that of all attempts together.
	Usage Usage
}

// Repair asks for an answer and, as long as check finds problems with it, asks
// again with all of them, up to repairs times more. Each attempt is a call of
// its own: the request's Attempt counts up from the one given. The model sees
// the original conversation, its last answer and the problems of that one, so
// that a long repair does not grow the prompt without bound.
//
// An empty answer is a problem like others. The error is that of the provider;
// an answer that stays bad is none. A repair whose prompt does not fit ends the
// repairs.
func Repair(ctx context.Context, provider Provider, request Request, repairs int, check func(answer string) []string) (Outcome, error) {
	return RepairWith(ctx, provider, request, RepairParams{Repairs: repairs, Check: check})
}

// RepairParams say how faulty answers go back.
type RepairParams struct {
	// Repairs is how often one goes back at most.
	Repairs int
	// Check finds the problems of an answer; none if it is good.
	Check func(answer string) []string
	// Again makes the conversation that asks for a repair; nil for the request's
	// own, followed by [Complaint].
	Again func(Outcome) []Message
}

// RepairWith is [Repair] with more settings.
func RepairWith(ctx context.Context, provider Provider, request Request, params RepairParams) (Outcome, error) {
	var outcome Outcome
	asked := request
	for {
		response, err := provider.Complete(ctx, asked)
		outcome.Usage = outcome.Usage.Plus(response.Usage)
		outcome.Attempts++
		switch {
		case errors.Is(err, ErrContext) && outcome.Attempts > 1:
			return outcome, nil // it was the repair that did not fit
		case errors.Is(err, ErrEmpty):
			outcome.Answer = ""
			outcome.Problems = []string{"the answer was empty"}
		case err != nil:
			return outcome, err
		default:
			outcome.Answer = response.Text
			outcome.Problems = params.Check(response.Text)
			if response.Truncated && len(outcome.Problems) > 0 {
				outcome.Problems = append(outcome.Problems, "the answer was cut off at the limit of its length: think less and write less")
			}
		}
		outcome.Good = len(outcome.Problems) == 0
		if outcome.Good || outcome.Attempts > params.Repairs {
			return outcome, nil
		}
		asked.Call.Attempt++
		if params.Again != nil {
			asked.Messages = params.Again(outcome)
		} else {
			asked.Messages = append(request.Messages[:len(request.Messages):len(request.Messages)], Complaint(outcome)...)
		}
	}
}

// Complaint is the answer and what is wrong with it, as turns of the
// conversation.
func Complaint(outcome Outcome) []Message {
	var text strings.Builder
	text.WriteString("Your answer has these problems:\n\n")
	for i, problem := range outcome.Problems {
		fmt.Fprintf(&text, "%d. %s\n", i+1, strings.TrimSpace(problem))
	}
	text.WriteString("\nCorrect all of them, and give the whole answer again in the same format.\n")
	turns := []Message{{Role: User, Text: text.String()}}
	if strings.TrimSpace(outcome.Answer) != "" {
		turns = append([]Message{{Role: Assistant, Text: outcome.Answer}}, turns...)
	}
	return turns
}
