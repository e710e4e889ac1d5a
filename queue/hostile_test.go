package queue_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"dryad/queue"
)

// square is an honest handler, and squared the check of its results.
func square(_ context.Context, payload []byte) ([]byte, error) {
	return fmt.Append(nil, string(payload), "^2"), nil
}

func squared(r queue.Result) error {
	if !strings.HasSuffix(string(r.Output), "^2") {
		return fmt.Errorf("%.20q is no square", r.Output)
	}
	return nil
}

// notes keeps what a hub notifies of.
type notes struct {
	mutex sync.Mutex
	lines []string
}

func (n *notes) add(line string) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	n.lines = append(n.lines, line)
}

func (n *notes) has(text string) bool {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return slices.ContainsFunc(n.lines, func(l string) bool { return strings.Contains(l, text) })
}

// once returns a handler that closes began when it is first called, and a
// handler that waits for that before its first job: so both get one.
func once(bad, good queue.Handler) (queue.Handler, queue.Handler) {
	began := make(chan struct{})
	var first sync.Once
	return func(ctx context.Context, payload []byte) ([]byte, error) {
			first.Do(func() { close(began) })
			return bad(ctx, payload)
		}, func(ctx context.Context, payload []byte) ([]byte, error) {
			select {
			case <-began:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
			return good(ctx, payload)
		}
}

// TestBadWorkerLosesItsWork and not the batch; it is dismissed and named.
func TestBadWorkerLosesItsWork(t *testing.T) {
	for name, c := range map[string]struct {
		bad   queue.Handler
		audit float64
		note  string
	}{
		"fails":   {func(context.Context, []byte) ([]byte, error) { return nil, errors.New("no such map") }, 0, "it cannot do what this process can: job"},
		"panics":  {func(context.Context, []byte) ([]byte, error) { panic("no such map") }, 0, "it cannot do what this process can: job"},
		"garbage": {func(context.Context, []byte) ([]byte, error) { return []byte("\x00garbage"), nil }, 0, "is none: "},
		"nothing": {func(context.Context, []byte) ([]byte, error) { return nil, nil }, 0, "is none: "},
		"lies":    {func(context.Context, []byte) ([]byte, error) { return []byte("9^2"), nil }, 1, "is not the one that comes of the job"},
		"large":   {func(context.Context, []byte) ([]byte, error) { return make([]byte, 9<<20), nil }, 0, "more than the queue can carry"},
	} {
		t.Run(name, func(t *testing.T) {
			bad, good := once(c.bad, square)
			var said notes
			h := hub(t, queue.HubParams{Listen: "127.0.0.1:0", Version: "v", Workers: 1, Handlers: queue.Handlers{"number": good}, Audit: c.audit, Notify: said.add})
			ended := make(chan error, 1)
			go func() {
				ended <- queue.Serve(t.Context(), queue.ServeParams{Address: h.Address(), Token: h.Token(), Version: "v", Workers: 1, Name: "mallory", Handlers: queue.Handlers{"number": bad}})
			}()
			expectSquares(t, h, 60)
			if err := <-ended; err == nil || !strings.Contains(err.Error(), "dismissed this worker") {
				t.Errorf("the worker ends with %v", err)
			}
			if !said.has("worker mallory is dismissed") || !said.has(c.note) {
				t.Errorf("%q", said.lines)
			}
		})
	}
}

// expectSquares runs a batch and requires every result.
func expectSquares(t *testing.T, h *queue.Hub, n int) {
	t.Helper()
	next, ended := 0, map[int]int{}
	err := h.Run(t.Context(), queue.Batch{Kind: "number", Jobs: numbers(n), Check: squared,
		Ended: func(r queue.Result) error { ended[r.Index]++; return nil },
		Deliver: func(r queue.Result) error {
			if r.Err != nil || string(r.Output) != fmt.Sprint(next, "^2") {
				t.Errorf("result %d is %q, %v", next, r.Output, r.Err)
			}
			next++
			return nil
		}})
	if err != nil || next != n || len(ended) != n {
		t.Errorf("%d of %d delivered, %d ended: %v", next, n, len(ended), err)
	}
}

// TestLiarFoundLate: when a sample finds a liar, what it was believed before is
// corrected; where that is not possible the batch ends.
func TestLiarFoundLate(t *testing.T) {
	for _, possible := range []bool{true, false} {
		h := hub(t, queue.HubParams{Listen: "127.0.0.1:0", Version: "v", Workers: 1, Audit: 0.1, Handlers: queue.Handlers{"number": square}})
		ended := make(chan error, 1)
		lie := func(context.Context, []byte) ([]byte, error) { return []byte("9^2"), nil }
		go func() {
			ended <- queue.Serve(t.Context(), queue.ServeParams{Address: h.Address(), Token: h.Token(), Version: "v", Workers: 1, Name: "mallory", Handlers: queue.Handlers{"number": lie}})
		}()
		results := map[int]string{}
		batch := queue.Batch{Kind: "number", Check: squared,
			Ended:   func(r queue.Result) error { results[r.Index] = string(r.Output); return nil },
			Deliver: func(queue.Result) error { return nil }}
		n := 0
		// The batch goes on until the liar is found, and a little further.
		found := false
		batch.Jobs = func(yield func(queue.Job) bool) {
			for ; !found; n++ {
				if !yield(queue.Job{Key: fmt.Sprint("job ", n), Payload: fmt.Append(nil, n)}) {
					return
				}
				select {
				case err := <-ended:
					found = true
					ended <- err
				default:
				}
			}
		}
		if possible {
			batch.Corrected = func(r queue.Result) error { results[r.Index] = string(r.Output); return nil }
		}
		err := h.Run(t.Context(), batch)
		if possible {
			if err != nil || !found {
				t.Errorf("found %v, %v", found, err)
			}
			for i := range n {
				if results[i] != fmt.Sprint(i, "^2") {
					t.Errorf("result %d is %q", i, results[i])
				}
			}
		} else if err != nil && !strings.Contains(err.Error(), "worker mallory has sent a wrong result") {
			t.Error(err)
		}
		if err := <-ended; err == nil || !strings.Contains(err.Error(), "dismissed") {
			t.Errorf("the liar ends with %v", err)
		}
	}
}

// TestLiarOfEarlierBatches: who is found out in a batch and was believed in an
// earlier one ends it with an error that names it, as do its results.
func TestLiarOfEarlierBatches(t *testing.T) {
	h := hub(t, queue.HubParams{Listen: "127.0.0.1:0", Version: "v", Audit: 0.02, Handlers: queue.Handlers{"number": square}})
	ended := make(chan error, 1)
	lie := func(context.Context, []byte) ([]byte, error) { return []byte("9^2"), nil }
	go func() {
		ended <- queue.Serve(t.Context(), queue.ServeParams{Address: h.Address(), Token: h.Token(), Version: "v", Workers: 1, Name: "mallory", Handlers: queue.Handlers{"number": lie}})
	}()
	told := map[string]int{}
	earlier := 0 // results of batches that ended well
	for n := 0; ; n++ {
		here := 0
		err := h.Run(t.Context(), queue.Batch{Kind: "number", Check: squared,
			Jobs: func(yield func(queue.Job) bool) {
				yield(queue.Job{Key: fmt.Sprint("job ", n), Payload: fmt.Append(nil, n)})
			},
			Ended:     func(r queue.Result) error { told[r.By]++; here++; return nil },
			Corrected: func(queue.Result) error { return nil },
			Deliver:   func(queue.Result) error { return nil }})
		if err == nil && told[""] == 0 {
			earlier += here
			continue
		}
		var lie *queue.LieError
		switch {
		case earlier == 0 && err == nil: // found at its first job
		case !errors.As(err, &lie) || lie.Worker != "mallory" || lie.Count != earlier || told[lie.By] != earlier:
			t.Errorf("after %d results: %v, told %v", earlier, err, told)
		}
		break
	}
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "dismissed") {
		t.Errorf("the liar ends with %v", err)
	}
}

