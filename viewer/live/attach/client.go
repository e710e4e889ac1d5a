package attach

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"dryad/replay"
)

// MaxAnswer bounds the bytes that a Fetch takes of an answer.
const MaxAnswer = 32 << 20

// NumberHeader is the header of an answer that tells which match it is of.
const NumberHeader = "Dryad-Match"

// The names below a server's address.
const (
	NameRecord = "replay" // the record so far
	NamePart   = "part"   // what follows what somebody has
	NameNext   = "next"   // answers when another match has begun
	NameSeat   = "seat"   // the number of the seat that viewers may play
	NameHeld   = "held"   // takes what is held at that seat
	NameLeave  = "leave"  // gives the seat up
	NameMap    = "map"    // the map of the match, for pages
)

// Answer is what a server said.
type Answer struct {
	Status int    // of HTTP
	Number string // of the match, from the header NumberHeader; empty without
	Body   []byte // at most MaxAnswer and one byte
}

// The statuses that mean something.
const (
	statusOK       = 200
	statusNotFound = 404
	statusGone     = 410
)

// Fetch asks a server, by GET, or by POST where post is not nil.
type Fetch func(ctx context.Context, url string, post []byte) (Answer, error)

// Address reports whether a name is the address of a running match, which is on
// this machine.
func Address(name string) bool { return strings.HasPrefix(name, "http://127.0.0.1:") }

// Client watches a running match.
type Client struct {
	url    string
	fetch  Fetch
	number string // of the match, where one follows another
}

// ErrNext says that another match has begun at the address: dial again.
var ErrNext = errors.New("another match has begun")

// Dial attaches to a running match and returns its record so far. It waits for a
// match that has not begun.
func Dial(ctx context.Context, address string, fetch Fetch) (*Client, *replay.Replay, error) {
	if !Address(address) {
		return nil, nil, fmt.Errorf("%s is not on this machine: the address of a match begins with http://127.0.0.1", address)
	}
	c := &Client{url: strings.TrimSuffix(address, "/") + "/", fetch: fetch}
	a, err := c.ask(ctx, NameRecord, nil)
	if err != nil {
		return nil, nil, err
	}
	n, err := strconv.ParseUint(a.Number, 10, 31)
	if err != nil {
		return nil, nil, errors.New("the running match has no number")
	}
	c.number = strconv.FormatUint(n, 10)
	r, err := replay.Decode(a.Body)
	if err != nil {
		return nil, nil, fmt.Errorf("the match at %s is %w", address, err)
	}
	return c, r, nil
}

// Next waits for what the match has played beyond what somebody has. After the
// end of the match it answers at once, with an empty part. The error is [ErrNext]
// when another match has begun.
func (c *Client) Next(ctx context.Context, have replay.Have) (replay.Part, error) {
	query := url.Values{"match": {c.number}}
	for name, n := range map[string]int{"ticks": have.Ticks, "events": have.Events, "swaps": have.Swaps, "forfeits": have.Forfeits} {
		query.Set(name, strconv.Itoa(n))
	}
	a, err := c.ask(ctx, NamePart+"?"+query.Encode(), nil)
	if err != nil {
		return replay.Part{}, err
	}
	return replay.DecodePart(a.Body)
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
	_, err := c.ask(ctx, NameNext+"?match="+c.number, nil)
	if err == nil {
		err = errors.New("the running match: the server has ended")
	}
	return err
}

// errNotFound is the error of a name that the server does not have.
var errNotFound = errors.New("there is no such thing")

// Map returns the map of the match as a WAD file of its own, and its file's name;
// nothing for a game without maps and for generated ones.
func (c *Client) Map(ctx context.Context) (name string, wad []byte, err error) {
	a, err := c.ask(ctx, NameMap, nil)
	if err != nil || len(a.Body) == 0 {
		return "", nil, err
	}
	head, wad, found := bytes.Cut(a.Body, []byte("\n"))
	if !found {
		return "", nil, errors.New("the running match: its map has no name")
	}
	return string(head), wad, nil
}

// ask asks for a name below the address and explains what is no success.
func (c *Client) ask(ctx context.Context, name string, post []byte) (Answer, error) {
	a, err := c.fetch(ctx, c.url+name, post)
	switch {
	case err != nil:
		return a, fmt.Errorf("the running match: %w", err)
	case len(a.Body) > MaxAnswer:
		return a, fmt.Errorf("the running match: its answer is over %d MiB", MaxAnswer>>20)
	case a.Status == statusGone:
		return a, ErrNext
	case a.Status == statusNotFound:
		return a, fmt.Errorf("the running match: %w at %s", errNotFound, c.url)
	case a.Status != statusOK:
		return a, fmt.Errorf("the running match: status %d: %s", a.Status, strings.TrimSpace(string(a.Body[:min(len(a.Body), 200)])))
	}
	return a, nil
}
