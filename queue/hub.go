package queue

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"dryad/queue/internal/wire"
)

// HubParams are the settings of a [Hub]. The zero value of a field stands for
// what its comment says.
type HubParams struct {
	// Listen is the host and port at which workers of other processes join;
	// port 0 takes a free one. Empty lets nobody join.
	Listen string
	// Servers, if any, are used in place of a server in this process; then Listen,
	// Token and TLS are not looked at.
	Servers *Servers
	// Token is what workers must know to join; empty makes one up.
	Token string
	// TLS is the certificate with which the hub encrypts what goes to and from
	// other processes; nil encrypts nothing.
	TLS *tls.Certificate
	// Version names the program's code; workers of another do no jobs.
	Version string
	// Workers is the number of jobs at a time in this process; 0 does none
	// here.
	Workers int
	// Handlers are the kinds of jobs that this process can do.
	Handlers Handlers
	// Audit is the share of other processes' results, from 0 to 1, that this
	// process does again and compares. It needs handlers.
	Audit float64
	// AckWait is how long a worker may be silent before its job is given to
	// another; 0 means 30 seconds. Workers give a sign of life three times as often.
	AckWait time.Duration
	// MaxDeliveries is how many workers may die at one job before this process
	// does it itself, or, without workers here, before it counts as failed; 0
	// means 3.
	MaxDeliveries int
	// Prefetch is how many places a job may be begun before its turn; 0 means 64,
	// or four for each worker here if that is more.
	Prefetch int
	// Notify is told, in a line, which worker was refused or fell silent, and
	// why; nil if nobody wants to know. It may be called from any goroutine.
	Notify func(line string)
}

// Hub hands jobs to workers in this process and to those that join it from
// others, through a NATS JetStream server that runs in this process, or through
// servers that others run.
//
// Workers of other processes are not trusted with the result of a batch. One
// that dies loses nothing: its job is done by another. One whose result is no
// result of its job, or that fails at a job which this process can do, loses
// its work, is named and dismissed, and the batch goes on. What a lie is that
// fits its job, only [HubParams.Audit] finds. A worker may call neither jobs
// nor the queue's own state into being: it can ask for jobs, answer them and
// read files that were offered.
//
// What is under way is kept in memory only. A hub that dies takes it along, and
// whoever runs it again hands in what was not stored.
type Hub struct {
	params  HubParams
	own     worker // the identity of this process's workers, a secret
	secret  string // what this process joins with
	server  *server.Server
	folder  *folder
	link    *nats.Conn
	stream  jetstream.JetStream
	jobs    jetstream.Stream
	files   *nats.Subscription
	most    int // the largest message, in bytes
	copies  int // of the stream of jobs; 0 before it was made
	mutex   sync.Mutex
	offered map[string]*offer // by hash
	banned  map[string]string // why, by identity
	// believed counts by worker the results of all batches that were taken
	// without a look, of which one might turn out to be a lie. It belongs to the
	// goroutine of Run.
	believed map[string]int
}

var _ Queue = (*Hub)(nil)

// NewHub starts the server. The caller closes the hub.
func NewHub(ctx context.Context, params HubParams) (*Hub, error) {
	if params.AckWait == 0 {
		params.AckWait = 30 * time.Second
	}
	params.AckWait = min(max(params.AckWait, wire.ShortestAckWait), wire.LongestAckWait)
	if params.MaxDeliveries <= 0 {
		params.MaxDeliveries = 3
	}
	if params.Prefetch <= 0 {
		params.Prefetch = max(64, 4*params.Workers)
	}
	if params.Token == "" {
		params.Token = rand.Text()
	}
	if params.Audit < 0 || params.Audit > 1 || params.Audit != params.Audit {
		return nil, fmt.Errorf("start the queue: the share of results to audit is %g, it lies between 0 and 1", params.Audit)
	}
	if params.Audit > 0 && len(params.Handlers) == 0 {
		return nil, errors.New("start the queue: this process has no handlers to audit with")
	}
	if params.Notify == nil {
		params.Notify = func(string) {}
	}
	h := &Hub{params: params, own: worker{id: rand.Text(), name: "this process"}, secret: rand.Text(), most: maxPayload,
		offered: map[string]*offer{}, banned: map[string]string{}, believed: map[string]int{}}
	if err := h.start(ctx); err != nil {
		h.Close()
		return nil, fmt.Errorf("start the queue: %w", err)
	}
	return h, nil
}