// raw is a connection with a worker's token.
func raw(t *testing.T, h *queue.Hub) (*nats.Conn, jetstream.JetStream) {
	t.Helper()
	link, err := nats.Connect(h.Address(), nats.Token(h.Token()), nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(link.Close)
	stream, err := jetstream.New(link)
	if err != nil {
		t.Fatal(err)
	}
	return link, stream
}

// TestForgedMessages: a token holder that says what it likes changes no result
// and ends no batch.
func TestForgedMessages(t *testing.T) {
	var said notes
	forged := make(chan struct{})
	h := hub(t, queue.HubParams{Listen: "127.0.0.1:0", Version: "v", Workers: 2, Notify: said.add, Handlers: queue.Handlers{
		"number": func(ctx context.Context, payload []byte) ([]byte, error) {
			select {
			case <-forged:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
			return square(ctx, payload)
		},
	}})
	link, _ := raw(t, h)
	var group sync.WaitGroup
	group.Go(func() {
		defer close(forged)
		// The batch's name is in the subject of any job that one is given.
		batch := ""
		fetched, err := link.Request("$JS.API.CONSUMER.MSG.NEXT.DRYAD_JOBS.workers", []byte(`{"batch":1,"expires":10000000000}`), 10*time.Second)
		if err == nil {
			batch = strings.Split(fetched.Subject, ".")[2]
		}
		for _, subject := range []string{
			"dryad.result." + batch + ".0", "dryad.result." + batch + ".1", "dryad.result." + batch + ".999999", "dryad.result." + batch + ".-1",
			"dryad.result." + batch + ".00", "dryad.result." + batch + ".x", "dryad.result.other.0", "dryad.result..", "dryad.result",
			"dryad.take." + batch + ".0", "dryad.back." + batch + ".0", "dryad.back." + batch + ".99999999999999999999",
			"dryad.job." + batch + ".0", "dryad.stop", "dryad.leave.x", "dryad.file.x", "dryad.file." + strings.Repeat("0", 64),
			"$JS.API.STREAM.PURGE.DRYAD_JOBS", "$JS.API.STREAM.DELETE.DRYAD_JOBS", "$JS.API.CONSUMER.DELETE.DRYAD_JOBS.workers",
			"$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.DRYAD_JOBS.workers",
		} {
			for _, header := range []nats.Header{nil, {"Dryad-Failed": {"panic"}}, {"Dryad-Worker": {"\x1b[31m\n"}, "Dryad-Name": {strings.Repeat("x", 3000)}}, {"Dryad-Failed": {"deaths"}, "Dryad-Ack-Wait": {"1ns"}}} {
				for _, data := range []string{"", "0^2 and more", `{"stream_seq":1,"deliveries":99}`, "\xff\xfe", batch, "-1"} {
					m := nats.NewMsg(subject)
					m.Header, m.Data = header, []byte(data)
					link.PublishMsg(m)
				}
			}
		}
		if err == nil {
			link.Publish(fetched.Reply, []byte("-NAK")) // so that the job need not time out
		}
		link.Flush()
	})
	expectSquares(t, h, 40)
	group.Wait()
	if said.has("\x1b") || said.has("\n") {
		t.Errorf("%q", said.lines)
	}
}

// TestJobThatIsStruckOut: one that somebody acknowledges without a result is
// missed and done by another.
func TestJobThatIsStruckOut(t *testing.T) {
	struck := make(chan struct{})
	h := hub(t, queue.HubParams{Listen: "127.0.0.1:0", Version: "v", AckWait: 200 * time.Millisecond, MaxDeliveries: 50})
	link, _ := raw(t, h)
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		defer close(struck)
		m, err := link.Request("$JS.API.CONSUMER.MSG.NEXT.DRYAD_JOBS.workers", []byte(`{"batch":1,"expires":20000000000}`), 30*time.Second)
		if err != nil || m.Reply == "" {
			t.Errorf("no job: %v", err)
			return
		}
		link.Publish(m.Reply, []byte("+ACK"))
		link.Flush()
	})
	group.Go(func() {
		<-struck
		if err := queue.Serve(ctx, queue.ServeParams{Address: h.Address(), Token: h.Token(), Version: "v", Workers: 1, Handlers: queue.Handlers{"number": square}}); err != nil {
			t.Error(err)
		}
	})
	expectSquares(t, h, 5)
	cancel()
	group.Wait()
}

