package queue

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"dryad/queue/internal/wire"
)

// ServeParams are the settings of [Serve].
type ServeParams struct {
	// Address is the hub's, as [Hub.Address] gives it.
	Address string
	// Token is the hub's, unless the address holds it.
	Token string
	// Credentials and NKey are the files of [Servers]; empty for a hub's own server.
	Credentials, NKey string
	// Authorities are the certificates that may have signed the hub's; nil for
	// those of the system. They count where the address begins with tls://.
	Authorities *x509.CertPool
	// Name is what people call this worker; empty for the host's name and the
	// process's number.
	Name string
	// Version names the program's code; jobs of another are not done.
	Version string
	// Workers is the number of jobs at a time; 0 stands for the number of
	// processors.
	Workers int
	// Handlers are the kinds of jobs that this process can do.
	Handlers Handlers
	// Notify is told of each job that has ended here; nil if nobody wants to
	// know.
	Notify func(kind string, err error)

	who worker // set for the hub's own
}

// Serve joins a hub and works for it until ctx is cancelled, which is no
// error. It waits for a hub that is gone to come back. The error says why this
// process cannot work for the hub: a wrong token, another version, an unknown
// kind of job, or what the hub had against its results.
func Serve(ctx context.Context, params ServeParams) error {
	if params.Workers <= 0 {
		params.Workers = runtime.GOMAXPROCS(0)
	}
	if params.Name == "" {
		host, _ := os.Hostname()
		params.Name = fmt.Sprintf("%s:%d", host, os.Getpid())
	}
	servers := Servers{URL: params.Address, Token: params.Token, Credentials: params.Credentials, NKey: params.NKey, Authorities: params.Authorities}
	params.who = worker{id: rand.Text(), name: wire.Name(params.Name)}
	return serveAll(ctx, func() (*nats.Conn, error) { return servers.join("dryad worker") }, params)
}

// mostOnLink is how many jobs at a time share a connection: each waits with a
// subscription of its own, and a hub bounds those of a connection.
const mostOnLink = 32

// serveAll works for a hub through as many connections as its workers need. The first
// fault ends all.
func serveAll(ctx context.Context, join func() (*nats.Conn, error), params ServeParams) error {
	group, ctx := errgroup.WithContext(ctx)
	for left := params.Workers; left > 0; left -= mostOnLink {
		link, err := join()
		if err != nil {
			group.Go(func() error { return err })
			break
		}
		part := params
		part.Workers = min(left, mostOnLink)
		group.Go(func() error {
			defer link.Close()
			return serve(ctx, link, part)
		})
	}
	return group.Wait()
}

func serve(ctx context.Context, link *nats.Conn, params ServeParams) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stream, err := jetstream.New(link)
	if err != nil {
		return err
	}
	w := &labour{params: params, link: link, stream: stream, refuse: cancel, running: map[string]map[int]context.CancelFunc{}}
	stops, err := link.Subscribe(stopSubject, func(message *nats.Msg) { w.stop(string(message.Data)) })
	if err != nil {
		return err
	}
	defer stops.Unsubscribe()
	leaves, err := link.Subscribe(leaveSubject+"."+params.who.id, func(message *nats.Msg) { w.dismissed(message.Data) })
	if err != nil {
		return err
	}
	defer leaves.Unsubscribe()
	var group sync.WaitGroup
	for range params.Workers {
		group.Go(func() { w.work(ctx) })
	}
	group.Wait()
	link.FlushTimeout(time.Second) // what was acknowledged or given back last
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, ctx.Err()) {
		return cause
	}
	return nil
}

// labour is the state of one Serve.
type labour struct {
	params ServeParams
	link   *nats.Conn
	stream jetstream.JetStream
	refuse context.CancelCauseFunc

	mutex   sync.Mutex
	running map[string]map[int]context.CancelFunc // by batch and index
	// consumer is what jobs are drawn from; nil when it is to be asked for.
	consumer jetstream.Consumer
}

// dismissed ends the work: the hub does not want it.
func (w *labour) dismissed(reason []byte) {
	w.refuse(fmt.Errorf("the hub has dismissed this worker: %s", wire.Text(reason)))
}

// work does one job after the other.
func (w *labour) work(ctx context.Context) {
	for ctx.Err() == nil {
		message, err := w.next(ctx)
		if err != nil {
			// The hub is not there, or not ready. The pause is part of the
			// protocol and not of any result.
			select {
			case <-ctx.Done():
			case <-time.After(500 * time.Millisecond):
			}
			continue
		}
		if message != nil {
			w.do(ctx, message)
		}
	}
}

// next waits for a job; nil when none came in a while.
func (w *labour) next(ctx context.Context) (jetstream.Msg, error) {
	consumer, err := w.draw(ctx)
	if err != nil {
		return nil, err
	}
	fetched, err := consumer.Fetch(1, jetstream.FetchContext(ctx))
	if err != nil {
		w.forget()
		return nil, err
	}
	var message jetstream.Msg
	for one := range fetched.Messages() {
		message = one
	}
	if message == nil && fetched.Error() != nil && !errors.Is(fetched.Error(), nats.ErrTimeout) {
		w.forget()
		return nil, fetched.Error()
	}
	return message, nil
}

