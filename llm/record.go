package llm

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
)

// An Exchange is one question with what came of it, in the form in which it is
// recorded.
type Exchange struct {
	Call
	Model    string   `json:"model"`
	Request  Question `json:"request"`
	Response Response `json:"response"`
	// Error is the fault, empty if there was none; Permanent is its kind.
	Error     string `json:"error,omitempty"`
	Permanent bool   `json:"fatal,omitempty"`
	Empty     bool   `json:"empty,omitempty"`
}

// A Question is a request without its pictures, of which only the hashes are
// kept.
type Question struct {
	Messages    []Turn          `json:"messages"`
	Temperature float64         `json:"temperature,omitempty"`
	MaxTokens   int             `json:"max_tokens,omitempty"`
	Seed        int64           `json:"seed,omitempty"`
	Schema      json.RawMessage `json:"schema,omitempty"`
	Grammar     string          `json:"grammar,omitempty"`
}

// A Turn is one message of a question.
type Turn struct {
	Role   Role     `json:"role"`
	Text   string   `json:"text"`
	Images []string `json:"images,omitempty"` // SHA-256 of each PNG file
}

// QuestionOf is the recorded form of a request.
func QuestionOf(request Request) Question {
	question := Question{
		Temperature: request.Temperature, MaxTokens: request.MaxTokens, Seed: request.Seed,
		Schema: request.Schema, Grammar: request.Grammar,
	}
	for _, message := range request.Messages {
		turn := Turn{Role: message.Role, Text: message.Text}
		for _, image := range message.Images {
			hash := sha256.Sum256(image)
			turn.Images = append(turn.Images, hex.EncodeToString(hash[:]))
		}
		question.Messages = append(question.Messages, turn)
	}
	return question
}

// A Recorder keeps exchanges. It may be called by many goroutines.
type Recorder interface {
	// Record returns when the exchange is kept; its error ends the job, since
	// paid work must not be lost.
	Record(ctx context.Context, exchange Exchange) error
}

// RecorderFunc is a function that keeps exchanges.
type RecorderFunc func(ctx context.Context, exchange Exchange) error

// Record calls the function.
func (f RecorderFunc) Record(ctx context.Context, exchange Exchange) error { return f(ctx, exchange) }

// Record returns the provider with a record of each of its exchanges, failed
// ones too. Cancelled ones are not recorded: they did not happen.
func Record(next Provider, recorder Recorder) Provider { return &recorded{next, recorder} }

type recorded struct {
	Provider
	recorder Recorder
}

func (r *recorded) Complete(ctx context.Context, request Request) (Response, error) {
	response, err := r.Provider.Complete(ctx, request)
	if err != nil && ctx.Err() != nil {
		return response, err
	}
	// What was answered is kept even if the job is being stopped.
	if failed := r.recorder.Record(context.WithoutCancel(ctx), exchangeOf(r.Name(), request, response, err)); failed != nil {
		return response, &ProviderError{Text: "the exchange could not be recorded: " + failed.Error(), Permanent: true, Cause: failed}
	}
	return response, err
}

func exchangeOf(model string, request Request, response Response, err error) Exchange {
	exchange := Exchange{Call: request.Call, Model: model, Request: QuestionOf(request), Response: response}
	if err != nil {
		exchange.Error = err.Error()
		exchange.Permanent = IsPermanent(err)
		exchange.Empty = errors.Is(err, ErrEmpty)
	}
	return exchange
}

// result is what Complete returned when the exchange was recorded.
func (e Exchange) result() (Response, error) {
	if e.Error == "" {
		return e.Response, nil
	}
	fault := &ProviderError{Text: e.Error, Permanent: e.Permanent}
	if e.Empty {
		fault.Cause = ErrEmpty
	}
	return e.Response, fault
}
