package llm

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
)

// A Cassette is a file of exchanges, one JSON object a line, that are looked
// up by their [Call]. It may be used by many goroutines. A packed one ([Pack]) is
// compressed, and its first line holds the settings of the run that recorded it.
type Cassette struct {
	path     string
	settings json.RawMessage // of the run; nil if it does not say
	model    string          // that answered first
	cut      bool            // its end is missing
	mutex    sync.Mutex
	file     *os.File // nil if it is only read
	recorded map[Call]Exchange
	used     Usage
	changed  []Call
}

// largestCassette bounds what a compressed cassette may come to.
const largestCassette = 1 << 30

// ReadCassette reads a whole cassette for replay, compressed by gzip or not. The
// file is not changed. Of one that has been cut off, what is whole is read.
func ReadCassette(path string) (*Cassette, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read cassette: %w", err)
	}
	defer file.Close()
	c := &Cassette{path: path}
	content := bufio.NewReader(file)
	var from io.Reader = content
	if magic, _ := content.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unpacked, err := gzip.NewReader(content)
		if err != nil {
			return nil, fmt.Errorf("read cassette %s: it is no whole compressed file: %w", path, err)
		}
		from = io.LimitReader(unpacked, largestCassette)
	}
	if _, err := c.read(from); err != nil {
		return nil, fmt.Errorf("read cassette %s: %w", path, err)
	}
	return c, nil
}

// Settings are those of the run that recorded a packed cassette; nil for another.
func (c *Cassette) Settings() json.RawMessage { return c.settings }

// packed is the first line of a packed cassette.
type packed struct {
	Settings json.RawMessage `json:"run"`
}

// Pack writes the exchanges of a cassette's file, compressed, behind a line with the
// settings of the run that recorded them, and returns the cassette. The settings are
// made when the file has been read. Equal inputs give equal files.
func Pack(to io.Writer, path string, settings func(*Cassette) (json.RawMessage, error)) (*Cassette, error) {
	exchanges, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("pack a cassette: %w", err)
	}
	whole := exchanges[:bytes.LastIndexByte(exchanges, '\n')+1]
	c := &Cassette{path: path}
	if _, err := c.read(bytes.NewReader(whole)); err != nil {
		return nil, fmt.Errorf("pack cassette %s: %w", path, err)
	}
	text, err := settings(c)
	if err != nil {
		return nil, err
	}
	head, err := json.Marshal(packed{text})
	if err != nil {
		return nil, fmt.Errorf("pack a cassette: %w", err)
	}
	out, err := gzip.NewWriterLevel(to, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	for _, part := range [][]byte{head, []byte("\n"), whole} {
		if _, err := out.Write(part); err != nil {
			return nil, fmt.Errorf("pack a cassette: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return nil, fmt.Errorf("pack a cassette: %w", err)
	}
	return c, nil
}

// OpenCassette opens a cassette to record on, and makes it if there is none.
// A last line that a killed process has left unfinished is cut off. The caller
// closes it.
func OpenCassette(path string) (*Cassette, error) {
	c, err := openCassette(path)
	if err != nil {
		return nil, fmt.Errorf("open cassette %s: %w", path, err)
	}
	return c, nil
}

func openCassette(path string) (*Cassette, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	c := &Cassette{path: path, file: file}
	whole, err := c.read(file)
	if err == nil {
		err = file.Truncate(whole)
	}
	if err == nil {
		_, err = file.Seek(whole, io.SeekStart)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return c, nil
}

// read takes in all whole lines and returns how many bytes they are. Where a
// call was recorded twice, the later one counts.
func (c *Cassette) read(file io.Reader) (whole int64, err error) {
	c.recorded = map[Call]Exchange{}
	lines := bufio.NewReader(file)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			c.cut = len(line) > 0 || errors.Is(err, io.ErrUnexpectedEOF)
			return whole, nil // a rest without its end was never acknowledged
		}
		if err != nil {
			return 0, err
		}
		whole += int64(len(line))
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		var exchange Exchange
		if number == 1 {
			var head packed
			if json.Unmarshal(line, &head) == nil && head.Settings != nil {
				c.settings = head.Settings
				continue
			}
		}
		if err := json.Unmarshal(line, &exchange); err != nil {
			return 0, fmt.Errorf("line %d is no recorded exchange: %w", number, err)
		}
		if c.model == "" {
			c.model = exchange.Model
		}
		c.recorded[exchange.Call] = exchange
		c.used = c.used.Plus(exchange.Response.Usage)
	}
}

// Close ends recording.
func (c *Cassette) Close() error {
	if c.file == nil {
		return nil
	}
	return c.file.Close()
}

// Len is the number of calls recorded.
func (c *Cassette) Len() int {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return len(c.recorded)
}

// Generations returns the last generation of a search that a question was put in.
func (c *Cassette) Generations() int {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	last := 0
	for call := range c.recorded {
		last = max(last, call.Generation)
	}
	return last
}

// Used is the usage of all recorded exchanges together, of those too that were
// recorded anew.
func (c *Cassette) Used() Usage {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.used
}

// Changed lists the calls whose question was not the recorded one: another
// version, or another configuration, has made the cassette. Replay answers them
// all the same.
func (c *Cassette) Changed() []Call {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return slices.Clone(c.changed)
}

var _ Recorder = (*Cassette)(nil)

// Record appends the exchange and returns when it is on the disk.
func (c *Cassette) Record(_ context.Context, exchange Exchange) error {
	line, err := json.Marshal(exchange)
	if err != nil {
		return fmt.Errorf("record on cassette %s: %w", c.path, err)
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.file == nil {
		return fmt.Errorf("record on cassette %s: it was opened for reading", c.path)
	}
	if _, err := c.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("record on cassette %s: %w", c.path, err)
	}
	if err := c.file.Sync(); err != nil {
		return fmt.Errorf("record on cassette %s: %w", c.path, err)
	}
	c.recorded[exchange.Call] = exchange
	c.used = c.used.Plus(exchange.Response.Usage)
	return nil
}

// lookup finds the recorded exchange of a call, and says whether its question
// was the same.
func (c *Cassette) lookup(request Request) (exchange Exchange, same, have bool) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	exchange, have = c.recorded[request.Call]
	same = have && reflect.DeepEqual(exchange.Request.Messages, QuestionOf(request).Messages)
	if have && !same {
		c.changed = append(c.changed, request.Call)
	}
	return exchange, same, have
}

