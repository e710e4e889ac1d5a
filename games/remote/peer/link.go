package peer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"dryad/internal/shell"
)

// Link is a connection to a peer: its process, or a socket. It is used by one
// goroutine at a time; Close may be called from any.
type Link struct {
	// Codec reads and writes the messages.
	Codec    *Codec
	deadline func(time.Time) error // of the next read or write
	end      func()                // ends the process or closes the socket
	said     *tail                 // what the process wrote to standard error
	once     sync.Once
}

// Dial starts a command or connects to a socket: "tcp:HOST:PORT" and
// "unix:PATH" are sockets, everything else is a command line of the shell.
func Dial(ctx context.Context, address string) (*Link, error) {
	for _, network := range []string{"tcp", "unix"} {
		if at, ok := strings.CutPrefix(address, network+":"); ok {
			var d net.Dialer
			conn, err := d.DialContext(ctx, network, at)
			if err != nil {
				return nil, fmt.Errorf("connect to %s: %w", address, err)
			}
			return NewLink(conn, conn, func() { conn.Close() }), nil
		}
	}
	return start(address)
}

// NewLink makes a link of a connection; deadlines are set where it has any.
func NewLink(in io.Reader, out io.Writer, end func()) *Link {
	l := &Link{Codec: NewCodec(in, out), end: end, said: &tail{}, deadline: func(time.Time) error { return nil }}
	type deadliner interface{ SetDeadline(time.Time) error }
	read, canRead := in.(deadliner)
	write, canWrite := out.(deadliner)
	if canRead && canWrite {
		l.deadline = func(t time.Time) error { return errors.Join(read.SetDeadline(t), write.SetDeadline(t)) }
	}
	return l
}

// start starts a command line with pipes that know deadlines.
func start(line string) (*Link, error) {
	ctx, cancel := context.WithCancel(context.Background())
	process := shell.Command(ctx, line)
	fail := func(err error, files ...*os.File) (*Link, error) {
		cancel()
		for _, f := range files {
			f.Close()
		}
		return nil, fmt.Errorf("start %q: %w", line, err)
	}
	theirIn, ourOut, err := os.Pipe()
	if err != nil {
		return fail(err)
	}
	ourIn, theirOut, err := os.Pipe()
	if err != nil {
		return fail(err, theirIn, ourOut)
	}
	said := &tail{}
	process.Stdin, process.Stdout, process.Stderr = theirIn, theirOut, said
	if err := process.Start(); err != nil {
		return fail(err, theirIn, ourOut, ourIn, theirOut)
	}
	theirIn.Close()
	theirOut.Close()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		reap(process)
	}()
	l := NewLink(ourIn, ourOut, func() {
		ourOut.Close() // a peer ends when it has nothing more to read
		cancel()
		<-ended
		ourIn.Close()
	})
	l.said = said
	return l, nil
}

// reap waits for a process. How it ended is told by what it wrote.
func reap(process *exec.Cmd) { _ = shell.Wait(process) }

// Close ends the peer. It may be called several times.
func (l *Link) Close() { l.once.Do(l.end) }

// Exchange sends a request and receives its reply, as long as the limit says; 0 is
// no limit. Any error means that the link is of no use any more.
func (l *Link) Exchange(request, reply any, limit time.Duration) error {
	var until time.Time
	if limit > 0 {
		until = time.Now().Add(limit)
	}
	if err := l.deadline(until); err != nil {
		return err
	}
	if err := l.Codec.Write(request); err != nil {
		return l.Fault("does not read", err, limit)
	}
	if err := l.Codec.Read(reply); err != nil {
		return l.Fault("does not answer", err, limit)
	}
	return nil
}

// errEnded is wrapped by errors of a link that the other side has closed.
var errEnded = errors.New("it has ended")

// Lost reports whether an error of a link is that it has ended or that the network has
// failed.
func Lost(err error) bool {
	var network *net.OpError
	return errors.Is(err, errEnded) || errors.As(err, &network)
}

// Fault says what went wrong on a link, with the last words of the process.
func (l *Link) Fault(what string, err error, limit time.Duration) error {
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		err = fmt.Errorf("it %s within %s", what, limit)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, os.ErrClosed):
		l.Close() // so that all of its last words are there
		err = errEnded
	case strings.Contains(err.Error(), "broken pipe"):
		l.Close()
		err = errEnded
	}
	if last := l.said.String(); last != "" {
		err = fmt.Errorf("%w; it wrote: %s", err, last)
	}
	return err
}

// tail keeps the last bytes that are written to it.
type tail struct {
	mutex sync.Mutex
	bytes []byte
}

// maxTail is how much a tail keeps.
const maxTail = 1000

func (t *tail) Write(p []byte) (int, error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.bytes = append(t.bytes, p[max(0, len(p)-maxTail):]...)
	t.bytes = t.bytes[max(0, len(t.bytes)-maxTail):]
	return len(p), nil
}

// String returns them in one line.
func (t *tail) String() string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return strings.Join(strings.Fields(strings.ToValidUTF8(string(t.bytes), "?")), " ")
}
