package prompting

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"sync/atomic"

	"dryad/games"
	wolf "dryad/games/werewolf"
	"dryad/games/werewolf/rules"
	"dryad/llm"
)

// The methods.
const (
	ReAct = "react"
	ReCon = "recon"
)

// Params say who is asked, and how.
type Params struct {
	// Provider answers.
	Provider llm.Provider
	// Method is ReAct or ReCon.
	Method string
	// MaxTokens limits an answer; 0 leaves it to the model.
	MaxTokens int
	// Temperature of sampling; 0 leaves it to the model.
	Temperature float64
}

// Agent plays by asking. It may sit on several seats of several matches at once.
type Agent struct {
	params Params
	asked  atomic.Int64
	failed atomic.Int64
}

var _ wolf.Predictor = (*Agent)(nil)

// New checks the parameters.
func New(p Params) (*Agent, error) {
	if p.Provider == nil {
		return nil, errors.New("prompting: an agent needs a provider")
	}
	if p.Method != ReAct && p.Method != ReCon {
		return nil, fmt.Errorf("prompting: the method is %s or %s, not %q", ReAct, ReCon, p.Method)
	}
	return &Agent{params: p}, nil
}

// Asked returns how many turns and predictions there were, and how many of them
// came to nothing.
func (a *Agent) Asked() (turns, failed int) { return int(a.asked.Load()), int(a.failed.Load()) }

// Decide implements werewolf.Agent.
func (a *Agent) Decide(ctx context.Context, v *rules.View, draw *rand.Rand) (rules.Decision, error) {
	if v.Act == rules.Offer {
		return rules.Bid(1), nil
	}
	if v.Act != rules.Speak && v.Act != rules.Whisper && v.Legal == 0 {
		return rules.Pass(), nil
	}
	a.asked.Add(1)
	// What is drawn tells one turn of a match from all others, so that a
	// recording answers the match again.
	d, err := a.decide(ctx, v, int(draw.Uint64()>>11))
	if err != nil {
		a.failed.Add(1)
		return rules.Pass(), err
	}
	return d, nil
}

func (a *Agent) decide(ctx context.Context, v *rules.View, slot int) (rules.Decision, error) {
	if a.params.Method == ReAct {
		answer, err := a.ask(ctx, v, act(v), slot, 0)
		if err != nil {
			return rules.Pass(), err
		}
		return read(answer, v)
	}
	draft, err := a.ask(ctx, v, formulate(v), slot, 0)
	if err != nil {
		return rules.Pass(), err
	}
	if _, err := read(draft, v); err != nil {
		return rules.Pass(), err
	}
	answer, err := a.ask(ctx, v, refine(v, draft), slot, 1)
	if err != nil {
		return rules.Pass(), err
	}
	return read(answer, v)
}

// Predict implements werewolf.Predictor: the model is asked for everybody's role.
// Of whom it says nothing that can be read, nothing is predicted.
func (a *Agent) Predict(ctx context.Context, v *rules.View) []rules.Role {
	roles := make([]rules.Role, v.Set.Players)
	question := predict(v)
	h := fnv.New64a()
	h.Write([]byte(question))
	a.asked.Add(1)
	answer, err := a.ask(ctx, v, question, int(h.Sum64()>>11), 2)
	if err != nil {
		a.failed.Add(1)
		return roles
	}
	said := readRoles(answer, v.Set)
	if len(said) == 0 {
		a.failed.Add(1)
	}
	for seat, role := range said {
		roles[seat] = role
	}
	for s := range games.Seat(v.Set.Players) {
		if known := v.Known(s); known != rules.Unknown {
			roles[s] = known
		}
	}
	return roles
}

// ask puts one question and returns the JSON object of the answer.
func (a *Agent) ask(ctx context.Context, v *rules.View, question string, slot, attempt int) (json.RawMessage, error) {
	response, err := a.params.Provider.Complete(ctx, llm.Request{
		Call:      llm.Call{Slot: slot, Attempt: attempt},
		Messages:  []llm.Message{{Role: llm.System, Text: system(v)}, {Role: llm.User, Text: question}},
		MaxTokens: a.params.MaxTokens, Temperature: a.params.Temperature,
	})
	if err != nil {
		return nil, err
	}
	return llm.JSON(response.Text)
}
