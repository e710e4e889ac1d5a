package aiwolf

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"
)

// Errors of a line.
var (
	errLate = errors.New("no answer in time")
	errGone = errors.New("the connection is closed")
	errLong = errors.New("a line is too long")
)

// received is one line that a peer has sent, or what was wrong with it.
type received struct {
	text string
	err  error
}

// line is a connection over which lines of text go. One goroutine reads; a line
// is used by one other at a time.
type line struct {
	conn net.Conn
	in   chan received
	done chan struct{}
	once sync.Once
	wait sync.WaitGroup
}

// maxLate bounds how many lines wait to be looked at.
const maxLate = 8

// newLine reads lines of at most so many bytes. The caller closes it.
func newLine(conn net.Conn, longest int) *line {
	l := &line{conn: conn, in: make(chan received, maxLate), done: make(chan struct{})}
	l.wait.Go(func() { l.pump(longest) })
	return l
}

// pump reads until the connection ends. A line that is too long is passed over,
// and one that does not end is the end.
func (l *line) pump(longest int) {
	defer close(l.in)
	const patience = 16 // how many times too long
	buffer := bufio.NewReaderSize(l.conn, 4096)
	var text []byte
	length := 0
	for {
		part, err := buffer.ReadSlice('\n')
		length += len(part)
		if length <= longest+1 {
			text = append(text, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) && length <= patience*longest {
			continue
		}
		if err != nil {
			if errors.Is(err, bufio.ErrBufferFull) {
				select {
				case l.in <- received{err: errLong}:
				case <-l.done:
				}
			}
			return
		}
		r := received{text: strings.TrimRight(string(text), "\r\n")}
		if length > longest+1 {
			r = received{err: errLong}
		}
		select {
		case l.in <- r:
		case <-l.done:
			return
		}
		text, length = text[:0], 0
	}
}

// send writes a value as one line of JSON, in so much time.
func (l *line) send(value any, limit time.Duration) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("aiwolf: bug: %w", err)
	}
	return l.write(text, limit)
}

// write writes a line.
func (l *line) write(text []byte, limit time.Duration) error {
	if err := l.conn.SetWriteDeadline(time.Now().Add(limit)); err != nil {
		return errGone
	}
	if _, err := l.conn.Write(append(text, '\n')); err != nil {
		if errors.Is(err, io.ErrClosedPipe) || errors.Is(err, net.ErrClosed) {
			return errGone
		}
		return fmt.Errorf("%w: %v", errGone, err)
	}
	return nil
}

// receive waits for a line until the timer fires or stop is closed.
func (l *line) receive(timer <-chan time.Time, stop <-chan struct{}) (string, error) {
	select {
	case r, ok := <-l.in:
		if !ok {
			return "", errGone
		}
		return r.text, r.err
	case <-timer:
		return "", errLate
	case <-stop:
		return "", errGone
	}
}

// drain drops the lines that have come already, and returns how many.
func (l *line) drain() (n int) {
	for {
		select {
		case _, ok := <-l.in:
			if !ok {
				return n
			}
			n++
		default:
			return n
		}
	}
}

// close ends the connection and its goroutine.
func (l *line) close() {
	l.once.Do(func() {
		close(l.done)
		l.conn.Close()
	})
	l.wait.Wait()
}
