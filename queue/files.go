package queue

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"dryad/queue/internal/wire"
)

// A Fetch gets a file by the SHA-256 hash of its content, in hexadecimal. What
// it returns has that hash.
type Fetch func(ctx context.Context, hash string) ([]byte, error)

type fetchKey struct{}

// WithFetch returns a context for handlers whose jobs name files by their
// hashes.
func WithFetch(ctx context.Context, fetch Fetch) context.Context {
	return context.WithValue(ctx, fetchKey{}, fetch)
}

// FetchFile gets a file through the queue whose job this is. The error says
// that there is none, or that the hub does not have the file.
func FetchFile(ctx context.Context, hash string) ([]byte, error) {
	fetch, _ := ctx.Value(fetchKey{}).(Fetch)
	if fetch == nil {
		return nil, fmt.Errorf("the file %.12s... cannot be fetched: no hub is joined", hash)
	}
	return fetch(ctx, hash)
}

// offer is a file that the hub gives to workers.
type offer struct {
	read func() ([]byte, error)
	once sync.Once
	data []byte
	err  error
}

// load reads the file the first time that somebody wants it.
func (o *offer) load() ([]byte, error) {
	o.once.Do(func() { o.data, o.err = o.read() })
	return o.data, o.err
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Offer lets workers fetch a file by the SHA-256 hash of its content. It is
// read when the first worker asks, and then kept.
func (h *Hub) Offer(hash string, read func() ([]byte, error)) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.offered[hash] == nil && hashForm.MatchString(hash) {
		h.offered[hash] = &offer{read: read}
	}
}

// given is the [Fetch] of jobs that the hub's own process does.
func (h *Hub) given(_ context.Context, hash string) ([]byte, error) {
	h.mutex.Lock()
	file := h.offered[hash]
	h.mutex.Unlock()
	if file == nil {
		return nil, fmt.Errorf("the file %.12s... is not offered", hash)
	}
	return file.load()
}

// serveFile answers a request for a part of a file.
func (h *Hub) serveFile(request *nats.Msg) {
	hash := strings.TrimPrefix(request.Subject, fileSubject+".")
	h.mutex.Lock()
	file := h.offered[hash]
	h.mutex.Unlock()
	answer := nats.NewMsg(request.Reply)
	refuse := func(why string) {
		answer.Header.Set(failedHeader, why)
		request.RespondMsg(answer)
	}
	if file == nil {
		refuse("the hub does not offer it")
		return
	}
	data, err := file.load()
	if err != nil {
		refuse("the hub cannot read it")
		return
	}
	offset, ok := wire.Number(string(request.Data), len(data))
	if !ok {
		refuse("that part is beyond its end")
		return
	}
	answer.Header.Set(sizeHeader, strconv.Itoa(len(data)))
	answer.Data = data[offset:min(len(data), offset+min(filePart, h.most-4096))]
	request.RespondMsg(answer)
}

// The patience of a worker that asks for a part of a file.
const (
	// partWait is how long an answer may take before it is asked for again: a server
	// that dies takes questions and answers along.
	partWait = 5 * time.Second
	// hubWait is how long nobody may be there to answer, such as while the hub joins
	// another server.
	hubWait = time.Minute
)

// part asks the hub for a part of a file, again and again until the context ends.
func (w *labour) part(ctx context.Context, subject string, offset []byte) (*nats.Msg, error) {
	began := time.Now()
	for {
		once, cancel := context.WithTimeout(ctx, partWait)
		answer, err := w.link.RequestWithContext(once, subject, offset)
		absent := errors.Is(err, nats.ErrNoResponders) && time.Since(began) < hubWait
		if absent {
			select {
			case <-once.Done():
			case <-time.After(partWait / 10):
			}
		}
		cancel()
		if ctx.Err() != nil || err == nil || !absent && !errors.Is(err, context.DeadlineExceeded) {
			return answer, err
		}
	}
}

// fetch gets a file from the hub, part by part.
func (w *labour) fetch(ctx context.Context, hash string) ([]byte, error) {
	doing := fmt.Sprintf("fetch the file %.12s... from the hub", hash)
	if !hashForm.MatchString(hash) {
		return nil, fmt.Errorf("%s: %q is no hash", doing, hash)
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	var data []byte
	for {
		part, err := w.part(ctx, fileSubject+"."+hash, strconv.AppendInt(nil, int64(len(data)), 10))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", doing, err)
		}
		if why := part.Header.Get(failedHeader); why != "" {
			return nil, fmt.Errorf("%s: %s", doing, why)
		}
		size, ok := wire.Number(part.Header.Get(sizeHeader), maxFile)
		if !ok || len(data)+len(part.Data) > size {
			return nil, fmt.Errorf("%s: the answer is malformed, or the file has more than %d bytes", doing, maxFile)
		}
		data = append(data, part.Data...)
		if len(data) == size {
			break
		}
		if len(part.Data) == 0 {
			return nil, fmt.Errorf("%s: it ends early", doing)
		}
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != hash {
		return nil, fmt.Errorf("%s: what came has another hash", doing)
	}
	return data, nil
}
