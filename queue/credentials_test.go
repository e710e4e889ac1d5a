package queue_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"

	"dryad/queue"
)

// issuer is a key with its public name.
type issuer struct {
	nkeys.KeyPair
	name string
}

func newIssuer(t *testing.T, create func() (nkeys.KeyPair, error)) issuer {
	t.Helper()
	key, err := create()
	if err != nil {
		t.Fatal(err)
	}
	name, err := key.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	return issuer{key, name}
}

// credentials writes the file of a user of an account.
func credentials(t *testing.T, account issuer, allow *jwt.Permissions) string {
	t.Helper()
	key := newIssuer(t, nkeys.CreateUser)
	claims := jwt.NewUserClaims(key.name)
	if allow != nil {
		claims.Permissions = *allow
	}
	token, err := claims.Encode(account)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := key.Seed()
	if err != nil {
		t.Fatal(err)
	}
	text, err := jwt.FormatUserConfig(token, seed)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "user.creds")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestCredentialsFile: a hub and a worker with the permissions of docs/scale.md join
// servers whose users are known by credentials, and what is wrong with such a file is
// told.
func TestCredentialsFile(t *testing.T) {
	operator, account, system := newIssuer(t, nkeys.CreateOperator), newIssuer(t, nkeys.CreateAccount), newIssuer(t, nkeys.CreateAccount)
	resolver := &server.MemAccResolver{}
	for _, a := range []issuer{account, system} {
		claims := jwt.NewAccountClaims(a.name)
		if a == account {
			claims.Limits.JetStreamLimits = jwt.JetStreamLimits{MemoryStorage: jwt.NoLimit, DiskStorage: jwt.NoLimit, Streams: jwt.NoLimit, Consumer: jwt.NoLimit}
		}
		token, err := claims.Encode(operator)
		if err != nil {
			t.Fatal(err)
		}
		if err := resolver.Store(a.name, token); err != nil {
			t.Fatal(err)
		}
	}
	url := "nats://" + started(t, &server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, NoLog: true, NoSigs: true, JetStream: true, StoreDir: t.TempDir(),
		TrustedKeys: []string{operator.name}, AccountResolver: resolver, SystemAccount: system.name, AuthTimeout: 60})
	hub, err := queue.NewHub(t.Context(), queue.HubParams{Servers: &queue.Servers{URL: url, Credentials: credentials(t, account, nil)}, Version: "test", AckWait: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	defer hub.Close()
	allowed := &jwt.Permissions{Sub: jwt.Permission{Allow: jwt.StringList{"_INBOX.>", "dryad.stop", "dryad.leave.>"}},
		Pub: jwt.Permission{Allow: jwt.StringList{"dryad.result.>", "dryad.take.>", "dryad.back.>", "dryad.file.>",
			"$JS.API.CONSUMER.INFO.DRYAD_JOBS.workers", "$JS.API.CONSUMER.MSG.NEXT.DRYAD_JOBS.workers", "$JS.ACK.>"}}}
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		if err := queue.Serve(ctx, queue.ServeParams{Address: url, Credentials: credentials(t, account, allowed), Version: "test", Workers: 2,
			Handlers: queue.Handlers{"double": func(_ context.Context, p []byte) ([]byte, error) { return append(p, p...), nil }}}); err != nil {
			t.Error(err)
		}
	})
	ended := map[string]int{}
	err = hub.Run(t.Context(), queue.Batch{Kind: "double",
		Jobs: func(yield func(queue.Job) bool) {
			for i := range 20 {
				if !yield(queue.Job{Key: fmt.Sprint(i), Payload: fmt.Append(nil, i)}) {
					return
				}
			}
		},
		Ended: func(r queue.Result) error {
			ended[r.Job.Key]++
			if want := r.Job.Key + r.Job.Key; string(r.Output) != want {
				return fmt.Errorf("%s: %q", r.Job.Key, r.Output)
			}
			return nil
		},
		Deliver: func(queue.Result) error { return nil },
	})
	if err != nil || len(ended) != 20 {
		t.Errorf("%d ended: %v", len(ended), err)
	}
	cancel()
	group.Wait()

	broken := filepath.Join(t.TempDir(), "broken.creds")
	if err := os.WriteFile(broken, []byte("no credentials"), 0o600); err != nil {
		t.Fatal(err)
	}
	for want, path := range map[string]string{
		"do not know this user":                          credentials(t, newIssuer(t, nkeys.CreateAccount), nil),
		"join the queue: read the credentials " + broken: broken,
		"join the queue: read the credentials none":      "none",
	} {
		if err := queue.Serve(t.Context(), queue.ServeParams{Address: url, Credentials: path, Version: "test"}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
