package chat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"dryad/llm"
	"dryad/lspo/werewolf"
)

// Params say which model speaks and how it is asked.
type Params struct {
	// Model is the name of the model that speaks in the first iteration.
	Model string
	// Provider returns who answers for a model of that name.
	Provider func(model string) (llm.Provider, error)
	// MaxTokens limits an answer; 0 leaves it to the model.
	MaxTokens int
	// Temperature of sampling; 0 leaves it to the model.
	Temperature float64
	// Repairs is how often an answer that cannot be read is asked for again; 1
	// by default, none when negative.
	Repairs int
	// Examples is how many examples of a latent strategy the policy keeps; 2 by
	// default.
	Examples int
	// Constrain sends with each question the JSON schema of its answer, for an
	// endpoint that holds the model to it.
	Constrain bool
	// TalkOnly leaves votes and night moves to an exact belief over roles.
	TalkOnly bool
	// Trainer, unless nil, trains a model on the preferences.
	Trainer *Trainer
	// Fault, unless nil, is told of each question that came to nothing. It may
	// be called by several goroutines.
	Fault func(error)
}

// Language is a chat model as a werewolf.Language.
type Language struct{ params Params }

var _ werewolf.Language = (*Language)(nil)

// New checks the parameters.
func New(p Params) (*Language, error) {
	if p.Provider == nil {
		return nil, errors.New("lspo/chat: a language needs a provider")
	}
	if p.Repairs == 0 {
		p.Repairs = 1
	}
	if p.Examples == 0 {
		p.Examples = 2
	}
	return &Language{p}, nil
}

// Policy is what has been learned.
type Policy struct {
	// Iteration counts how often it has learned.
	Iteration int `json:"iteration"`
	// Model is who speaks.
	Model string `json:"model"`
	// Examples of what to say.
	Examples []Example `json:"examples,omitempty"`
}

// Example is a speech that the solution of the game preferred.
type Example struct {
	Role     string  `json:"role"`
	Strategy int     `json:"strategy"`
	Text     string  `json:"text"`
	Instead  string  `json:"instead_of"`
	Margin   float64 `json:"margin"`
}

// Encode implements werewolf.Policy.
func (p *Policy) Encode() ([]byte, error) { return json.Marshal(p) }

// Start implements werewolf.Language.
func (l *Language) Start() (werewolf.Policy, error) { return &Policy{Model: l.params.Model}, nil }

// Decode implements werewolf.Language.
func (l *Language) Decode(data []byte) (werewolf.Policy, error) {
	p := &Policy{}
	if err := json.Unmarshal(data, p); err != nil {
		return nil, fmt.Errorf("read the policy of a chat model: %w", err)
	}
	return p, nil
}

// policyOf returns a policy of this language.
func policyOf(p werewolf.Policy) (*Policy, error) {
	own, ok := p.(*Policy)
	if !ok {
		return nil, fmt.Errorf("the policy is a %T, not one of a chat model", p)
	}
	return own, nil
}

// Speaker implements werewolf.Language.
func (l *Language) Speaker(policy werewolf.Policy) (werewolf.Speaker, error) {
	p, err := policyOf(policy)
	if err != nil {
		return nil, err
	}
	provider, err := l.params.Provider(p.Model)
	if err != nil {
		return nil, err
	}
	s := &speaker{params: &l.params, policy: p, provider: provider}
	if l.params.TalkOnly {
		return s, nil
	}
	return actor{s}, nil
}

// Learn implements werewolf.Language. The seed draws nothing here.
func (l *Language) Learn(ctx context.Context, policy werewolf.Policy, pairs []werewolf.Pair, _ uint64) (werewolf.Policy, error) {
	p, err := policyOf(policy)
	if err != nil {
		return nil, err
	}
	next := &Policy{Iteration: p.Iteration + 1, Model: p.Model}
	if l.params.Trainer != nil {
		if next.Model, err = l.params.Trainer.train(ctx, p, next.Iteration, pairs); err != nil {
			return nil, err
		}
	}
	if next.Model == p.Model {
		next.Examples = examples(pairs, l.params.Examples)
	}
	return next, nil
}
