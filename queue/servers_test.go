package queue_test

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"

	"dryad/queue"
)

// user makes a key and the file of its seed.
func user(t *testing.T) (public, file string) {
	t.Helper()
	key, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	seed, err := key.Seed()
	if err != nil {
		t.Fatal(err)
	}
	if public, err = key.PublicKey(); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "seed.nk")
	if err := os.WriteFile(file, seed, 0o600); err != nil {
		t.Fatal(err)
	}
	return public, file
}

// outside runs a server as somebody else would: with JetStream, TLS, the default
// size of messages, and users that it knows by their keys. The worker has the
// permissions that docs/scale.md names.
func outside(t *testing.T, hub, worker string, pair *tls.Certificate) string {
	t.Helper()
	options := &server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, NoLog: true, NoSigs: true, JetStream: true, StoreDir: t.TempDir(),
		Nkeys: []*server.NkeyUser{{Nkey: hub}, {Nkey: worker, Permissions: &server.Permissions{
			Publish: &server.SubjectPermission{Allow: []string{"dryad.result.>", "dryad.take.>", "dryad.back.>", "dryad.file.>",
				"$JS.API.CONSUMER.INFO.DRYAD_JOBS.workers", "$JS.API.CONSUMER.MSG.NEXT.DRYAD_JOBS.workers", "$JS.ACK.>"}},
			Subscribe: &server.SubjectPermission{Allow: []string{"_INBOX.>", "dryad.stop", "dryad.leave.>"}},
		}}},
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{*pair}, MinVersion: tls.VersionTLS12}, TLSTimeout: 60, AuthTimeout: 60,
	}
	return "tls://" + started(t, options)
}

// started runs a server until the end of the test, and returns its address.
func started(t *testing.T, options *server.Options) string {
	t.Helper()
	s, err := server.NewServer(options)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(time.Hour) {
		t.Fatal("the server does not start")
	}
	t.Cleanup(func() {
		s.Shutdown()
		s.WaitForShutdown()
	})
	return s.Addr().String()
}

// A hub and workers use servers that others run, known by their keys, over TLS.
func TestServersOfOthers(t *testing.T) {
	pair, authorities := certificate(t)
	hubName, hubKey := user(t)
	workerName, workerKey := user(t)
	url := outside(t, hubName, workerName, pair)
	content := strings.Repeat("a large file ", 200_000) // more than a message of the server carries
	hash := fmt.Sprintf("%x", sha256.Sum256([]byte(content)))
	var fetched sync.Map
	handlers := queue.Handlers{"double": func(ctx context.Context, payload []byte) ([]byte, error) {
		size, have := fetched.Load(hash)
		if !have {
			file, err := queue.FetchFile(ctx, hash)
			if err != nil {
				return nil, err
			}
			size = len(file)
			fetched.Store(hash, size)
		}
		return fmt.Appendf(nil, "%s %s %d", payload, payload, size), nil
	}}
	servers := &queue.Servers{URL: url, NKey: hubKey, Authorities: authorities}
	hub, err := queue.NewHub(t.Context(), queue.HubParams{Servers: servers, Version: "test", AckWait: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	defer hub.Close()
	hub.Offer(hash, func() ([]byte, error) { return []byte(content), nil })

	// A second hub would mix its jobs with those of the first.
	if second, err := queue.NewHub(t.Context(), queue.HubParams{Servers: servers, Version: "test"}); err == nil || !strings.Contains(err.Error(), "another hub") {
		t.Errorf("a second hub: %v", err)
		if err == nil {
			second.Close()
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			if err := queue.Serve(ctx, queue.ServeParams{Address: hub.Address(), NKey: workerKey, Authorities: authorities, Version: "test", Workers: 2, Handlers: handlers}); err != nil {
				t.Error(err)
			}
		})
	}
	ended := map[string]int{}
	var order []string
	err = hub.Run(t.Context(), queue.Batch{Kind: "double",
		Jobs: func(yield func(queue.Job) bool) {
			for i := range 60 {
				if !yield(queue.Job{Key: fmt.Sprint(i), Payload: fmt.Append(nil, i)}) {
					return
				}
			}
		},
		Ended: func(r queue.Result) error {
			ended[r.Job.Key]++
			if want := fmt.Sprintf("%s %s %d", r.Job.Key, r.Job.Key, len(content)); string(r.Output) != want || r.Err != nil {
				return fmt.Errorf("%s: %q, %v", r.Job.Key, r.Output, r.Err)
			}
			return nil
		},
		Deliver: func(r queue.Result) error {
			order = append(order, r.Job.Key)
			return nil
		},
	})
	if err != nil || len(ended) != 60 || len(order) != 60 || order[59] != "59" {
		t.Errorf("%d ended, %d delivered, %v", len(ended), len(order), err)
	}
	for key, times := range ended {
		if times != 1 {
			t.Errorf("%s ended %d times", key, times)
		}
	}
	cancel()
	group.Wait()

	// Who is not known is told so, and what a key is not.
	_, strange := user(t)
	for want, params := range map[string]queue.ServeParams{
		"do not know this user": {Address: url, NKey: strange, Authorities: authorities},
		"read the key":          {Address: url, NKey: filepath.Join(t.TempDir(), "none"), Authorities: authorities},
		"is not trusted":        {Address: url, NKey: workerKey},
	} {
		params.Version = "test"
		if err := queue.Serve(t.Context(), params); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
