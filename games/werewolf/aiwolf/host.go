package aiwolf

import (
	"context"
	"fmt"
	"net"
	"strings"
	"time"

	"dryad/games/werewolf/rules"
)

// HostParams say how a game master treats its guests.
type HostParams struct {
	// Answer is the longest wait for an answer; 5 seconds by default.
	Answer time.Duration
	// Greeting is the longest wait for a new guest's name; Answer by default.
	Greeting time.Duration
	// Plain passes sentences on as they are, with the names changed, and does
	// not put them into AIWolf's language.
	Plain bool

	// timer starts a wait and returns what it sends on when it is over, and
	// what ends it early; nil is the clock. Tests set it.
	timer func(time.Duration) (over <-chan time.Time, stop func() bool)
}

// maxAnswer is the longest line that a guest may send.
const maxAnswer = 8 << 10

// House is where guests come to. It is used by one goroutine.
type House struct {
	params   HostParams
	listener net.Listener
}

// Listen opens the house at HOST:PORT. The caller closes it.
func Listen(address string, p HostParams) (*House, error) {
	if p.Answer <= 0 {
		p.Answer = 5 * time.Second
	}
	if p.Greeting <= 0 {
		p.Greeting = p.Answer
	}
	if p.timer == nil {
		p.timer = func(wait time.Duration) (<-chan time.Time, func() bool) {
			t := time.NewTimer(wait)
			return t.C, t.Stop
		}
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for agents: %w", err)
	}
	return &House{params: p, listener: l}, nil
}

// Address returns where the house is.
func (h *House) Address() string { return h.listener.Addr().String() }

// Close takes no more guests in; those who are there stay.
func (h *House) Close() error { return h.listener.Close() }

// Accept waits for the next guest, and asks its name. A peer that does not say
// one in time is sent away, and the wait goes on. The caller closes the guest.
func (h *House) Accept(ctx context.Context) (*Guest, error) {
	stop := context.AfterFunc(ctx, func() { h.listener.Close() })
	defer stop()
	for {
		conn, err := h.listener.Accept()
		if err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			return nil, fmt.Errorf("wait for an agent: %w", err)
		}
		g := &Guest{params: h.params, line: newLine(conn, maxAnswer)}
		if g.name, err = g.ask(&packet{Request: reqName}, h.params.Greeting, nil); err != nil {
			g.Close()
			continue
		}
		if g.name = shortName(g.name); g.name == "" {
			g.name = "nameless"
		}
		return g, nil
	}
}

// maxName is the longest name of a guest in bytes.
const maxName = 40

// shortName makes a name fit to be shown.
func shortName(name string) string {
	name = strings.Join(strings.Fields(rules.Clean(name)), "-")
	if len(name) > maxName {
		name = strings.ToValidUTF8(name[:maxName], "")
	}
	return name
}
