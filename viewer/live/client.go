package live

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"dryad/replay"
	"dryad/viewer/live/attach"
)

// Client watches a running match, and may play a seat of it.
type Client = attach.Client

// ErrNext says that another match has begun at the address: dial again.
var ErrNext = attach.ErrNext

// Address reports whether a name is the address of a running match.
func Address(name string) bool { return attach.Address(name) }

// Dial attaches to a running match and returns its record so far.
func Dial(ctx context.Context, url string) (*Client, *replay.Replay, error) {
	return attach.Dial(ctx, url, Fetch)
}

// Fetch asks a server over HTTP.
func Fetch(ctx context.Context, url string, post []byte) (attach.Answer, error) {
	method, body := http.MethodGet, io.Reader(nil)
	if post != nil {
		method, body = http.MethodPost, bytes.NewReader(post)
	}
	request, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return attach.Answer{}, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return attach.Answer{}, err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, attach.MaxAnswer+1))
	return attach.Answer{Status: answer.StatusCode, Number: answer.Header.Get(attach.NumberHeader), Body: said}, err
}
