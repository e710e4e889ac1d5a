package queue

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"
)

// Servers are NATS servers that others run, and how a process makes itself known to
// them. Their accounts decide what it may do: docs/scale.md has the permissions that
// hubs and workers need.
type Servers struct {
	// URL names one server or several, separated by commas: nats://HOST:PORT, or
	// tls://HOST:PORT for an encrypted connection.
	URL string
	// Token is one that the servers know; empty for none.
	Token string
	// Credentials is a file with a user's JWT and its key, and NKey one with a seed
	// alone; empty for none.
	Credentials, NKey string
	// Authorities may have signed the servers' certificates; nil for those of the
	// system.
	Authorities *x509.CertPool
}

// join connects to the servers. What the error says is for who has named them.
func (s *Servers) join(as string) (*nats.Conn, error) {
	options := []nats.Option{nats.Name(as), nats.MaxReconnects(-1), nats.ReconnectWait(time.Second)}
	if s.Token != "" {
		options = append(options, nats.Token(s.Token))
	}
	if s.Credentials != "" {
		if err := checkCredentials(s.Credentials); err != nil {
			return nil, fmt.Errorf("join the queue: read the credentials %s: %w", s.Credentials, err)
		}
		options = append(options, nats.UserCredentials(s.Credentials))
	}
	if s.NKey != "" {
		key, err := nats.NkeyOptionFromSeed(s.NKey)
		if err != nil {
			return nil, fmt.Errorf("join the queue: read the key %s: %w", s.NKey, err)
		}
		options = append(options, key)
	}
	if strings.Contains(s.URL, "tls://") {
		options = append(options, nats.Secure(&tls.Config{RootCAs: s.Authorities, MinVersion: tls.VersionTLS12}))
	}
	link, err := nats.Connect(s.URL, options...)
	var certificate *tls.CertificateVerificationError
	switch {
	case err == nil:
		return link, nil
	case errors.Is(err, nats.ErrAuthorization) && s.Credentials == "" && s.NKey == "":
		return nil, errors.New("join the queue: the token is not the hub's")
	case errors.Is(err, nats.ErrAuthorization):
		return nil, errors.New("join the queue: the servers do not know this user, or its key is another one")
	case errors.As(err, &certificate):
		return nil, fmt.Errorf("join the queue: the hub's certificate is not trusted: %w", certificate.Err)
	case errors.Is(err, nats.ErrSecureConnRequired):
		return nil, errors.New("join the queue: the hub wants an encrypted connection: its address begins with tls://")
	}
	return nil, fmt.Errorf("join the queue: %w; is the hub running, and can its address be reached from here?", err)
}

// checkCredentials says what is wrong with a file of credentials. It is read again at
// each connection.
func checkCredentials(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return errors.Unwrap(err)
	}
	if _, err := nkeys.ParseDecoratedJWT(text); err != nil {
		return err
	}
	key, err := nkeys.ParseDecoratedUserNKey(text)
	if err != nil {
		return err
	}
	key.Wipe()
	return nil
}

// startOutside joins servers that others run, and refuses to if another hub works
// with them: the jobs of both would be mixed.
func (h *Hub) startOutside(ctx context.Context) error {
	var err error
	if h.link, err = h.connect(); err != nil {
		return err
	}
	if most := int(h.link.MaxPayload()); most < h.most {
		h.most = most
	}
	if h.stream, err = jetstream.New(h.link, jetstream.WithPublishAsyncTimeout(10*time.Second)); err != nil {
		return err
	}
	if other, err := h.link.Request(hubSubject, nil, time.Minute); err == nil {
		return fmt.Errorf("another hub (%s) works with these servers: wait for its end, or use another account", other.Data)
	}
	if _, err := h.link.Subscribe(hubSubject, func(m *nats.Msg) { m.Respond([]byte(h.own.id[:6])) }); err != nil {
		return err
	}
	if err := h.prepare(ctx); err != nil {
		return fmt.Errorf("make the stream of jobs: %w; do the servers have JetStream, and may this user use it?", err)
	}
	// What a hub has left that died.
	if err := h.jobs.Purge(ctx); err != nil {
		return err
	}
	h.files, err = h.link.Subscribe(fileSubject+".*", h.serveFile)
	return err
}

// replicas are those that the stream of jobs is kept in.
const replicas = 3

// stored makes the stream of jobs: in three copies where the servers are a cluster
// that can keep them.
func (h *Hub) stored(ctx context.Context, config jetstream.StreamConfig) (jetstream.Stream, error) {
	if h.params.Servers != nil && h.copies != 1 {
		config.Replicas = replicas
		stream, err := h.stream.CreateOrUpdateStream(ctx, config)
		if err == nil || h.copies == replicas {
			h.copies = replicas
			return stream, err
		}
		var refused *jetstream.APIError
		if !errors.As(err, &refused) {
			return nil, err
		}
		config.Replicas = 0
	}
	stream, err := h.stream.CreateOrUpdateStream(ctx, config)
	if err == nil {
		h.copies = 1
	}
	return stream, err
}

// longestFailover is how long servers that others run may be away.
const longestFailover = 2 * time.Minute

// persist tries something again that servers that others run have refused or not
// answered, while they may be choosing another leader.
func (h *Hub) persist(ctx context.Context, try func() error) error {
	err := try()
	if err == nil || h.params.Servers == nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, longestFailover)
	defer cancel()
	pause := time.NewTicker(500 * time.Millisecond)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return err
		case <-pause.C:
			if err = try(); err == nil {
				return nil
			}
		}
	}
}
