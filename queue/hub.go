package queue

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// HubParams are the settings of a [Hub]. The zero value of a field stands for
// what its comment says.
type HubParams struct {
	// Listen is the host and port at which workers of other processes join;
	// port 0 takes a free one. Empty lets nobody join.
	Listen string
	// Token is what workers must know to join; empty makes one up.
	Token string
	// Version is dryad's; workers of another do no jobs.
	Version string
	// Workers is the number of jobs at a time in this process; 0 does none
	// here.
	Workers int
	// Handlers are the kinds of jobs that this process can do.
	Handlers Handlers
	// Patience is how long a worker may be silent before its job is given to
	// another; 30 seconds. Workers give a sign of life three times as often.
	Patience time.Duration
	// Deaths is how many workers may die at one job before it counts as
	// failed; 3.
	Deaths int
	// Ahead is how many places a job may be begun before its turn; 64, or four
	// for each worker here if that is more.
	Ahead int
}

// Hub hands jobs to workers in this process and to those that join it from
// others, through a NATS JetStream server that runs in this process. A worker
// that dies loses nothing: its job is done by another; a result that comes
// twice is taken once.
//
// What is under way is kept in memory only. A hub that dies takes it along, and
// whoever runs it again hands in what was not stored.
//
// Workers are trusted: they are told the token, and their results are believed.
// Traffic is not encrypted.
type Hub struct {
	params  HubParams
	server  *server.Server
	folder  string
	link    *nats.Conn
	stream  jetstream.JetStream
	jobs    jetstream.Stream
	results jetstream.Stream
}

var _ Queue = (*Hub)(nil)

// Names on the wire.
const (
	jobsStream     = "DRYAD_JOBS"
	resultsStream  = "DRYAD_RESULTS"
	workersName    = "workers"
	jobSubject     = "dryad.job"    // .BATCH.INDEX
	resultSubject  = "dryad.result" // .BATCH.INDEX
	stopSubject    = "dryad.stop"   // the payload is the batch
	kindHeader     = "Dryad-Kind"
	versionHeader  = "Dryad-Version"
	deathsHeader   = "Dryad-Deaths"
	patienceHeader = "Dryad-Patience"
	failedHeader   = "Dryad-Failed" // "error" or "panic"
	maxPayload     = 8 << 20
)

// NewHub starts the server. The caller closes the hub.
func NewHub(ctx context.Context, params HubParams) (*Hub, error) {
	if params.Patience == 0 {
		params.Patience = 30 * time.Second
	}
	if params.Deaths == 0 {
		params.Deaths = 3
	}
	if params.Ahead == 0 {
		params.Ahead = max(64, 4*params.Workers)
	}
	if params.Token == "" {
		params.Token = rand.Text()
	}
	h := &Hub{params: params}
	if err := h.start(ctx); err != nil {
		h.Close()
		return nil, fmt.Errorf("start the queue: %w", err)
	}
	return h, nil
}

func (h *Hub) start(ctx context.Context) error {
	options := &server.Options{
		ServerName: "dryad", DontListen: true, NoLog: true, NoSigs: true,
		JetStream: true, MaxPayload: maxPayload, Authorization: h.params.Token,
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
	}
	var err error
	if h.folder, err = os.MkdirTemp("", "dryad-queue-"); err != nil {
		return err
	}
	options.StoreDir = h.folder
	if h.server, err = server.NewServer(options); err != nil {
		return err
	}
	h.server.Start()
	if !h.server.ReadyForConnections(20 * time.Second) {
		return fmt.Errorf("the server does not start; is %s in use?", h.params.Listen)
	}
	if h.link, err = nats.Connect("", nats.InProcessServer(h.server), nats.Token(h.params.Token)); err != nil {
		return err
	}
	if h.stream, err = jetstream.New(h.link); err != nil {
		return err
	}
	if h.jobs, err = h.stream.CreateStream(ctx, jetstream.StreamConfig{
		Name: jobsStream, Subjects: []string{jobSubject + ".>"},
		Retention: jetstream.WorkQueuePolicy, Storage: jetstream.MemoryStorage,
	}); err != nil {
		return err
	}
	if h.results, err = h.stream.CreateStream(ctx, jetstream.StreamConfig{
		Name: resultsStream, Subjects: []string{resultSubject + ".>"},
		MaxMsgsPerSubject: 1, Storage: jetstream.MemoryStorage,
	}); err != nil {
		return err
	}
	_, err = h.jobs.CreateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: workersName, AckPolicy: jetstream.AckExplicitPolicy, AckWait: h.params.Patience,
		MaxDeliver: -1, MaxAckPending: -1,
	})
	return err
}

// Address is what workers of other processes join; empty if they cannot. It
// holds the token.
func (h *Hub) Address() string {
	if h.params.Listen == "" {
		return ""
	}
	address := h.server.Addr().String()
	if host, _, _ := net.SplitHostPort(h.params.Listen); host != "" {
		_, port, _ := net.SplitHostPort(address)
		address = net.JoinHostPort(host, port)
	}
	return (&url.URL{Scheme: "nats", User: url.User(h.params.Token), Host: address}).String()
}

// Close ends the server. Workers of other processes wait for another one.
func (h *Hub) Close() error {
	if h.link != nil {
		h.link.Close()
	}
	if h.server != nil {
		h.server.Shutdown()
		h.server.WaitForShutdown()
	}
	if h.folder == "" {
		return nil
	}
	return os.RemoveAll(h.folder)
}

// failure is the error of a job that another process has reported.
func failure(header nats.Header, text []byte) error {
	switch header.Get(failedHeader) {
	case "":
		return nil
	case "panic":
		return &PanicError{Value: string(text)}
	}
	return errors.New(string(text))
}
