package remote

import (
	"context"
	"fmt"
	"io"
	"time"

	"dryad/games/remote/peer"
)

// link is a connection to a peer that numbers its requests.
type link struct {
	*peer.Link
	answer func(*request) *reply // of a peer in this process
	last   int64                 // identity of the last request
}

// dial starts a command or connects to a socket.
func dial(ctx context.Context, address string) (*link, error) {
	l, err := peer.Dial(ctx, address)
	if err != nil {
		return nil, err
	}
	return &link{Link: l}, nil
}

// newLink makes a link of a connection.
func newLink(in io.Reader, out io.Writer, end func()) *link {
	return &link{Link: peer.NewLink(in, out, end)}
}

// ask sends a request and waits for its reply, as long as the limit says; 0 is no
// limit. Any error means that the link is of no use any more.
func (l *link) ask(r *request, answer *reply, limit time.Duration) error {
	if l.answer != nil {
		return l.askLocal(r, answer)
	}
	l.last++
	r.ID = l.last
	*answer = reply{}
	if err := l.Exchange(r, answer, limit); err != nil {
		return err
	}
	if answer.ID != r.ID {
		return l.Fault("", fmt.Errorf("it answers request %d when %d was asked; a peer answers each request once and writes nothing else to standard output", answer.ID, r.ID), limit)
	}
	return nil
}

// end asks the peer to end, and ends it.
func (l *link) end(limit time.Duration) {
	var answer reply
	_ = l.ask(&request{Do: doClose}, &answer, limit) // it is ended in any case
	l.Close()
}
