package live

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"dryad/replay"
)

// maxAnswer bounds what is read of a server's answer.
const maxAnswer = 32 << 20

// Address reports whether a name is the address of a running match.
func Address(name string) bool { return strings.HasPrefix(name, "http://127.0.0.1:") }

// Client watches a running match.
type Client struct {
	url    string
	number string // of the match, where one follows another
}

// ErrNext says that another match has begun at the address: dial again.
var ErrNext = errors.New("another match has begun")

// Dial attaches to a running match and returns its record so far.
func Dial(ctx context.Context, url string) (*Client, *replay.Replay, error) {
	if !Address(url) {
		return nil, nil, fmt.Errorf("%s is not on this machine: the address of a match begins with http://127.0.0.1", url)
	}
	c := &Client{url: strings.TrimSuffix(url, "/") + "/"}
	file, err := c.record(ctx)
	if err != nil {
		return nil, nil, err
	}
	r, err := replay.Decode(file)
	if err != nil {
		return nil, nil, fmt.Errorf("the match at %s is %w", url, err)
	}
	return c, r, nil
}

// record fetches the record so far, and notes which match it is of.
func (c *Client) record(ctx context.Context) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+nameRecord, nil)
	if err != nil {
		return nil, err
	}
	file, header, err := c.do(request)
	if n, e := strconv.ParseUint(header.Get(numberHeader), 10, 31); err == nil && e == nil {
		c.number = strconv.FormatUint(n, 10)
	} else if err == nil {
		err = errors.New("the running match has no number")
	}
	return file, err
}

// Next waits for what the match has played beyond what somebody has. After the
// end of the match it answers at once, with an empty part. The error is [ErrNext]
// when another match has begun.
func (c *Client) Next(ctx context.Context, have replay.Have) (replay.Part, error) {
	packed, err := c.get(ctx, fmt.Sprintf("%s?match=%s&ticks=%d&events=%d&swaps=%d&forfeits=%d", namePart, c.number, have.Ticks, have.Events, have.Swaps, have.Forfeits))
	if err != nil {
		return replay.Part{}, err
	}
	return replay.DecodePart(packed)
}

// Follow sends the parts of a match to a channel, which it closes when the
// match is over, or on an error. have is what the first part follows, over
// whether the match is over already.
func (c *Client) Follow(ctx context.Context, have replay.Have, over bool, parts chan<- replay.Part) error {
	defer close(parts)
	for !over {
		p, err := c.Next(ctx, have)
		if err != nil {
			return err
		}
		select {
		case parts <- p:
		case <-ctx.Done():
			return ctx.Err()
		}
		have = replay.Have{Ticks: p.Ticks, Events: have.Events + len(p.Events), Swaps: have.Swaps + len(p.Swaps), Forfeits: have.Forfeits + len(p.Forfeits)}
		over = p.Over
	}
	return nil
}

// Wait waits until another match begins, when it returns [ErrNext], or until
// the server has ended.
func (c *Client) Wait(ctx context.Context) error {
	_, err := c.get(ctx, nameNext+"?match="+c.number)
	if err == nil {
		err = errors.New("the running match: the server has ended")
	}
	return err
}

func (c *Client) get(ctx context.Context, name string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+name, nil)
	if err != nil {
		return nil, err
	}
	body, _, err := c.do(request)
	return body, err
}

// errNotFound is the error of a name that the server does not have.
var errNotFound = errors.New("there is no such thing")

func (c *Client) do(request *http.Request) (body []byte, header http.Header, err error) {
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, nil, fmt.Errorf("the running match: %w", err)
	}
	defer answer.Body.Close()
	body, err = io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("the running match: %w", err)
	case len(body) > maxAnswer:
		return nil, nil, fmt.Errorf("the running match: its answer is over %d MiB", maxAnswer>>20)
	case answer.StatusCode == http.StatusGone:
		return nil, nil, ErrNext
	case answer.StatusCode == http.StatusNotFound:
		return nil, nil, fmt.Errorf("the running match: %w at %s", errNotFound, c.url)
	case answer.StatusCode != http.StatusOK:
		return nil, nil, fmt.Errorf("the running match: %s: %s", answer.Status, strings.TrimSpace(string(body[:min(len(body), 200)])))
	}
	return body, answer.Header, nil
}
