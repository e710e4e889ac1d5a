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

	"dryad/games/fps/maps/library"
	"dryad/replay"
	"dryad/viewer/live/attach"
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
	page   []byte         // nil if none is shown
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

// SetPage gives the server what browsers are shown that open the address: the
// viewer as a page, which attaches to the address that it was loaded from.
// Without one they read a line that names the viewer.
func (s *Server) SetPage(html []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.page = html
}

func (s *Server) browsed() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.page
}

// now returns the present record, the number of its match, and what is closed
// when another record comes.
func (s *Server) now() (*replay.Replay, int, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.record, s.number, s.fresh
}

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
	case attach.NameRecord:
		s.whole(w, r)
	case attach.NamePart:
		s.part(w, r)
	case attach.NameNext:
		s.next(w, r)
	case attach.NameMap:
		s.mapOf(w, r)
	case "":
		if page := s.browsed(); page != nil {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write(page)
			return
		}
		fmt.Fprintf(w, "a running match: watch it with dryad-viewer %s\n", s.URL())
	default:
		http.NotFound(w, r)
	}
}

// begun waits for the first record, and returns the present one; nil when the
// viewer waits no more.
func (s *Server) begun(r *http.Request) (record *replay.Replay, number int) {
	record, number, fresh := s.now()
	for record == nil {
		select {
		case <-fresh:
			record, number, fresh = s.now()
		case <-r.Context().Done():
			return nil, 0
		}
	}
	return record, number
}

// mapOf answers with the map of the match: a line with its file's name, then the
// map; nothing for a game without maps and for generated ones.
func (s *Server) mapOf(w http.ResponseWriter, r *http.Request) {
	record, _ := s.begun(r)
	if record == nil {
		return
	}
	name, wad, err := library.Excerpt(record.Config.Map)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if len(wad) > 0 {
		fmt.Fprintf(w, "%s\n%s", name, wad)
	}
}

// whole answers with the record so far; it waits for the first one.
func (s *Server) whole(w http.ResponseWriter, r *http.Request) {
	record, number := s.begun(r)
	if record == nil {
		return
	}
	file, err := replay.Encode(record)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set(attach.NumberHeader, strconv.Itoa(number))
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