// Replay returns a provider that answers from the cassette alone, recorded
// faults included. A call that is not on it is a permanent [ProviderError].
func (c *Cassette) Replay() Provider { return &replayed{c} }

type replayed struct{ cassette *Cassette }

// Name is the recorded model's on a packed cassette, so that the report of a replay
// is that of the run; that of the file on another.
func (r *replayed) Name() string {
	if r.cassette.settings != nil && r.cassette.model != "" {
		return r.cassette.model
	}
	return filepath.Base(r.cassette.path)
}

func (r *replayed) Complete(ctx context.Context, request Request) (Response, error) {
	if err := ctx.Err(); err != nil {
		return Response{}, err
	}
	exchange, _, have := r.cassette.lookup(request)
	if !have {
		why := "it was recorded by a shorter run or with other settings"
		if r.cassette.cut {
			why = "its end has been cut off"
		}
		return Response{}, &ProviderError{Permanent: true, Text: fmt.Sprintf("cassette %s has no answer for generation %d, slot %d, attempt %d: %s",
			r.cassette.path, request.Call.Generation, request.Call.Slot, request.Call.Attempt, why)}
	}
	return exchange.result()
}

// Through returns the provider with the cassette before it: what was answered
// once is not asked again, the rest is asked and recorded. Recorded faults are
// asked again, and so are calls whose question or model has changed. A resumed
// run so pays for no answer twice.
func (c *Cassette) Through(next Provider) Provider { return &through{Record(next, c), c} }

type through struct {
	Provider
	cassette *Cassette
}

func (t *through) Complete(ctx context.Context, request Request) (Response, error) {
	if exchange, same, _ := t.cassette.lookup(request); same && exchange.Model == t.Name() && exchange.Error == "" {
		return exchange.Response, nil
	}
	return t.Provider.Complete(ctx, request)
}
