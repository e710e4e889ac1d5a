package llm

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
	openai "github.com/sashabaranov/go-openai"
)

// EndpointParams are the settings of an OpenAI-compatible endpoint.
type EndpointParams struct {
	// BaseURL is the address up to and with /v1; empty for OpenAI's own.
	BaseURL string
	// Model is the name that the endpoint knows.
	Model string
	// Key is sent in the header; empty sends none, as local servers like it.
	Key string
	// KeyVariable is the environment variable that Key came from, for errors.
	KeyVariable string
	// Extra are fields put into the body of every request, over those that are
	// there: what an endpoint knows beyond the common interface.
	Extra map[string]json.RawMessage
	// Dialect says how the endpoint takes a grammar; empty if it takes none.
	Dialect Dialect
	// Timeout of one try; 0 for ten minutes.
	Timeout time.Duration
	// Tries is how often a question is put while the endpoint is busy, failing
	// or out of reach; 0 for 6.
	Tries int
	// FirstWait is the pause before the second try; each further one is about
	// twice as long, unless the endpoint names one; 0 for a second.
	FirstWait time.Duration
	// LongestWait is the longest pause that an endpoint may ask for; one that
	// asks for more is given up; 0 for ten minutes.
	LongestWait time.Duration
	// Notify is told before each pause; nil if nobody wants to know.
	Notify func(err error, wait time.Duration)
	// Transport carries the requests; nil for the usual one.
	Transport http.RoundTripper
}

// NewEndpoint returns the provider of one model at an endpoint.
func NewEndpoint(params EndpointParams) Provider {
	if params.BaseURL == "" {
		params.BaseURL = "https://api.openai.com/v1"
	}
	if params.Timeout == 0 {
		params.Timeout = 10 * time.Minute
	}
	if params.Tries <= 0 {
		params.Tries = 6
	}
	if params.FirstWait == 0 {
		params.FirstWait = time.Second
	}
	if params.LongestWait == 0 {
		params.LongestWait = 10 * time.Minute
	}
	if params.KeyVariable == "" {
		params.KeyVariable = "OPENAI_API_KEY"
	}
	config := openai.DefaultConfig(params.Key)
	config.BaseURL = strings.TrimRight(params.BaseURL, "/")
	config.HTTPClient = &http.Client{Transport: &transport{
		next: params.Transport, extra: params.Extra, dialect: params.Dialect,
	}}
	return &endpoint{params: params, client: openai.NewClientWithConfig(config)}
}

type endpoint struct {
	params EndpointParams
	client *openai.Client
}

var _ Provider = (*endpoint)(nil)

func (e *endpoint) Name() string { return e.params.Model }

func (e *endpoint) Complete(ctx context.Context, request Request) (Response, error) {
	question, err := e.question(request)
	if err != nil {
		return Response{}, err
	}
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval = e.params.FirstWait
	pauses.Multiplier = 2
	pauses.MaxInterval = time.Minute
	tries := 0
	response, err := backoff.Retry(ctx, func() (Response, error) {
		tries++
		return e.try(ctx, question, request)
	},
		backoff.WithBackOff(pauses),
		backoff.WithMaxTries(uint(e.params.Tries)),
		backoff.WithMaxElapsedTime(0),
		backoff.WithNotify(func(err error, wait time.Duration) {
			if e.params.Notify != nil {
				e.params.Notify(plain(err), wait)
			}
		}))
	if err != nil && ctx.Err() != nil {
		return response, ctx.Err()
	}
	var again *retryable
	if errors.As(err, &again) {
		if tries > 1 {
			again.fault.Text += fmt.Sprintf(" (%d tries)", tries)
		}
		return response, again.fault
	}
	return response, err
}

// reasoningModel matches the models that take a newer field for the limit of
// tokens, and no temperature. Local servers know the older field only, which
// the client has given up; the transport writes it.
var reasoningModel = regexp.MustCompile(`^(o[1-9]|gpt-5)`)

