package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"

	"dryad/internal/terminal"
)

// EndpointParams are the settings of an OpenAI-compatible endpoint.
type EndpointParams struct {
	// BaseURL is the address up to and with /v1, and a query if every request
	// needs one; empty for OpenAI's own. See [CheckAddress].
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
	// Stream asks for answers in pieces as they are written, so that a long one
	// does not look like silence to what stands between; what is returned is the
	// same.
	Stream bool
	// NoSeed leaves the seed out of every request, for an endpoint that refuses
	// it.
	NoSeed bool
	// Timeout of one try; 0 for ten minutes.
	Timeout time.Duration
	// Tries is how often a question is put while the endpoint is busy, failing
	// or out of reach; 0 for 6.
	Tries int
	// FirstWait is the pause before the second try; each further one is about
	// twice as long, spread at random by half, unless the endpoint names one
	// with Retry-After; 0 for a second.
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
func NewEndpoint(params EndpointParams) Provider { return newEndpoint(params) }

func newEndpoint(params EndpointParams) *endpoint {
	ask := params.Timeout
	if ask == 0 {
		ask = askTimeout
	}
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
	return &endpoint{params: params, address: completions(params.BaseURL), askTimeout: ask, client: &http.Client{
		Transport: &transport{next: params.Transport},
		// A redirect would take the key and the prompt to another place.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// completions is the address that questions are sent to: the base URL's path
// goes on, its query stays.
func completions(base string) string {
	parsed, err := url.Parse(base)
	if err != nil {
		return base // the request fails with the reason
	}
	parsed.Path = strings.TrimRight(parsed.Path, "/") + "/chat/completions"
	parsed.RawPath, parsed.Fragment = "", ""
	return parsed.String()
}

type endpoint struct {
	params  EndpointParams
	address string
	client  *http.Client
	// askTimeout bounds a question about the server itself.
	askTimeout time.Duration
}

var _ Provider = (*endpoint)(nil)

func (e *endpoint) Name() string { return e.params.Model }

func (e *endpoint) Complete(ctx context.Context, request Request) (Response, error) {
	body, err := e.body(request)
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
		return e.try(ctx, body, request)
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

// try puts the question once.
func (e *endpoint) try(ctx context.Context, body []byte, request Request) (Response, error) {
	limited, cancel := context.WithTimeout(ctx, e.params.Timeout)
	defer cancel()
	got, err := e.post(limited, body)
	if ctx.Err() != nil {
		return Response{}, backoff.Permanent(ctx.Err())
	}
	if err != nil {
		return Response{}, e.unreached(err)
	}
	if got.status != http.StatusOK {
		return Response{}, e.refused(got, readRefusal(got.body), request)
	}
	answer, err := got.answer()
	if err != nil {
		body := got.body
		if inside := (*insideError)(nil); errors.As(err, &inside) {
			body = inside.body
		}
		if refusal := readRefusal(body); refusal.named {
			return Response{}, e.refused(got, refusal, request)
		}
		return Response{}, e.unreached(err)
	}
	response := Response{Usage: answer.usage(request)}
	response.Text = withoutKey(answer.text, e.params.Key)
	response.Truncated = answer.finish == "length" || answer.finish == "max_tokens"
	if strings.TrimSpace(response.Text) == "" {
		text := e.who() + " answered with " + redact(answer.nothing(request), e.params.Key)
		return response, backoff.Permanent(&ProviderError{Text: text, Cause: ErrEmpty})
	}
	return response, nil
}

// who names the model and the address, without what a URL may hide in it.
func (e *endpoint) who() string {
	return fmt.Sprintf("model %s at %s", terminal.Clean(e.params.Model), publicURL(e.params.BaseURL))
}

// publicURL is an address without its user, query and fragment.
func publicURL(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return "the given base URL"
	}
	return (&url.URL{Scheme: parsed.Scheme, Host: parsed.Host, Path: parsed.Path}).String()
}
