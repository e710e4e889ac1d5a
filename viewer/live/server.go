package live

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"dryad/replay"
)

// Server hands out the record of a running match.
type Server struct {
	listener net.Listener
	server   *http.Server
	path     string
	done     chan struct{}

	mu     sync.Mutex
	record *replay.Replay // nil before the first; never changed once it is here
	number int            // of the match, where one follows another
	fresh  chan struct{}  // closed when another record comes
	seat   *seat          // nil if none is offered
}

// Serve begins to serve on a free port of the loopback address, under a path
// that nobody guesses. The caller closes the server.
func Serve() (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serve a match: %w", err)
	}
	var token [16]byte
	if _, err := rand.Read(token[:]); err != nil {
		listener.Close()
		return nil, fmt.Errorf("serve a match: %w", err)
	}
	s := &Server{listener: listener, path: "/" + hex.EncodeToString(token[:]) + "/", done: make(chan struct{}), fresh: make(chan struct{})}
	s.server = &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(s.handle)}
	go func() {
		defer close(s.done)
		s.server.Serve(listener)
	}()
	return s, nil
}

// URL returns the address of the match.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() + s.path }

// Close ends the server and all that wait for it.
func (s *Server) Close() {
	s.server.Close()
	<-s.done
}

// Begin makes the record of another match the present one. Who watched the match
// before is told to open this one.
func (s *Server) Begin(r *replay.Replay) {
	s.mu.Lock()
	s.number++
	s.mu.Unlock()
	s.Publish(r)
}

// Publish makes a record the present one. It must hold all that the one before
// held, and must not be changed any more. It may be called by any goroutine.
func (s *Server) Publish(r *replay.Replay) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.record = r
	close(s.fresh)
	s.fresh = make(chan struct{})
}

// now returns the present record, the number of its match, and what is closed
// when another record comes.
func (s *Server) now() (*replay.Replay, int, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.record, s.number, s.fresh
}

// numberHeader tells which match an answer is of.
const numberHeader = "Dryad-Match"

// The names below the server's address.
const (
	nameRecord = "replay"
	namePart   = "part"
	nameNext   = "next"
)

func (s *Server) handle(w http.ResponseWriter, r *http.Request) {
	// A page of another site cannot name this host.
	name, ours := strings.CutPrefix(r.URL.Path, s.path)
	if !ours || r.Host != s.listener.Addr().String() {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	if s.play(w, r, name) {
		return
	}
	if r.Method != http.MethodGet {
		http.NotFound(w, r)
		return
	}
	switch name {
	case nameRecord:
		s.whole(w, r)
	case namePart:
		s.part(w, r)
	case nameNext:
		s.next(w, r)
	case "":
		fmt.Fprintf(w, "a running match: watch it with dryad-viewer %s\n", s.URL())
	default:
		http.NotFound(w, r)
	}
}

// whole answers with the record so far; it waits for the first one.
func (s *Server) whole(w http.ResponseWriter, r *http.Request) {
	record, number, fresh := s.now()
	for record == nil {
		select {
		case <-fresh:
			record, number, fresh = s.now()
		case <-r.Context().Done():
			return
		}
	}
	file, err := replay.Encode(record)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set(numberHeader, strconv.Itoa(number))
	w.Write(file)
}

// next answers when another match than that of the viewer has begun.
func (s *Server) next(w http.ResponseWriter, r *http.Request) {
	for {
		_, number, fresh := s.now()
		if strconv.Itoa(number) != r.URL.Query().Get("match") {
			http.Error(w, "another match has begun", http.StatusGone)
			return
		}
		select {
		case <-fresh:
		case <-r.Context().Done():
			return
		}
	}
}

// part answers with what is beyond what the viewer has; it waits until there is
// something, or the match is over.
func (s *Server) part(w http.ResponseWriter, r *http.Request) {
	have, of := replay.Have{}, 0
	for name, to := range map[string]*int{"match": &of, "ticks": &have.Ticks, "events": &have.Events, "swaps": &have.Swaps, "forfeits": &have.Forfeits} {
		n, err := strconv.Atoi(r.URL.Query().Get(name))
		if err != nil {
			http.Error(w, name+" is no number", http.StatusBadRequest)
			return
		}
		*to = n
	}
	for {
		record, number, fresh := s.now()
		if number != of {
			http.Error(w, "another match has begun", http.StatusGone)
			return
		}
		if record != nil && (record.Have() != have || record.Over) {
			p, err := record.Since(have)
			if err == nil {
				var packed []byte
				if packed, err = replay.EncodePart(p); err == nil {
					w.Write(packed)
					return
				}
			}
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		select {
		case <-fresh:
		case <-r.Context().Done():
			return
		}
	}
}