// TestFilesByHash: a handler gets a file that the hub offers, and no other.
func TestFilesByHash(t *testing.T) {
	content := make([]byte, 5<<19)
	for i := range content {
		content[i] = byte(i * i >> 8)
	}
	hash := func(data []byte) string { sum := sha256.Sum256(data); return hex.EncodeToString(sum[:]) }
	h := hub(t, queue.HubParams{Listen: "127.0.0.1:0", Version: "v"})
	h.Offer(hash(content), func() ([]byte, error) { return content, nil })
	h.Offer(hash(nil), func() ([]byte, error) { return nil, nil })
	h.Offer(hash([]byte("x")), func() ([]byte, error) { return []byte("y"), nil })
	h.Offer(hash([]byte("z")), func() ([]byte, error) { return nil, errors.New("gone") })
	h.Offer("../../etc/passwd", func() ([]byte, error) { return []byte("secret"), nil })
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		err := queue.Serve(ctx, queue.ServeParams{Address: h.Address(), Token: h.Token(), Version: "v", Workers: 2, Handlers: queue.Handlers{
			"number": func(ctx context.Context, _ []byte) ([]byte, error) {
				if got, err := queue.FetchFile(ctx, hash(content)); err != nil || string(got) != string(content) {
					t.Errorf("%d bytes, %v", len(got), err)
				}
				if got, err := queue.FetchFile(ctx, hash(nil)); err != nil || len(got) != 0 {
					t.Errorf("%d bytes, %v", len(got), err)
				}
				for _, wrong := range []string{hash([]byte("x")), hash([]byte("z")), hash([]byte("nobody")), "../../etc/passwd", ""} {
					if got, err := queue.FetchFile(ctx, wrong); err == nil {
						t.Errorf("%q: %d bytes", wrong, len(got))
					}
				}
				return []byte("1"), nil
			},
		}})
		if err != nil {
			t.Error(err)
		}
	})
	err := h.Run(t.Context(), queue.Batch{Kind: "number", Jobs: numbers(3), Deliver: func(r queue.Result) error { return r.Err }})
	cancel()
	group.Wait()
	if err != nil {
		t.Error(err)
	}
	if _, err := queue.FetchFile(t.Context(), hash(content)); err == nil {
		t.Error("a file was fetched without a hub")
	}
}