// question is the request in the client's form.
func (e *endpoint) question(request Request) (openai.ChatCompletionRequest, error) {
	question := openai.ChatCompletionRequest{Model: e.params.Model}
	if reasoningModel.MatchString(e.params.Model) {
		question.MaxCompletionTokens = request.MaxTokens
	} else {
		question.Temperature = float32(request.Temperature)
	}
	if request.Seed != 0 {
		seed := int(request.Seed)
		question.Seed = &seed
	}
	if request.Schema != nil {
		if !json.Valid(request.Schema) {
			return question, errors.New("llm: bug: the request's schema is no JSON")
		}
		question.ResponseFormat = &openai.ChatCompletionResponseFormat{
			Type:       openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: "answer", Schema: request.Schema, Strict: true},
		}
	}
	for _, message := range request.Messages {
		sent := openai.ChatCompletionMessage{Role: string(message.Role), Content: message.Text}
		if len(message.Images) > 0 {
			sent.Content = ""
			sent.MultiContent = []openai.ChatMessagePart{{Type: openai.ChatMessagePartTypeText, Text: message.Text}}
			for _, image := range message.Images {
				sent.MultiContent = append(sent.MultiContent, openai.ChatMessagePart{
					Type: openai.ChatMessagePartTypeImageURL,
					ImageURL: &openai.ChatMessageImageURL{
						URL: "data:image/png;base64," + base64.StdEncoding.EncodeToString(image),
					},
				})
			}
		}
		question.Messages = append(question.Messages, sent)
	}
	return question, nil
}

// try puts the question once.
func (e *endpoint) try(ctx context.Context, question openai.ChatCompletionRequest, request Request) (Response, error) {
	limited, cancel := context.WithTimeout(ctx, e.params.Timeout)
	defer cancel()
	seen := &exchange{grammar: request.Grammar}
	if !reasoningModel.MatchString(e.params.Model) {
		seen.maxTokens = request.MaxTokens
	}
	answer, err := e.client.CreateChatCompletion(withExchange(limited, seen), question)
	if err != nil {
		if ctx.Err() != nil {
			return Response{}, backoff.Permanent(ctx.Err())
		}
		return Response{}, e.explain(err, seen)
	}
	response := Response{Usage: Usage{Prompt: answer.Usage.PromptTokens, Answer: answer.Usage.CompletionTokens}}
	if len(answer.Choices) > 0 {
		choice := answer.Choices[0]
		response.Text = withoutKey(choice.Message.Content, e.params.Key)
		response.Truncated = choice.FinishReason == openai.FinishReasonLength
	}
	if response.Usage.Total() == 0 {
		response.Usage = Usage{Prompt: EstimateTokens(request.Messages), Answer: textTokens(response.Text), Estimated: true}
	}
	if strings.TrimSpace(response.Text) == "" {
		reason := "no text"
		if len(answer.Choices) > 0 {
			switch choice := answer.Choices[0]; {
			case choice.Message.Refusal != "":
				reason = "a refusal: " + redact(choice.Message.Refusal, e.params.Key)
			case choice.FinishReason == openai.FinishReasonLength:
				reason = "no text before the limit of tokens: raise it"
			case choice.FinishReason == openai.FinishReasonContentFilter:
				reason = "nothing: its content filter stopped the answer"
			}
		}
		return response, backoff.Permanent(&Fault{Text: e.who() + " answered with " + reason, Cause: ErrEmpty})
	}
	return response, nil
}

// who names the model and the address, without what a URL may hide in it.
func (e *endpoint) who() string {
	return fmt.Sprintf("model %s at %s", e.params.Model, publicURL(e.params.BaseURL))
}

func publicURL(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return "the given base URL"
	}
	return (&url.URL{Scheme: parsed.Scheme, Host: parsed.Host, Path: parsed.Path}).String()
}
