package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strconv"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// ErrNoShutdown is returned when the editor ended the connection without
// having asked the server to shut down.
var ErrNoShutdown = errors.New("the editor ended the connection without a shutdown request")

// Serve answers one editor until it says exit, ends the connection, or ctx is
// cancelled. It closes the connection. Messages are taken one after another in
// the order in which they come, so that a request is answered for the text that
// the editor had sent before it. No message ends the server: what is malformed
// is answered with an error of the protocol, or, where nothing may be answered,
// logged.
func Serve(ctx context.Context, conn io.ReadWriteCloser, params Params) error {
	c := &connection{in: frames{r: bufio.NewReader(conn)}, out: conn}
	s := newServer(params, c.notify)
	c.server = s
	c.requests, c.notifications = s.methods()
	var closing sync.Once
	hangUp := func() (err error) {
		closing.Do(func() { err = conn.Close() })
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = hangUp() })
	defer stop()
	err := c.run(ctx)
	if ctx.Err() != nil {
		_ = hangUp()
		return ctx.Err()
	}
	if e := hangUp(); err == nil && e != nil {
		return fmt.Errorf("close the editor's connection: %w", e)
	}
	return err
}

// state is how far the protocol's handshake has come.
type state uint8

const (
	fresh   state = iota // before initialize
	serving              // after it
	down                 // after shutdown
)

// connection speaks the protocol with one editor, on one goroutine.
type connection struct {
	in     frames
	out    io.Writer
	server *server
	state  state

	requests, notifications map[string]method
}

// run takes messages until the connection ends.
func (c *connection) run(ctx context.Context) error {
	for {
		f, err := c.in.next()
		if f.report != "" {
			if e := c.answer(null, nil, jsonrpc2.NewError(jsonrpc2.ParseError, f.report)); e != nil {
				return e
			}
		}
		if err != nil {
			return c.ended(err)
		}
		if !f.whole {
			continue
		}
		m, err := readMessage(f.body)
		if err == nil && m.method == "exit" && m.id == nil {
			return c.ended(io.EOF)
		}
		if err := c.take(ctx, m, err); err != nil {
			return err
		}
	}
}

// ended returns what the end of the connection means.
func (c *connection) ended(err error) error {
	switch {
	case c.state == down:
		return nil // it ends as agreed, in whatever way
	case errors.Is(err, io.EOF):
		return ErrNoShutdown
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w, in the middle of a message", ErrNoShutdown)
	}
	return fmt.Errorf("read from the editor: %w", err)
}

// take answers a request and acts on a notification; fault is what is wrong
// with the message as such. It returns an error only when the editor cannot be
// written to.
func (c *connection) take(ctx context.Context, m message, fault error) error {
	if fault == nil && m.method == "" {
		return nil // an answer
	}
	var result any
	err := fault
	if err == nil {
		result, err = c.dispatch(ctx, m)
	}
	if m.id != nil {
		return c.answer(m.id, result, err)
	}
	if err != nil {
		return c.log(protocol.MessageTypeWarning, "the notification "+strconv.Quote(m.method)+" is ignored: "+wireErrorOf(err).Message)
	}
	return nil
}

// dispatch does what a message asks. A panic is a fault of the server's own; it
// costs the answer and not the connection.
func (c *connection) dispatch(ctx context.Context, m message) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			_ = c.log(protocol.MessageTypeError, fmt.Sprintf("a fault of dryad's language server at %s: %v\n%s", strconv.Quote(m.method), p, debug.Stack()))
			result, err = nil, jsonrpc2.NewError(jsonrpc2.InternalError, fmt.Sprintf("a fault of the server's own: %v", p))
		}
	}()
	if m.id == nil {
		if do := c.notifications[m.method]; do != nil && c.state == serving {
			return do(ctx, m.params)
		}
		return nil, nil // unknown, or not the time for it: the protocol ignores it
	}
	switch do := c.requests[m.method]; {
	case m.method == "initialize" && c.state == fresh:
		result, err = request(c.server.initialize)(ctx, orEmpty(m.params))
		if err == nil {
			c.state = serving
		}
		return result, err
	case c.state == fresh:
		return nil, jsonrpc2.NewError(jsonrpc2.ServerNotInitialized, "the first request must be initialize")
	case m.method == "initialize":
		return nil, invalid("initialize was sent before")
	case c.state == down:
		return nil, invalid("the server is shut down: only exit may follow")
	case m.method == "shutdown":
		c.state = down
		return nil, nil
	case do != nil:
		return do(ctx, m.params)
	}
	return nil, jsonrpc2.NewError(jsonrpc2.MethodNotFound, "there is no method "+strconv.Quote(m.method))
}

// orEmpty lets an editor leave out the params of initialize, all of which the
// server can do without.
func orEmpty(params json.RawMessage) json.RawMessage {
	if params == nil {
		return json.RawMessage("{}")
	}
	return params
}

func (c *connection) answer(id json.RawMessage, result any, failure error) error {
	body, err := answer(id, result, failure)
	if err != nil {
		return err
	}
	return c.write(body)
}

// notify sends a notification to the editor.
func (c *connection) notify(method string, params any) error {
	body, err := notification(method, params)
	if err != nil {
		return err
	}
	return c.write(body)
}

// log tells the editor what happened, and standard error while there is none.
func (c *connection) log(kind protocol.MessageType, text string) error {
	if c.state == fresh {
		if c.server.params.Log != nil {
			_, _ = fmt.Fprintln(c.server.params.Log, "dryad lsp:", text)
		}
		return nil
	}
	return c.notify("window/logMessage", &protocol.LogMessageParams{Type: kind, Message: text})
}

func (c *connection) write(body []byte) error {
	message := append(fmt.Appendf(nil, "Content-Length: %d\r\n\r\n", len(body)), body...)
	if _, err := c.out.Write(message); err != nil {
		return fmt.Errorf("write to the editor: %w", err)
	}
	return nil
}