// draw is what jobs are drawn from. It is asked for once, and again after a fault.
func (w *labour) draw(ctx context.Context) (jetstream.Consumer, error) {
	w.mutex.Lock()
	consumer := w.consumer
	w.mutex.Unlock()
	if consumer != nil {
		return consumer, nil
	}
	consumer, err := w.stream.Consumer(ctx, jobsStream, workersName)
	if err != nil {
		return nil, err
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.consumer = consumer
	return consumer, nil
}

func (w *labour) forget() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.consumer = nil
}

// do does one job and hands in its result.
func (w *labour) do(ctx context.Context, message jetstream.Msg) {
	header := message.Headers()
	kind := header.Get(kindHeader)
	batch, index, ok := wire.Place(message.Subject(), jobSubject)
	if !ok {
		message.Term()
		return
	}
	at := fmt.Sprintf(".%s.%d", batch, index)
	if version := header.Get(versionHeader); version != w.params.Version {
		w.giveBack(message, at)
		w.refuse(fmt.Errorf("the hub is dryad %s and this is dryad %s: use the same", wire.Name(version), w.params.Version))
		return
	}
	if _, can := w.params.Handlers[kind]; !can {
		w.giveBack(message, at)
		w.refuse(fmt.Errorf("the hub has jobs of kind %q, which this program cannot do", wire.Name(kind)))
		return
	}
	w.link.PublishMsg(w.message(takeSubject+at, nil))
	inner, cancel := context.WithCancel(ctx)
	w.enter(batch, index, cancel)
	alive := w.keepAlive(inner, message, header.Get(ackWaitHeader))
	output, err := w.params.Handlers.handle(WithFetch(inner, w.fetch), kind, message.Data())
	stopped := inner.Err() != nil
	w.leave(batch, index)
	cancel()
	alive.Wait()
	switch {
	case err == nil || !stopped:
	case ctx.Err() != nil:
		w.giveBack(message, at)
		return
	default:
		message.Term() // the batch is over
		return
	}
	w.hand(ctx, message, at, output, err)
	if w.params.Notify != nil {
		w.params.Notify(kind, err)
	}
}

// message is one of this worker's.
func (w *labour) message(subject string, data []byte) *nats.Msg {
	m := nats.NewMsg(subject)
	m.Data = data
	m.Header.Set(workerHeader, w.params.who.id)
	m.Header.Set(nameHeader, w.params.who.name)
	return m
}

// giveBack lets the hub put a job into the queue anew, for another worker. It
// does not count as a death, as a refused delivery would.
func (w *labour) giveBack(message jetstream.Msg, at string) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if _, err := w.link.RequestMsgWithContext(ctx, w.message(backSubject+at, nil)); err != nil {
		return // it will be missed, and handed out again
	}
	message.DoubleAck(ctx)
}

// keepAlive tells the hub that the job is being worked on, until ctx is over.
func (w *labour) keepAlive(ctx context.Context, message jetstream.Msg, ackWait string) *sync.WaitGroup {
	var group sync.WaitGroup
	group.Go(func() {
		signs := time.NewTicker(wire.Signs(ackWait))
		defer signs.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-signs.C:
				message.InProgress()
			}
		}
	})
	return &group
}

// hand gives the result to the hub and then strikes the job out. If the worker
// dies in between, the job is done once more and its second result is dropped.
func (w *labour) hand(ctx context.Context, message jetstream.Msg, at string, output []byte, err error) {
	// A result is handed in even when this process has been told to end.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	if most := min(maxPayload, int(w.link.MaxPayload())); len(output) > most-4096 {
		output, err = nil, tooLarge(len(output), most)
	}
	result := w.message(resultSubject+at, output)
	if err != nil {
		text, failed := err.Error(), "error"
		var panicked *PanicError
		if errors.As(err, &panicked) {
			text, failed = fmt.Sprint(panicked.Value), "panic"
		}
		result.Data = []byte(wire.Text([]byte(text)))
		result.Header.Set(failedHeader, failed)
	}
	verdict, err := w.link.RequestMsgWithContext(ctx, result)
	if err != nil {
		message.Nak()
		return
	}
	message.DoubleAck(ctx)
	if reason, dismissed := strings.CutPrefix(string(verdict.Data), leave+" "); dismissed {
		w.dismissed([]byte(reason))
	}
}

func (w *labour) enter(batch string, index int, cancel context.CancelFunc) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.running[batch] == nil {
		w.running[batch] = map[int]context.CancelFunc{}
	}
	w.running[batch][index] = cancel
}

func (w *labour) leave(batch string, index int) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	delete(w.running[batch], index)
	if len(w.running[batch]) == 0 {
		delete(w.running, batch)
	}
}

// stop cancels the jobs of a batch that is over.
func (w *labour) stop(batch string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, cancel := range w.running[batch] {
		cancel()
	}
}
