package aiwolf

import (
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
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

// mostGreeted is how many peers are asked for their names at a time.
const mostGreeted = 64

// House is where guests come to. It is used by one goroutine.
type House struct {
	params   HostParams
	listener net.Listener
	arrived  chan *Guest
	fault    error         // why arrived was closed
	done     chan struct{} // closed by Close
	once     sync.Once
	group    sync.WaitGroup
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
	h := &House{params: p, listener: l, arrived: make(chan *Guest), done: make(chan struct{})}
	h.group.Go(h.welcome)
	return h, nil
}

// welcome takes in who comes. Peers are greeted side by side, so that a silent
// one holds up nobody.
func (h *House) welcome() {
	defer close(h.arrived)
	free := make(chan struct{}, mostGreeted)
	for {
		select {
		case free <- struct{}{}:
		case <-h.done:
			return
		}
		conn, err := h.listener.Accept()
		if err != nil {
			h.fault = fmt.Errorf("wait for an agent: %w", err)
			return
		}
		h.group.Go(func() {
			defer func() { <-free }()
			h.greet(conn)
		})
	}
}

// greet asks a peer for its name and hands it over; one that does not say it in
// time is sent away.
func (h *House) greet(conn net.Conn) {
	g := &Guest{params: h.params, line: newLine(conn, maxAnswer)}
	named := make(chan struct{})
	h.group.Go(func() {
		select {
		case <-named:
		case <-h.done:
			g.line.conn.Close() // which ends the wait for the name
		}
	})
	var err error
	g.name, err = g.ask(&packet{Request: reqName}, h.params.Greeting, nil)
	close(named)
	if err != nil {
		g.Close()
		return
	}
	if g.name = shortName(g.name); g.name == "" {
		g.name = "nameless"
	}
	select {
	case h.arrived <- g:
	case <-h.done:
		g.Close()
	}
}

// Address returns where the house is.
func (h *House) Address() string { return h.listener.Addr().String() }

// Close takes no more guests in; those who were taken in stay.
func (h *House) Close() error {
	h.once.Do(func() { close(h.done) })
	err := h.listener.Close()
	h.group.Wait()
	return err
}

// Accept waits for the next guest that says its name in time. The caller closes
// the guest.
func (h *House) Accept(ctx context.Context) (*Guest, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case g, open := <-h.arrived:
		if !open {
			return nil, h.fault
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
