package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"dryad/games"
	"dryad/games/werewolf/rules"
	"dryad/llm"
	"dryad/lspo/werewolf"
)

// speaker asks the model what to say.
type speaker struct {
	params   *Params
	policy   *Policy
	provider llm.Provider
}

// actor is a speaker who chooses targets too.
type actor struct{ *speaker }

var _ werewolf.Actor = actor{}

// call returns the first call of a turn: what is drawn tells one turn of a run
// from all others.
func (s *speaker) call(draw *rand.Rand) llm.Call {
	return llm.Call{Generation: s.policy.Iteration, Slot: int(draw.Uint64() >> 11)}
}

// Candidates implements werewolf.Speaker: each candidate is asked for with those
// before it in sight. Those that come to nothing are left out; if all do, the
// error is that of the last.
func (s *speaker) Candidates(ctx context.Context, v *rules.View, n int, draw *rand.Rand) ([]werewolf.Candidate, error) {
	call := s.call(draw)
	var said []werewolf.Candidate
	var last error
	for range n {
		var one werewolf.Candidate
		err := s.ask(ctx, speechPrompt(v, s.policy.Examples, said), speechSchema(), &call, func(answer string) (err error) {
			one.Answer = answer
			one.Text, err = readSpeech(answer)
			return err
		})
		switch {
		case err == nil && !slices.ContainsFunc(said, func(c werewolf.Candidate) bool { return c.Text == one.Text }):
			said = append(said, one)
		case err != nil && (llm.IsPermanent(err) || ctx.Err() != nil):
			return nil, err
		case err != nil:
			last = err
		}
	}
	if len(said) == 0 {
		return nil, last
	}
	return said, nil
}

// Choose implements werewolf.Actor.
func (a actor) Choose(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	if len(v.Legal.List()) == 0 {
		return rules.Pass(), nil
	}
	call := a.call(draw)
	target := games.NoSeat
	err := a.ask(ctx, choicePrompt(v), choiceSchema(v), &call, func(answer string) (err error) {
		target, err = readTarget(answer, v)
		return err
	})
	if err != nil || target == games.NoSeat {
		return rules.Pass(), err
	}
	return rules.Point(target), nil
}

// ask puts a question until the answer can be read, and moves the call behind
// it. The schema is that of the answer.
func (s *speaker) ask(ctx context.Context, messages []llm.Message, schema json.RawMessage, call *llm.Call, read func(answer string) error) error {
	request := llm.Request{Call: *call, Messages: messages, MaxTokens: s.params.MaxTokens, Temperature: s.params.Temperature}
	if s.params.Constrain {
		request.Schema = schema
	}
	repairs := max(0, s.params.Repairs)
	call.Attempt += 1 + repairs
	outcome, err := llm.Repair(ctx, s.provider, request, repairs, func(answer string) []string {
		if err := read(answer); err != nil {
			return []string{err.Error()}
		}
		return nil
	})
	if err == nil && !outcome.Good {
		err = fmt.Errorf("model %s: %s", s.provider.Name(), strings.Join(outcome.Problems, "; "))
	}
	if err != nil && ctx.Err() == nil && s.params.Fault != nil {
		s.params.Fault(err)
	}
	return err
}