// certificate signs itself for a host.
func certificate(t *testing.T) (*tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "hub"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, pool
}

// TestEncryptedHub: workers join over TLS if they trust the certificate.
func TestEncryptedHub(t *testing.T) {
	cert, pool := certificate(t)
	h := hub(t, queue.HubParams{Listen: "127.0.0.1:0", Version: "v", TLS: cert})
	if !strings.HasPrefix(h.Address(), "tls://") {
		t.Errorf("address %s", h.Address())
	}
	if err := queue.Serve(t.Context(), queue.ServeParams{Address: h.Address(), Token: h.Token()}); err == nil || !strings.Contains(err.Error(), "not trusted") {
		t.Errorf("an unknown certificate: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		if err := queue.Serve(ctx, queue.ServeParams{Address: h.Address(), Token: h.Token(), Authorities: pool, Version: "v", Handlers: queue.Handlers{"number": square}}); err != nil {
			t.Error(err)
		}
	})
	expectSquares(t, h, 10)
	cancel()
	group.Wait()
}

// TestLeftFoldersAreRemoved when a hub starts, and those in use are not.
func TestLeftFoldersAreRemoved(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	running := hub(t, queue.HubParams{})
	left, foreign := filepath.Join(dir, "dryad-queue-1"), filepath.Join(dir, "dryad-queue-foreign")
	for _, path := range []string{left, foreign} {
		if err := os.MkdirAll(filepath.Join(path, "jetstream"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(left, ".lock"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	hub(t, queue.HubParams{})
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Error(err)
	}
	if entries, _ := filepath.Glob(filepath.Join(dir, "dryad-queue-*")); len(entries) != 3 {
		t.Errorf("%q", entries)
	}
	_ = running
}

// TestOddSettings are refused.
func TestOddSettings(t *testing.T) {
	for _, params := range []queue.HubParams{{Audit: -1}, {Audit: 2}, {Audit: 0.5}} {
		if h, err := queue.NewHub(t.Context(), params); err == nil {
			h.Close()
			t.Errorf("%+v was taken", params)
		}
	}
}
