package llm

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"time"
)

// maxAnswer is the most bytes that are read of one answer, and maxRefusal of
// one that is none.
const (
	maxAnswer  = 8 << 20
	maxRefusal = 64 << 10
)

var errTooLong = errors.New("the answer is too long")

// reply is what came back for one request.
type reply struct {
	status     int
	streamed   bool // the body is a stream of events
	body       []byte
	location   string // of a redirect
	retryAfter time.Duration
}

// post sends a body and reads what comes back, whatever its status.
func (e *endpoint) post(ctx context.Context, body []byte) (reply, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, e.address, bytes.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	if e.params.Key != "" {
		request.Header.Set("Authorization", "Bearer "+e.params.Key)
	}
	response, err := e.client.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer response.Body.Close()
	media, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	got := reply{
		status:     response.StatusCode,
		streamed:   media == "text/event-stream",
		retryAfter: parseRetryAfter(response.Header.Get("Retry-After"), time.Now()),
		location:   response.Header.Get("Location"),
	}
	if got.status != http.StatusOK {
		got.body, _ = io.ReadAll(io.LimitReader(response.Body, maxRefusal)) // what came of it may say why
		return got, nil
	}
	got.body, err = io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	if err == nil && len(got.body) > maxAnswer {
		err = errTooLong
	}
	return got, err
}

// answer reads the body in the form that it has.
func (r *reply) answer() (answer, error) {
	if r.streamed {
		return readStream(r.body)
	}
	return readAnswer(r.body)
}

// transport is the usual one, or the one that the endpoint was given.
type transport struct{ next http.RoundTripper }

func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	if t.next != nil {
		return t.next.RoundTrip(request)
	}
	return http.DefaultTransport.RoundTrip(request)
}
