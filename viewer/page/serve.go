package page

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Server serves one page to this machine alone.
type Server struct {
	listener net.Listener
	server   *http.Server
	path     string
	done     chan struct{}
}

// Serve serves a page on a free port of the loopback address, under a path that
// nobody guesses. The caller closes the server.
func Serve(html []byte) (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serve a page: %w", err)
	}
	var token [16]byte
	if _, err := rand.Read(token[:]); err != nil {
		listener.Close()
		return nil, fmt.Errorf("serve a page: %w", err)
	}
	s := &Server{listener: listener, path: "/" + hex.EncodeToString(token[:]) + "/", done: make(chan struct{})}
	s.server = &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A page of another site cannot name this host.
		if r.Host != listener.Addr().String() || r.URL.Path != s.path || r.Method != http.MethodGet {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.Write(html)
	})}
	go func() {
		defer close(s.done)
		s.server.Serve(listener)
	}()
	return s, nil
}

// URL returns the address of the page.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() + s.path }

// Close ends the server.
func (s *Server) Close() {
	s.server.Close()
	<-s.done
}