func (h *Hub) start(ctx context.Context) error {
	if h.params.Servers != nil {
		return h.startOutside(ctx)
	}
	options := &server.Options{
		ServerName: "dryad", DontListen: true, NoLog: true, NoSigs: true,
		JetStream: true, MaxPayload: maxPayload, MaxConn: 4096, MaxSubs: 64,
		MaxControlLine: 4096, CustomClientAuthentication: &doorkeeper{token: h.params.Token, secret: h.secret},
	}
	if h.params.Listen != "" {
		host, port, err := net.SplitHostPort(h.params.Listen)
		if err != nil {
			return err
		}
		number, err := strconv.Atoi(port)
		if err != nil || number < 0 || number > 65535 {
			return fmt.Errorf("%q is no port", port)
		}
		if number == 0 {
			number = server.RANDOM_PORT
		}
		options.DontListen, options.Host, options.Port = false, host, number
		if h.params.TLS != nil {
			options.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*h.params.TLS}, MinVersion: tls.VersionTLS12}
			options.TLSTimeout = 10
		}
	}
	var err error
	if h.folder, err = makeFolder(); err != nil {
		return err
	}
	options.StoreDir = h.folder.path
	if h.server, err = server.NewServer(options); err != nil {
		return err
	}
	h.server.Start()
	if !h.server.ReadyForConnections(20 * time.Second) {
		return fmt.Errorf("the server does not start; is %s in use?", h.params.Listen)
	}
	if h.link, err = h.connect(); err != nil {
		return err
	}
	if h.stream, err = jetstream.New(h.link); err != nil {
		return err
	}
	if err := h.prepare(ctx); err != nil {
		return err
	}
	h.files, err = h.link.Subscribe(fileSubject+".*", h.serveFile)
	return err
}

// connect joins the hub from this process.
func (h *Hub) connect() (*nats.Conn, error) {
	if h.params.Servers != nil {
		return h.params.Servers.join("dryad hub")
	}
	return nats.Connect("", nats.InProcessServer(h.server), nats.Token(h.secret))
}

// prepare makes the stream of jobs and what workers draw from, where they are
// not there.
func (h *Hub) prepare(ctx context.Context) error {
	jobs, err := h.stored(ctx, jetstream.StreamConfig{
		Name: jobsStream, Subjects: []string{jobSubject + ".>"},
		Retention: jetstream.WorkQueuePolicy, Storage: jetstream.MemoryStorage,
	})
	if err != nil {
		return err // the stream of before is asked for again
	}
	h.jobs = jobs
	_, err = h.jobs.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: workersName, AckPolicy: jetstream.AckExplicitPolicy, AckWait: h.params.AckWait,
		MaxDeliver: h.params.MaxDeliveries, MaxAckPending: -1,
	})
	return err
}

// Address is what workers of other processes join; empty if they cannot. It
// does not hold the token.
func (h *Hub) Address() string {
	if h.params.Servers != nil {
		return h.params.Servers.URL
	}
	if h.params.Listen == "" {
		return ""
	}
	address := h.server.Addr().String()
	if host, _, _ := net.SplitHostPort(h.params.Listen); host != "" {
		_, port, _ := net.SplitHostPort(address)
		address = net.JoinHostPort(host, port)
	}
	scheme := "nats"
	if h.params.TLS != nil {
		scheme = "tls"
	}
	return (&url.URL{Scheme: scheme, Host: address}).String()
}

// Token is what workers must know to join.
func (h *Hub) Token() string { return h.params.Token }

// Close ends the server. Workers of other processes wait for another one.
func (h *Hub) Close() error {
	if h.link != nil {
		h.link.Close()
	}
	if h.server != nil {
		h.server.Shutdown()
		h.server.WaitForShutdown()
	}
	return h.folder.remove()
}

// dismiss wants no more of a worker.
func (h *Hub) dismiss(w worker, reason string) {
	if w.id == h.own.id {
		return
	}
	h.mutex.Lock()
	_, known := h.banned[w.id]
	if len(h.banned) < 10_000 {
		h.banned[w.id] = reason
	}
	h.mutex.Unlock()
	if !known {
		h.params.Notify(fmt.Sprintf("worker %s is dismissed: %s", w.name, reason))
	}
	if w.id != "" {
		h.link.Publish(leaveSubject+"."+w.id, []byte(reason))
	}
}

// unwanted returns why a worker was dismissed.
func (h *Hub) unwanted(w worker) (reason string, is bool) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	reason, is = h.banned[w.id]
	return reason, is
}

// doorkeeper lets in who knows the token, as a worker, and this process.
type doorkeeper struct{ token, secret string }

// Check implements [server.Authentication].
func (d *doorkeeper) Check(c server.ClientAuthentication) bool {
	given := []byte(c.GetOpts().Token)
	if subtle.ConstantTimeCompare(given, []byte(d.secret)) == 1 {
		c.RegisterUser(&server.User{Username: "hub"})
		return true
	}
	if subtle.ConstantTimeCompare(given, []byte(d.token)) != 1 {
		return false
	}
	c.RegisterUser(&server.User{Username: "worker", Permissions: &server.Permissions{
		Publish: &server.SubjectPermission{Allow: []string{
			resultSubject + ".>", takeSubject + ".>", backSubject + ".>", fileSubject + ".>",
			"$JS.API.CONSUMER.INFO." + jobsStream + "." + workersName,
			"$JS.API.CONSUMER.MSG.NEXT." + jobsStream + "." + workersName,
			"$JS.ACK.>",
		}},
		Subscribe: &server.SubjectPermission{Allow: []string{"_INBOX.>", stopSubject, leaveSubject + ".>"}},
	}})
	return true
}
