package queue

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// ServeParams are the settings of [Serve].
type ServeParams struct {
	// Address is the hub's, as [Hub.Address] gives it.
	Address string
	// Version is dryad's; jobs of another are not done.
	Version string
	// Workers is the number of jobs at a time; 0 stands for the number of
	// processors.
	Workers int
	// Handlers are the kinds of jobs that this process can do.
	Handlers Handlers
	// Notify is told of each job that has ended here; nil if nobody wants to
	// know.
	Notify func(kind string, err error)
}

// Serve joins a hub and works for it until ctx is cancelled, which is no
// error. It waits for a hub that is gone to come back. The error says why this
// process cannot work for the hub: a wrong token, another version, an unknown
// kind of job.
func Serve(ctx context.Context, params ServeParams) error {
	if params.Workers <= 0 {
		params.Workers = runtime.GOMAXPROCS(0)
	}
	link, err := nats.Connect(params.Address, nats.Name("dryad worker"), nats.MaxReconnects(-1), nats.ReconnectWait(time.Second))
	if err != nil {
		if errors.Is(err, nats.ErrAuthorization) {
			return errors.New("join the queue: the token is not the hub's; use the whole address that it has printed")
		}
		return fmt.Errorf("join the queue: %w; is the hub running, and can its address be reached from here?", err)
	}
	defer link.Close()
	return serve(ctx, link, params)
}

func serve(ctx context.Context, link *nats.Conn, params ServeParams) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stream, err := jetstream.New(link)
	if err != nil {
		return err
	}
	w := &labour{params: params, stream: stream, refuse: cancel, running: map[string]map[int]context.CancelFunc{}}
	stops, err := link.Subscribe(stopSubject, func(message *nats.Msg) { w.stop(string(message.Data)) })
	if err != nil {
		return err
	}
	defer stops.Unsubscribe()
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
	stream jetstream.JetStream
	refuse context.CancelCauseFunc

	mutex   sync.Mutex
	running map[string]map[int]context.CancelFunc // by batch and index
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
	consumer, err := w.stream.Consumer(ctx, jobsStream, workersName)
	if err != nil {
		return nil, err
	}
	fetched, err := consumer.Fetch(1, jetstream.FetchContext(ctx))
	if err != nil {
		return nil, err
	}
	var message jetstream.Msg
	for one := range fetched.Messages() {
		message = one
	}
	if message == nil && fetched.Error() != nil && !errors.Is(fetched.Error(), nats.ErrTimeout) {
		return nil, fetched.Error()
	}
	return message, nil
}

// do does one job and hands in its result.
func (w *labour) do(ctx context.Context, message jetstream.Msg) {
	header := message.Headers()
	kind := header.Get(kindHeader)
	if version := header.Get(versionHeader); version != w.params.Version {
		w.giveBack(message)
		w.refuse(fmt.Errorf("the hub is dryad %s and this is dryad %s: use the same", version, w.params.Version))
		return
	}
	if _, can := w.params.Handlers[kind]; !can {
		w.giveBack(message)
		w.refuse(fmt.Errorf("the hub has jobs of kind %q, which this program cannot do", kind))
		return
	}
	place := strings.TrimPrefix(message.Subject(), jobSubject+".")
	batch, number, _ := strings.Cut(place, ".")
	index, _ := strconv.Atoi(number)

	if deaths, limit := deliveries(message)-1, header.Get(deathsHeader); limit != "" {
		if most, err := strconv.Atoi(limit); err == nil && deaths >= most {
			w.hand(ctx, message, place, nil, fmt.Errorf("%d workers have died at this job", deaths))
			return
		}
	}
	inner, cancel := context.WithCancel(ctx)
	w.enter(batch, index, cancel)
	alive := w.keepAlive(inner, message, header.Get(patienceHeader))
	output, err := w.params.Handlers.handle(inner, kind, message.Data())
	stopped := inner.Err() != nil
	w.leave(batch, index)
	cancel()
	alive.Wait()
	switch {
	case err == nil || !stopped:
	case ctx.Err() != nil:
		w.giveBack(message)
		return
	default:
		message.Term() // the batch is over
		return
	}
	w.hand(ctx, message, place, output, err)
	if w.params.Notify != nil {
		w.params.Notify(kind, err)
	}
}

// giveBack puts a job into the queue anew, for another worker. It does not
// count as a death, as a refused delivery would.
func (w *labour) giveBack(message jetstream.Msg) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	again := nats.NewMsg(message.Subject())
	again.Header, again.Data = message.Headers(), message.Data()
	if _, err := w.stream.PublishMsg(ctx, again); err != nil {
		return // it will be missed, and handed out again
	}
	message.DoubleAck(ctx)
}

// deliveries is how often the job was handed out, this time included.
func deliveries(message jetstream.Msg) int {
	metadata, err := message.Metadata()
	if err != nil {
		return 1
	}
	return int(metadata.NumDelivered)
}

// keepAlive tells the hub that the job is being worked on, until ctx is over.
func (w *labour) keepAlive(ctx context.Context, message jetstream.Msg, patience string) *sync.WaitGroup {
	every, err := time.ParseDuration(patience)
	if err != nil || every <= 0 {
		every = 30 * time.Second
	}
	var group sync.WaitGroup
	group.Go(func() {
		signs := time.NewTicker(every / 3)
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

// hand stores the result with the hub and then strikes the job out. If the
// worker dies in between, the job is done once more and its second result is
// dropped.
func (w *labour) hand(ctx context.Context, message jetstream.Msg, place string, output []byte, err error) {
	// A result is handed in even when this process has been told to end.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	if len(output) > maxPayload-4096 {
		output, err = nil, fmt.Errorf("the result of %d bytes is more than the queue can carry (%d)", len(output), maxPayload-4096)
	}
	result := nats.NewMsg(resultSubject + "." + place)
	result.Data = output
	if err != nil {
		result.Data = []byte(err.Error())
		result.Header.Set(failedHeader, "error")
		var panicked *PanicError
		if errors.As(err, &panicked) {
			result.Data = fmt.Append(nil, panicked.Value)
			result.Header.Set(failedHeader, "panic")
		}
	}
	if _, err := w.stream.PublishMsg(ctx, result); err != nil {
		message.Nak()
		return
	}
	message.DoubleAck(ctx)
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
