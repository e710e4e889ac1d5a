package frame

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// ServeHTTP answers requests on a listener, which it closes, until Ctrl-C.
func (e *Env) ServeHTTP(listener net.Listener, handler http.Handler) error {
	server := http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(e.Context, func() { server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
